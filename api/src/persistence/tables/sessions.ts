import { SECOND_FACTORS } from '@vestibule/shared/factors.ts'
import type {
  CredentialId,
  DeviceId,
  KnownBrowserId,
  OrganizationId,
  SessionId,
  TrustedDeviceId,
  UserId,
} from '../../domain/ids.ts'
import type { Check } from '../../domain/session.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { AccountTables } from './accounts.ts'

/** Browsers, the checks of each account in them, and who trusts them. */
export function sessionTables(d: SchemaDialect, { users }: AccountTables) {
  const devices = d.table(
    'devices',
    {
      id: d.string('id').$type<DeviceId>().primaryKey(),
      /** SHA-256 of the cookie, which is replaced at every sign-in. */
      tokenHash: d.string('token_hash').notNull().unique(),
      /** Whether the cookie outlives the browser ("stay signed in"). */
      persistent: d.flag('persistent').notNull().default(false),
      /** Whose account pages this browser shows. */
      accountSessionId: d.string('account_session_id').$type<SessionId>(),
      userAgent: d.string('user_agent').notNull(),
      /** SHA-256 of the cookie by which the browser says who was in it before. Null for one that nobody finished a login in. */
      knownHash: d.string('known_hash'),
      createdAt: d.instant('created_at').notNull(),
      lastSeenAt: d.instant('last_seen_at').notNull(),
    },
    (t) => [d.index('devices_last_seen_idx').on(t.lastSeenAt)],
  )

  const sessions = d.table(
    'sessions',
    {
      id: d.string('id').$type<SessionId>().primaryKey(),
      deviceId: d
        .string('device_id')
        .$type<DeviceId>()
        .notNull()
        .references(() => devices.id, { onDelete: 'cascade' }),
      userId: d
        .string('user_id')
        .$type<UserId>()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      /** What was typed to get in: what the picker shows. */
      loginName: d.string('login_name').notNull(),
      checks: d.json<Check[]>()('checks').notNull(),
      version: d.count('version').notNull().default(0),
      createdAt: d.instant('created_at').notNull(),
      lastUsedAt: d.instant('last_used_at').notNull(),
      /** The absolute end; the idle one follows from lastUsedAt and the policy. */
      expiresAt: d.instant('expires_at').notNull(),
      endedAt: d.instant('ended_at'),
      /** Set when the account was removed from the picker, or a newer session of the same account took the place. */
      forgottenAt: d.instant('forgotten_at'),
    },
    (t) => [
      d.index('sessions_device_idx').on(t.deviceId),
      d.index('sessions_user_idx').on(t.userId),
      d.index('sessions_expires_idx').on(t.expiresAt),
    ],
  )

  /** Browsers in which somebody is not asked for a second factor for a while. */
  const trustedDevices = d.table(
    'trusted_devices',
    {
      id: d.string('id').$type<TrustedDeviceId>().primaryKey(),
      /** SHA-256 of a cookie that outlives the browser, the same for everybody who trusts this one: by it another device takes over. */
      tokenHash: d.string('token_hash').notNull(),
      deviceId: d
        .string('device_id')
        .$type<DeviceId>()
        .notNull()
        .references(() => devices.id, { onDelete: 'cascade' }),
      userId: d
        .string('user_id')
        .$type<UserId>()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      organizationId: d.string('organization_id').$type<OrganizationId>().notNull(),
      /** What was shown, of which credential, and when. */
      factor: d.oneOf('factor', SECOND_FACTORS).notNull(),
      credential: d.string('credential').$type<CredentialId>(),
      checkedAt: d.instant('checked_at').notNull(),
      expiresAt: d.instant('expires_at').notNull(),
    },
    (t) => [
      d.uniqueIndex('trusted_devices_person_idx').on(t.deviceId, t.userId),
      d.index('trusted_devices_token_idx').on(t.tokenHash),
      d.index('trusted_devices_user_idx').on(t.userId),
      d.index('trusted_devices_organization_idx').on(t.organizationId),
      d.index('trusted_devices_expires_idx').on(t.expiresAt),
    ],
  )

  /** Who was in which browser before: a sign-in in another one is told to its owner. */
  const knownBrowsers = d.table(
    'known_browsers',
    {
      id: d.string('id').$type<KnownBrowserId>().primaryKey(),
      /** SHA-256 of a cookie that outlives the browser, the same for everybody who is known in this one. */
      tokenHash: d.string('token_hash').notNull(),
      userId: d
        .string('user_id')
        .$type<UserId>()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      seenAt: d.instant('seen_at').notNull(),
    },
    (t) => [
      d.uniqueIndex('known_browsers_person_idx').on(t.tokenHash, t.userId),
      d.index('known_browsers_user_idx').on(t.userId),
      d.index('known_browsers_seen_idx').on(t.seenAt),
    ],
  )

  return { devices, sessions, trustedDevices, knownBrowsers }
}

export type SessionTables = ReturnType<typeof sessionTables>
