import type { AccountPage } from '@vestibule/shared/account-pages.ts'
import type { Factor } from '@vestibule/shared/factors.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type { Ceremony } from '../../domain/ceremony.ts'
import type {
  ApplicationId,
  AuthRequestId,
  DeviceId,
  LogoutRequestId,
  OneTimeCodeId,
  OrganizationId,
  SessionId,
  UserId,
} from '../../domain/ids.ts'
import type { CodePurpose } from '../../domain/one-time-code.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { OrganizationTables } from './organizations.ts'
import type { SessionTables } from './sessions.ts'

/** One row per flow. The browser holds its device cookie and the id of the row; the rest stays here. */
export function flowTables(d: SchemaDialect, { applications, devices }: OrganizationTables & SessionTables) {
  const deviceReference = () =>
    d
      .string('device_id')
      .$type<DeviceId>()
      .notNull()
      .references(() => devices.id, { onDelete: 'cascade' })
  const applicationReference = () =>
    d
      .string('application_id')
      .$type<ApplicationId>()
      .references(() => applications.id, { onDelete: 'cascade' })

  const authRequests = d.table(
    'auth_requests',
    {
      id: d.string('id').$type<AuthRequestId>().primaryKey(),
      deviceId: deviceReference(),
      /** Null: the person is on the way to the own account pages. */
      applicationId: applicationReference(),
      parameters: d.json<AuthRequestParameters>()('parameters').notNull(),
      organizationId: d.string('organization_id').$type<OrganizationId>(),
      /** What was typed; null until then. */
      loginName: d.string('login_name'),
      /** Whom that name means; null also for a name nobody has. */
      userId: d.string('user_id').$type<UserId>(),
      /** The account that was picked, or that proved itself. */
      sessionId: d.string('session_id').$type<SessionId>(),
      /** "Use another account": the picker is passed over. */
      freshAccount: d.flag('fresh_account').notNull().default(false),
      /** The picker is open: nobody goes on from it without being picked. */
      atPicker: d.flag('at_picker').notNull().default(false),
      consentedAt: d.instant('consented_at'),
      /** What is under way besides a sign-in: a registration, a reset. */
      ceremony: d.json<Ceremony>()('ceremony'),
      /** Who finished a registration or a reset here, and has not yet answered whether they want a passkey. */
      passkeyOfferTo: d.string('passkey_offer_to').$type<UserId>(),
      /** Without an application: the account page to come back to. */
      returnTo: d.string('return_to').$type<AccountPage>(),
      createdAt: d.instant('created_at').notNull(),
      expiresAt: d.instant('expires_at').notNull(),
      finishedAt: d.instant('finished_at'),
    },
    (t) => [d.index('auth_requests_expires_idx').on(t.expiresAt), d.index('auth_requests_device_idx').on(t.deviceId)],
  )

  const logoutRequests = d.table(
    'logout_requests',
    {
      id: d.string('id').$type<LogoutRequestId>().primaryKey(),
      deviceId: deviceReference(),
      applicationId: applicationReference(),
      /** Registered exactly, or null. */
      redirectUri: d.string('redirect_uri'),
      state: d.string('state'),
      /** What the last page loads in frames; null as long as nothing has ended. */
      frames: d.json<string[] | null>()('frames'),
      createdAt: d.instant('created_at').notNull(),
      expiresAt: d.instant('expires_at').notNull(),
      finishedAt: d.instant('finished_at'),
    },
    (t) => [
      d.index('logout_requests_expires_idx').on(t.expiresAt),
      d.index('logout_requests_device_idx').on(t.deviceId),
      d.index('logout_requests_application_idx').on(t.applicationId),
    ],
  )

  /** Parameters of an authorization request that the application pushed, or that came by POST, until the browser comes for them. */
  const pushedRequests = d.table(
    'pushed_requests',
    {
      uriHash: d.string('uri_hash').primaryKey(),
      applicationId: d
        .string('application_id')
        .$type<ApplicationId>()
        .notNull()
        .references(() => applications.id, { onDelete: 'cascade' }),
      /** Where it was sent to, and may be opened. */
      issuer: d.string('issuer').notNull().default(''),
      parameters: d.json<Record<string, string>>()('parameters').notNull(),
      expiresAt: d.instant('expires_at').notNull(),
      /** A code was issued for it. */
      consumedAt: d.instant('consumed_at'),
    },
    (t) => [
      d.index('pushed_requests_expires_idx').on(t.expiresAt),
      d.index('pushed_requests_application_idx').on(t.applicationId),
    ],
  )

  /**
   * A short code that was sent to somebody, and the link beside it. Whom, what for, where to and in which flow are part of every
   * question about it. One is outstanding for each purpose of a flow.
   */
  const oneTimeCodes = d.table(
    'one_time_codes',
    {
      id: d.string('id').$type<OneTimeCodeId>().primaryKey(),
      purpose: d.string('purpose').$type<CodePurpose>().notNull(),
      /** The pending request, or the session of the account pages, that it was asked for in. */
      flow: d.string('flow').$type<AuthRequestId | SessionId>().notNull(),
      /** Null for a name nobody has: that takes the same rows. */
      userId: d.string('user_id').$type<UserId>(),
      /** Where it was sent: an address or a number, normalised. */
      address: d.string('address').notNull(),
      /** Keyed with the master key: a short code could be guessed from a plain hash. */
      codeHash: d.string('code_hash').notNull(),
      attempts: d.count('attempts').notNull().default(0),
      codeExpiresAt: d.instant('code_expires_at').notNull(),
      /** SHA-256 of the link's token; null where there is no link. */
      linkHash: d.string('link_hash'),
      /** The end of link and code. */
      expiresAt: d.instant('expires_at').notNull(),
      createdAt: d.instant('created_at').notNull(),
      consumedAt: d.instant('consumed_at'),
    },
    (t) => [
      d.uniqueIndex('one_time_codes_flow_idx').on(t.flow, t.purpose),
      d.uniqueIndex('one_time_codes_link_idx').on(t.linkHash),
      d.index('one_time_codes_user_idx').on(t.userId),
      d.index('one_time_codes_expires_idx').on(t.expiresAt),
    ],
  )

  /** A factor that is being set up. It counts once its own proof was given, and is a credential then. */
  const enrollments = d.table(
    'enrollments',
    {
      /** The pending request, or the session of the account pages. */
      flow: d.string('flow').$type<AuthRequestId | SessionId>().notNull(),
      factor: d.string('factor').$type<Factor>().notNull(),
      userId: d.string('user_id').$type<UserId>().notNull(),
      /** In its box. */
      secret: d.string('secret').notNull(),
      expiresAt: d.instant('expires_at').notNull(),
    },
    (t) => [
      d.primaryKey({ columns: [t.flow, t.factor] }),
      d.index('enrollments_user_idx').on(t.userId),
      d.index('enrollments_expires_idx').on(t.expiresAt),
    ],
  )

  /**
   * What does not count any more before its end: work of a browser by the name of its challenge, a JWT by its own, that was brought as a
   * proof; a JWT of a machine that was revoked.
   */
  const spentProofs = d.table(
    'spent_proofs',
    { id: d.string('id').primaryKey(), expiresAt: d.instant('expires_at').notNull() },
    (t) => [d.index('spent_proofs_expires_idx').on(t.expiresAt)],
  )

  return { authRequests, logoutRequests, pushedRequests, oneTimeCodes, enrollments, spentProofs }
}
