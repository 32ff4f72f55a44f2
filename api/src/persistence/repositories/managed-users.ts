import type { IdentifierKind } from '@vestibule/shared/policy.ts'
import { and, asc, eq, gt, inArray, or, sql } from 'drizzle-orm'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import type { UserState } from '../../domain/user.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'

type Row = Database['tables']['users']['$inferSelect']
export type ListedUser = Row & {
  identifiers: readonly { kind: IdentifierKind; value: string; verifiedAt: number | null }[]
}

type Wanted = {
  organizationId: OrganizationId
  kind: Row['kind']
  state: UserState | null
  /** Normalised; only those whom one of them means. Null: everybody. */
  names: readonly { kind: IdentifierKind; value: string }[] | null
  after: UserId | null
  most: number
}

/** Users as managers see them. */
export function managedUserRepository(db: Database) {
  const { users, identifiers } = db.tables

  async function withNames(tx: Executor, rows: readonly Row[]): Promise<ListedUser[]> {
    const ids = rows.map(({ id }) => id)
    const known = await inChunks(ids, (some) => tx.select().from(identifiers).where(inArray(identifiers.userId, some)))
    const namesOf = Map.groupBy(known, ({ userId }) => userId)
    return rows.map((row) => ({ ...row, identifiers: namesOf.get(row.id) ?? [] }))
  }

  return {
    async find(id: UserId, tx: Executor): Promise<ListedUser | null> {
      const [found] = await withNames(tx, await tx.select().from(users).where(eq(users.id, id)))
      return found ?? null
    },
    /** In the order of their ids, those behind `after` when there is one. Each page is a walk along an index. */
    async list(tx: Executor, { organizationId, kind, state, names, after, most }: Wanted): Promise<ListedUser[]> {
      if (names?.length === 0) return []
      const behind = after === null ? undefined : gt(users.id, after)
      // hardly anybody is: the smaller index holds these only
      const unusual = state === null || state === 'active' ? undefined : sql`${users.state} <> 'active'`
      const wanted = and(
        eq(users.organizationId, organizationId),
        eq(users.kind, kind),
        unusual,
        state === null ? undefined : eq(users.state, state),
        names === null ? undefined : inArray(users.id, await idsOf(tx, organizationId, names)),
        behind,
      )
      return withNames(tx, await tx.select().from(users).where(wanted).orderBy(asc(users.id)).limit(most))
    },
  }

  async function idsOf(tx: Executor, organizationId: OrganizationId, names: NonNullable<Wanted['names']>) {
    const isNamed = names.map(({ kind, value }) => and(eq(identifiers.kind, kind), eq(identifiers.value, value)))
    const rows = await tx
      .select({ id: identifiers.userId })
      .from(identifiers)
      .where(and(eq(identifiers.organizationId, organizationId), or(...isNamed)))
    return rows.map(({ id }) => id)
  }
}
