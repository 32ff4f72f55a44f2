import { sql } from 'drizzle-orm'
import type { DeliveryFault } from '../../domain/delivery.ts'
import type { ApplicationId, LogoutNoticeId, SessionId } from '../../domain/ids.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { OrganizationTables } from './organizations.ts'

/** What applications are to be told of sessions that ended, written in the transaction that ended them. */
export function logoutNoticeTables(d: SchemaDialect, { applications }: OrganizationTables) {
  const logoutNotices = d.table(
    'logout_notices',
    {
      id: d.string('id').$type<LogoutNoticeId>().primaryKey(),
      applicationId: d
        .string('application_id')
        .$type<ApplicationId>()
        .notNull()
        .references(() => applications.id, { onDelete: 'cascade' }),
      /** `sid` and `sub` on the wire. No references: the notice outlives session and account. */
      sessionId: d.string('session_id').$type<SessionId>().notNull(),
      subject: d.string('subject').notNull(),
      issuer: d.string('issuer').notNull(),
      state: d.oneOf('state', ['queued', 'sending', 'sent', 'dead']).notNull().default('queued'),
      attempts: d.count('attempts').notNull().default(0),
      /** When to try; while somebody does, when that claim is over. Null once nothing is to be done any more. */
      dueAt: d.instant('due_at'),
      /** The process that tries. */
      holder: d.string('holder'),
      /** Why the last attempt failed: a code of ours, never an answer of somebody else's. */
      lastError: d.string('last_error').$type<DeliveryFault>(),
      createdAt: d.instant('created_at').notNull(),
    },
    (t) => [
      d.index('logout_notices_due_idx').on(t.dueAt).where(sql`due_at is not null`),
      d.index('logout_notices_over_idx').on(t.createdAt).where(sql`due_at is null`),
      d.index('logout_notices_application_idx').on(t.applicationId),
    ],
  )
  return { logoutNotices }
}
