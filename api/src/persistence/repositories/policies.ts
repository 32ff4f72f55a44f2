import { defaultPolicy, type PolicyKind, type PolicyOf, type Resolved } from '@vestibule/shared/policies.ts'
import { and, eq, inArray, or } from 'drizzle-orm'
import type { OrganizationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { bound } from '../placeholder.ts'

type Row = Database['tables']['policies']['$inferSelect']
/** `owner` is an organization's id or `instance`. */
export type Policy = Pick<Row, 'owner' | 'kind' | 'value'>

export function policyRepository(db: Database) {
  const { policies } = db.tables
  const ofKind = db.kept(
    'policies_of_kind',
    (on) =>
      on
        .select({ owner: policies.owner, value: policies.value })
        .from(policies)
        .where(
          and(
            eq(policies.kind, bound('kind', policies.kind)),
            or(eq(policies.owner, bound('owner', policies.owner)), eq(policies.owner, 'instance')),
          ),
        ),
    (rows) => rows,
  )
  return {
    /** The policy that counts for an organization, or for the instance (null), and whose it is. */
    async resolve<Kind extends PolicyKind>(
      kind: Kind,
      organizationId: OrganizationId | null,
      tx?: Executor,
    ): Promise<Resolved<Kind>> {
      const rows = await ofKind({ kind, owner: organizationId ?? 'instance' }, tx)
      const own = rows.find(({ owner }) => owner === organizationId)
      const found = own ?? rows[0]
      const source = own ? 'organization' : found ? 'instance' : 'default'
      // members that a stored policy does not know yet have their default
      return { value: { ...defaultPolicy(kind), ...(found?.value as Partial<PolicyOf<Kind>>) }, source }
    },
    /** What these owners have of their own. */
    async listOwned(tx: Executor, owners: Iterable<string>): Promise<Policy[]> {
      return inChunks(owners, (some) => tx.select().from(policies).where(inArray(policies.owner, some)))
    },
    async remove(tx: Executor, { owner, kind }: Pick<Row, 'owner' | 'kind'>) {
      await tx.delete(policies).where(and(eq(policies.owner, owner), eq(policies.kind, kind)))
    },
    /** A policy is owned whole: the value replaces the one before. */
    async set(tx: Executor, row: Row) {
      const { value, updatedAt } = row
      await tx
        .insert(policies)
        .values(row)
        .onConflictDoUpdate({ target: [policies.owner, policies.kind], set: { value, updatedAt } })
    },
  }
}
