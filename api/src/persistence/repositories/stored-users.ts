import type { IdentifierKind } from '@vestibule/shared/policy.ts'
import type { Role } from '@vestibule/shared/roles.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'

type Row = Database['tables']['users']['$inferSelect']
export type StoredIdentifier = { kind: IdentifierKind; value: string; isVerified: boolean }

/** A person with everything about them that others may set. The password only counts as there or not. */
export type StoredUser = Pick<
  Row,
  'id' | 'kind' | 'organizationId' | 'subject' | 'state' | 'displayName' | 'profile'
> & {
  identifiers: readonly StoredIdentifier[]
  hasPassword: boolean
  /** Roles on the instance and in their organization. */
  roles: readonly Role[]
}

/** Everybody whom one of these names means, in any organization, or one of these subjects. Names are normalised. */
export async function listStoredUsers(
  { tables: { users, identifiers, credentials, managerRoles } }: Database,
  tx: Executor,
  { names, subjects }: { names: Iterable<string>; subjects: Iterable<string> },
): Promise<StoredUser[]> {
  const named = await inChunks(names, (some) =>
    tx.select({ id: identifiers.userId }).from(identifiers).where(inArray(identifiers.value, some)),
  )
  const ofSubject = await inChunks(subjects, (some) =>
    tx.select({ id: users.id }).from(users).where(inArray(users.subject, some)),
  )
  const ids: UserId[] = [...named, ...ofSubject].map(({ id }) => id)

  const rows = await inChunks(ids, (some) => tx.select().from(users).where(inArray(users.id, some)))
  const known = await inChunks(ids, (some) => tx.select().from(identifiers).where(inArray(identifiers.userId, some)))
  const passwords = await inChunks(ids, (some) =>
    tx
      .select({ userId: credentials.userId })
      .from(credentials)
      .where(and(inArray(credentials.userId, some), eq(credentials.type, 'password'))),
  )
  const roles = await inChunks(ids, (some) => tx.select().from(managerRoles).where(inArray(managerRoles.userId, some)))

  const identifiersOf = Map.groupBy(known, ({ userId }) => userId)
  const rolesOf = Map.groupBy(roles, ({ userId }) => userId)
  const withPassword = new Set(passwords.map(({ userId }) => userId))
  return rows.map((row) => ({
    ...row,
    identifiers: (identifiersOf.get(row.id) ?? []).map(({ kind, value, verifiedAt }) => ({
      kind,
      value,
      isVerified: verifiedAt !== null,
    })),
    hasPassword: withPassword.has(row.id),
    roles: (rolesOf.get(row.id) ?? [])
      .filter(({ scope }) => scope === 'instance' || scope === row.organizationId)
      .map(({ role }) => role),
  }))
}
