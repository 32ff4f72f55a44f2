import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type {
  ApplicationId,
  AuthRequestId,
  DeviceId,
  LogoutRequestId,
  OrganizationId,
  SessionId,
  UserId,
} from '../../domain/ids.ts'
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

  /** Parameters of an authorization request that came by POST, until the browser comes back for them with its cookie. */
  const pushedRequests = d.table(
    'pushed_requests',
    {
      uriHash: d.string('uri_hash').primaryKey(),
      applicationId: d
        .string('application_id')
        .$type<ApplicationId>()
        .notNull()
        .references(() => applications.id, { onDelete: 'cascade' }),
      parameters: d.json<Record<string, string>>()('parameters').notNull(),
      expiresAt: d.instant('expires_at').notNull(),
    },
    (t) => [
      d.index('pushed_requests_expires_idx').on(t.expiresAt),
      d.index('pushed_requests_application_idx').on(t.applicationId),
    ],
  )

  return { authRequests, logoutRequests, pushedRequests }
}
