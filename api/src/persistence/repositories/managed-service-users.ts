import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Application } from '../../domain/application.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import type { UserState } from '../../domain/user.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { complete } from './applications.ts'

type Row = Database['tables']['users']['$inferSelect']
export type ListedServiceUser = Pick<
  Row,
  'id' | 'organizationId' | 'subject' | 'state' | 'displayName' | 'createdAt'
> & {
  application: Pick<Application, 'id' | 'clientId' | 'secretHashes' | 'settings'>
}

type Wanted = { organizationId: OrganizationId; state: UserState | null; after: UserId | null; most: number }

/** Service users with their clients, in any state, as managers see them. */
export function managedServiceUserRepository(db: Database) {
  const { users, applications } = db.tables

  async function withClients(tx: Executor, rows: readonly Row[]): Promise<ListedServiceUser[]> {
    const ids = rows.map(({ id }) => id)
    const clients = await inChunks(ids, (some) =>
      tx.select().from(applications).where(inArray(applications.serviceUserId, some)),
    )
    const clientOf = new Map(clients.map((client) => [client.serviceUserId, client]))
    return rows.flatMap((row) => {
      const client = clientOf.get(row.id)
      if (!client) return []
      const { id, clientId, secretHashes, settings } = complete(client)
      return [{ ...row, application: { id, clientId, secretHashes, settings } }]
    })
  }

  return {
    async find(id: UserId, tx: Executor): Promise<ListedServiceUser | null> {
      const isIt = and(eq(users.id, id), eq(users.kind, 'service'))
      const [found] = await withClients(tx, await tx.select().from(users).where(isIt))
      return found ?? null
    },
    /** In the order of their ids, those behind `after` when there is one. */
    async list(tx: Executor, { organizationId, state, after, most }: Wanted): Promise<ListedServiceUser[]> {
      const wanted = and(
        eq(users.organizationId, organizationId),
        eq(users.kind, 'service'),
        // hardly any is: the smaller index holds these only
        state === null || state === 'active' ? undefined : sql`${users.state} <> 'active'`,
        state === null ? undefined : eq(users.state, state),
        after === null ? undefined : gt(users.id, after),
      )
      return withClients(tx, await tx.select().from(users).where(wanted).orderBy(asc(users.id)).limit(most))
    },
  }
}
