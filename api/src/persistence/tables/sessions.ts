import type { DeviceId, SessionId, UserId } from '../../domain/ids.ts'
import type { Check } from '../../domain/session.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { AccountTables } from './accounts.ts'

/** Browsers, and the checks of each account in them. */
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

  return { devices, sessions }
}

export type SessionTables = ReturnType<typeof sessionTables>
