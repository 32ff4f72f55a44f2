import { FACTORS } from '@vestibule/shared/factors.ts'
import type { IdentifierKind } from '@vestibule/shared/policy.ts'
import type { Role } from '@vestibule/shared/roles.ts'
import { sql } from 'drizzle-orm'
import type { ApplicationId, CredentialId, OrganizationId, UserId } from '../../domain/ids.ts'
import type { Profile } from '../../domain/user.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { OrganizationTables } from './organizations.ts'

/** Users: who they are, what they type, what they hold, what they manage and what they consented to. */
export function accountTables(d: SchemaDialect, { organizations, applications }: OrganizationTables) {
  const users = d.table(
    'users',
    {
      id: d.string('id').$type<UserId>().primaryKey(),
      organizationId: d
        .string('organization_id')
        .$type<OrganizationId>()
        .notNull()
        .references(() => organizations.id, { onDelete: 'cascade' }),
      kind: d.oneOf('kind', ['human', 'service']).notNull(),
      state: d.oneOf('state', ['active', 'locked', 'deactivated']).notNull().default('active'),
      /** `sub` on the wire: the id, or what an import brought along. It never changes and is never used again. */
      subject: d.string('subject').notNull().unique(),
      displayName: d.string('display_name').notNull(),
      profile: d.json<Profile>()('profile').notNull(),
      createdAt: d.instant('created_at').notNull(),
      updatedAt: d.instant('updated_at').notNull(),
      /** When the account goes for good, as its owner wished; null as long as nobody does. */
      deletionAt: d.instant('deletion_at'),
      /** What authenticators know this person by (WebAuthn's user handle): 256 random bits, made when first needed. It says nothing of who it is. */
      webauthnHandle: d.string('webauthn_handle').unique(),
      /** When the person last said "not now" to a second factor. */
      enrollmentSkippedAt: d.instant('enrollment_skipped_at'),
    },
    (t) => [
      d.index('users_organization_idx').on(t.organizationId, t.kind, t.id),
      d.index('users_unusual_idx').on(t.organizationId, t.kind, t.state, t.id).where(sql`state <> 'active'`),
      d.index('users_deletion_idx').on(t.deletionAt).where(sql`deletion_at is not null`),
    ],
  )

  /** Subjects of accounts that are gone. None is given to anybody again: an application would take one person for another. */
  const retiredSubjects = d.table('retired_subjects', {
    /** SHA-256: an imported subject may say who it was. */
    subjectHash: d.string('subject_hash').primaryKey(),
    retiredAt: d.instant('retired_at').notNull(),
  })

  const userReference = () =>
    d
      .string('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' })

  const identifiers = d.table(
    'identifiers',
    {
      organizationId: d
        .string('organization_id')
        .$type<OrganizationId>()
        .notNull()
        .references(() => organizations.id, { onDelete: 'cascade' }),
      kind: d.string('kind').$type<IdentifierKind>().notNull(),
      /** Stored normalised: no collation decides equality, so both databases agree. */
      value: d.string('value').notNull(),
      userId: userReference(),
      verifiedAt: d.instant('verified_at'),
    },
    (t) => [
      d.primaryKey({ columns: [t.organizationId, t.kind, t.value] }),
      d.index('identifiers_value_idx').on(t.value, t.kind),
      // one of each kind a person: a join from the user finds one row
      d.uniqueIndex('identifiers_user_idx').on(t.userId, t.kind),
    ],
  )

  const credentials = d.table(
    'credentials',
    {
      id: d.string('id').$type<CredentialId>().primaryKey(),
      userId: userReference(),
      type: d.oneOf('type', FACTORS).notNull(),
      /** A password's PHC string, or the secret of an authenticator app in its box; empty where nothing secret is kept. */
      secret: d.string('secret').notNull(),
      createdAt: d.instant('created_at').notNull(),
      changedAt: d.instant('changed_at').notNull(),
      /** Must be replaced at the next sign-in: somebody else chose it, or a manager asks for it. */
      mustChange: d.flag('must_change').notNull().default(false),
      /** What its owner calls it. */
      label: d.string('label'),
      /** Of an authenticator app: the last time step whose code was used. Only later ones pass. */
      lastStep: d.count('last_step'),
      lastUsedAt: d.instant('last_used_at'),
    },
    (t) => [
      d.index('credentials_user_idx').on(t.userId),
      d.uniqueIndex('credentials_password_idx').on(t.userId).where(sql`type = 'password'`),
      d
        .uniqueIndex('credentials_single_idx')
        .on(t.userId, t.type)
        .where(sql`type in ('email_code', 'sms_code', 'recovery_code')`),
    ],
  )

  /** Recovery codes that are left. One that is used goes. */
  const recoveryCodes = d.table(
    'recovery_codes',
    {
      userId: userReference(),
      /** Keyed with the master key. */
      codeHash: d.string('code_hash').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.userId, t.codeHash] })],
  )

  const managerRoles = d.table(
    'manager_roles',
    {
      userId: userReference(),
      /** `instance` or an organization's id. */
      scope: d.string('scope').notNull(),
      role: d.string('role').$type<Role>().notNull(),
    },
    (t) => [
      d.primaryKey({ columns: [t.userId, t.scope, t.role] }),
      d.index('manager_roles_scope_idx').on(t.scope, t.userId, t.role),
    ],
  )

  const consents = d.table(
    'consents',
    {
      userId: userReference(),
      applicationId: d
        .string('application_id')
        .$type<ApplicationId>()
        .notNull()
        .references(() => applications.id, { onDelete: 'cascade' }),
      scopes: d.sharedJson<string[]>()('scopes').notNull(),
      grantedAt: d.instant('granted_at').notNull(),
    },
    (t) => [
      d.primaryKey({ columns: [t.userId, t.applicationId] }),
      d.index('consents_application_idx').on(t.applicationId),
    ],
  )

  /** Pictures of people, drawn anew by us. `hash` is SHA-256 of the content in base64url: what its path says. */
  const avatars = d.table(
    'avatars',
    {
      userId: userReference().primaryKey(),
      hash: d.string('hash').notNull(),
      content: d.bytes('content').notNull(),
      createdAt: d.instant('created_at').notNull(),
    },
    (t) => [d.index('avatars_hash_idx').on(t.hash)],
  )

  /** Hashes of passwords that were replaced, as far as a policy looks back. */
  const passwordHistory = d.table(
    'password_history',
    {
      userId: userReference(),
      secret: d.string('secret').notNull(),
      replacedAt: d.instant('replaced_at').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.userId, t.replacedAt] })],
  )

  /** Which text of the terms and the privacy policy a person accepted, in which language and when. */
  const acceptances = d.table(
    'acceptances',
    {
      userId: userReference(),
      document: d.oneOf('document', ['terms', 'privacy']).notNull(),
      version: d.string('version').notNull(),
      link: d.string('link').notNull(),
      language: d.string('language').notNull(),
      acceptedAt: d.instant('accepted_at').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.userId, t.document, t.version] })],
  )

  return {
    users,
    retiredSubjects,
    identifiers,
    credentials,
    recoveryCodes,
    managerRoles,
    consents,
    avatars,
    passwordHistory,
    acceptances,
  }
}

export type AccountTables = ReturnType<typeof accountTables>
