import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import { and, eq, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { ClaimSource } from '../../domain/claims.ts'
import type { IdentifierReading } from '../../domain/identifier.ts'
import type { CredentialId, OrganizationId, UserId } from '../../domain/ids.ts'
import type { UserFacts } from '../../domain/login/facts.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { claimSourceOf } from './claim-source.ts'
import { policyOf } from './login-policy.ts'
import { listStoredUsers, type StoredUser } from './stored-users.ts'

export type Person = Database['tables']['users']['$inferSelect'] & { organizationName: string }
type Known = { user: UserFacts; policy: LoginPolicy }
export type Candidate = Known & { kind: IdentifierReading['kind'] }
export type KnownUser = Known & { password: { id: CredentialId; hash: string } | null }
/** `mustChange`: somebody else chose it, so its owner replaces it at the next sign-in. */
export type NewPassword = { id: CredentialId; userId: UserId; hash: string; mustChange?: boolean; now: number }

export type NewIdentifier = IdentifierReading & { verifiedAt: number | null }
export type NewUser = Pick<Person, 'id' | 'organizationId' | 'kind' | 'subject' | 'displayName' | 'profile'> & {
  now: number
  identifiers: NewIdentifier[]
}

export function userRepository(db: Database) {
  const { users, organizations, identifiers, credentials, policies } = db.tables
  const instancePolicy = alias(policies, 'instance_policy')

  const factFields = {
    id: users.id,
    subject: users.subject,
    organizationId: users.organizationId,
    state: users.state,
    deletionAt: users.deletionAt,
    organizationState: organizations.state,
    ownPolicy: policies.value,
    instancePolicy: instancePolicy.value,
  }
  const ownLoginPolicy = and(eq(policies.owner, users.organizationId), eq(policies.kind, 'login'))
  const inheritedLoginPolicy = and(eq(instancePolicy.owner, 'instance'), eq(instancePolicy.kind, 'login'))

  const facts = db.statement('user_facts', (on) =>
    on
      .select({ ...factFields, credentialId: credentials.id, hash: credentials.secret })
      .from(users)
      .innerJoin(organizations, eq(organizations.id, users.organizationId))
      .leftJoin(policies, ownLoginPolicy)
      .leftJoin(instancePolicy, inheritedLoginPolicy)
      .leftJoin(credentials, and(eq(credentials.userId, users.id), eq(credentials.type, 'password')))
      .where(eq(users.id, bound('id', users.id))),
  )
  const byIdentifier = db.statement('user_by_identifier', (on) =>
    on
      .select({ ...factFields, kind: identifiers.kind })
      .from(identifiers)
      .innerJoin(users, eq(users.id, identifiers.userId))
      .innerJoin(organizations, eq(organizations.id, users.organizationId))
      .leftJoin(policies, ownLoginPolicy)
      .leftJoin(instancePolicy, inheritedLoginPolicy)
      .where(
        or(
          and(
            eq(identifiers.value, bound('first', identifiers.value)),
            eq(identifiers.kind, bound('firstKind', identifiers.kind)),
          ),
          and(
            eq(identifiers.value, bound('second', identifiers.value)),
            eq(identifiers.kind, bound('secondKind', identifiers.kind)),
          ),
        ),
      )
      .limit(50),
  )
  const byName = db.statement('user_of_name', (on) =>
    on
      .select({ id: users.id, profile: users.profile })
      .from(identifiers)
      .innerJoin(users, eq(users.id, identifiers.userId))
      .where(
        and(
          eq(identifiers.organizationId, bound('organizationId', identifiers.organizationId)),
          eq(identifiers.kind, bound('kind', identifiers.kind)),
          eq(identifiers.value, bound('value', identifiers.value)),
        ),
      ),
  )
  const password = db.statement('user_password', (on) =>
    on
      .select({ id: credentials.id, hash: credentials.secret })
      .from(credentials)
      .where(and(eq(credentials.userId, bound('userId', credentials.userId)), eq(credentials.type, 'password'))),
  )
  const used = db.statement('credential_used', (on) =>
    on
      .update(credentials)
      .set({ lastUsedAt: given('now') })
      .where(
        and(
          eq(credentials.id, bound('id', credentials.id)),
          eq(credentials.secret, bound('secret', credentials.secret)),
        ),
      )
      .returning({ id: credentials.id }),
  )

  return {
    /** Facts and password in one read; the password is null for somebody who has none. */
    async findFacts(id: UserId, tx?: Executor): Promise<KnownUser | null> {
      const [row] = await facts({ id }, tx)
      if (!row) return null
      const { credentialId, hash, ...rest } = row
      return { ...userFacts(rest), password: credentialId && hash ? { id: credentialId, hash } : null }
    },
    /** Everybody whom one of these readings means, in any organization. At most two readings. */
    async findCandidates([first, second]: readonly IdentifierReading[], tx?: Executor): Promise<Candidate[]> {
      if (!first) return []
      const other = second ?? first
      const rows = await byIdentifier(
        { first: first.value, firstKind: first.kind, second: other.value, secondKind: other.kind },
        tx,
      )
      return rows.map(({ kind, ...row }) => ({ ...userFacts(row), kind }))
    },
    /** Who has this name in this organization, with the language they chose. */
    async findOwner(
      { kind, value }: IdentifierReading,
      organizationId: OrganizationId,
      tx?: Executor,
    ): Promise<{ id: UserId; locale: string | undefined } | null> {
      const [row] = await byName({ organizationId, kind, value }, tx)
      return row ? { id: row.id, locale: row.profile.locale } : null
    },
    async findPassword(userId: UserId, tx?: Executor): Promise<{ id: CredentialId; hash: string } | null> {
      return (await password({ userId }, tx))[0] ?? null
    },
    /** Whether the password is still the one that was compared. It stays so to the end of this transaction. */
    async markUsed(tx: Executor, { id, hash }: { id: CredentialId; hash: string }, now: number): Promise<boolean> {
      return (await used({ id, secret: hash, now }, tx)).length === 1
    },
    /** Sets or replaces the password; `id` names the credential when it is new. */
    async setPassword(tx: Executor, { id, userId, hash: secret, mustChange = false, now }: NewPassword) {
      await tx
        .insert(credentials)
        .values({ id, userId, type: 'password', secret, mustChange, createdAt: now, changedAt: now })
        .onConflictDoUpdate({
          target: credentials.userId,
          targetWhere: sql`type = 'password'`,
          set: { secret, mustChange, changedAt: now },
        })
    },
    /** The same password at today's cost, unless it was changed meanwhile. */
    async rehash(tx: Executor, id: CredentialId, from: string, to: string) {
      await tx
        .update(credentials)
        .set({ secret: to })
        .where(and(eq(credentials.id, id), eq(credentials.secret, from)))
    },
    /** A person with the names that let them in. False when somebody of the organization has one of them. */
    async create(tx: Executor, { now, identifiers: names, ...row }: NewUser): Promise<boolean> {
      await tx.insert(users).values({ ...row, createdAt: now, updatedAt: now })
      for (const name of names) if (!(await this.addIdentifier(tx, row.id, row.organizationId, name))) return false
      return true
    },
    async addIdentifier(
      tx: Executor,
      userId: UserId,
      organizationId: OrganizationId,
      name: NewIdentifier,
    ): Promise<boolean> {
      const rows = await tx
        .insert(identifiers)
        .values({ ...name, userId, organizationId })
        .onConflictDoNothing()
        .returning({ value: identifiers.value })
      return rows.length === 1
    },
    async findPerson(id: UserId, tx?: Executor): Promise<Person | null> {
      const [row] = await (tx ?? db.query)
        .select({ user: users, organizationName: organizations.name })
        .from(users)
        .innerJoin(organizations, eq(organizations.id, users.organizationId))
        .where(eq(users.id, id))
      return row ? { ...row.user, organizationName: row.organizationName } : null
    },
    async findBySubject(subject: string, tx?: Executor): Promise<{ id: UserId } | null> {
      const [row] = await (tx ?? db.query).select({ id: users.id }).from(users).where(eq(users.subject, subject))
      return row ?? null
    },
    async findClaimSource(id: UserId, tx?: Executor): Promise<ClaimSource | null> {
      const person = await this.findPerson(id, tx)
      if (!person) return null
      const known = await this.listIdentifiers(id, tx)
      const of = (kind: IdentifierReading['kind']) => known.find((identifier) => identifier.kind === kind)
      return claimSourceOf({
        ...person,
        username: of('username')?.value ?? null,
        email: of('email')?.value ?? null,
        emailVerifiedAt: of('email')?.verifiedAt ?? null,
        phone: of('phone')?.value ?? null,
        phoneVerifiedAt: of('phone')?.verifiedAt ?? null,
      })
    },
    async listIdentifiers(userId: UserId, tx?: Executor) {
      return (tx ?? db.query).select().from(identifiers).where(eq(identifiers.userId, userId))
    },
    async listStored(
      tx: Executor,
      wanted: { names: Iterable<string>; subjects: Iterable<string> },
    ): Promise<StoredUser[]> {
      return listStoredUsers(db, tx, wanted)
    },
    async change(
      tx: Executor,
      id: UserId,
      values: Partial<Pick<Person, 'displayName' | 'profile' | 'state'>>,
      now: number,
    ) {
      await tx
        .update(users)
        .set({ ...values, updatedAt: now })
        .where(eq(users.id, id))
    },
    /**
     * A person as they were read, with something else said of them. Null when they were changed since; else the new `updatedAt`, which is
     * later than the one before even within one millisecond, so that it tells versions apart.
     */
    async changePerson(
      tx: Executor,
      { id, updatedAt }: Pick<Person, 'id' | 'updatedAt'>,
      values: Partial<Pick<Person, 'displayName' | 'profile'>>,
      now: number,
    ): Promise<number | null> {
      const rows = await tx
        .update(users)
        .set({ ...values, updatedAt: Math.max(now, updatedAt + 1) })
        .where(and(eq(users.id, id), eq(users.updatedAt, updatedAt)))
        .returning({ updatedAt: users.updatedAt })
      return rows[0]?.updatedAt ?? null
    },
    async removeIdentifier(tx: Executor, userId: UserId, kind: IdentifierReading['kind']) {
      await tx.delete(identifiers).where(and(eq(identifiers.userId, userId), eq(identifiers.kind, kind)))
    },
    /** In the place of the name of this kind that the person has. False when somebody of the organization has it. */
    async replaceIdentifier(
      tx: Executor,
      userId: UserId,
      organizationId: OrganizationId,
      name: NewIdentifier,
    ): Promise<boolean> {
      await this.removeIdentifier(tx, userId, name.kind)
      return this.addIdentifier(tx, userId, organizationId, name)
    },
  }
}

type FactRow = Omit<UserFacts, 'organizationActive'> & {
  organizationState: 'active' | 'deactivated'
  ownPolicy: unknown
  instancePolicy: unknown
}

function userFacts({ organizationState, ownPolicy, instancePolicy, ...user }: FactRow): Known {
  return {
    user: { ...user, organizationActive: organizationState === 'active' },
    policy: policyOf(ownPolicy ?? instancePolicy),
  }
}
