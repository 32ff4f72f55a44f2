import { and, asc, eq, gt, ne } from 'drizzle-orm'
import type { ApplicationId, OrganizationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { complete, type StoredApplication } from './applications.ts'

export type ListedApplication = StoredApplication & { createdAt: number }

type Wanted = {
  organizationId: OrganizationId
  state: StoredApplication['state'] | null
  clientId: string | null
  after: ApplicationId | null
  most: number
}

/** Applications as managers see them: in any state, and no service user's own client. */
export function managedApplicationRepository(db: Database) {
  const { applications } = db.tables
  const isOne = ne(applications.type, 'service')
  return {
    async find(id: ApplicationId, tx: Executor): Promise<ListedApplication | null> {
      const [row] = await tx
        .select()
        .from(applications)
        .where(and(eq(applications.id, id), isOne))
      return row ? complete(row) : null
    },
    /** In the order of their ids, those behind `after` when there is one. */
    async list(tx: Executor, { organizationId, state, clientId, after, most }: Wanted): Promise<ListedApplication[]> {
      const wanted = and(
        eq(applications.organizationId, organizationId),
        isOne,
        state === null ? undefined : eq(applications.state, state),
        clientId === null ? undefined : eq(applications.clientId, clientId),
        after === null ? undefined : gt(applications.id, after),
      )
      const rows = await tx.select().from(applications).where(wanted).orderBy(asc(applications.id)).limit(most)
      return rows.map(complete)
    },
    /** With everything that refers to it: grants, tokens, consents and requests. */
    async remove(tx: Executor, id: ApplicationId) {
      await tx.delete(applications).where(eq(applications.id, id))
    },
  }
}
