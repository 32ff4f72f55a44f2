import { sql } from 'drizzle-orm'
import type { DeliveryFault } from '../../domain/delivery.ts'
import type { MessageId, OrganizationId, UserId } from '../../domain/ids.ts'
import type { MessageKind } from '../../domain/messages.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { OrganizationTables } from './organizations.ts'

/** Mails and text messages, written in the transaction that wants them sent. */
export function messageTables(d: SchemaDialect, { organizations }: OrganizationTables) {
  const outboxMessages = d.table(
    'outbox_messages',
    {
      /** Stable through every attempt: Message-ID and idempotency key are made of it. */
      id: d.string('id').$type<MessageId>().primaryKey(),
      organizationId: d
        .string('organization_id')
        .$type<OrganizationId>()
        .notNull()
        .references(() => organizations.id, { onDelete: 'cascade' }),
      /** Whom it is about. No reference: the notice of a deleted account outlives it. */
      userId: d.string('user_id').$type<UserId>(),
      channel: d.oneOf('channel', ['email', 'sms']).notNull(),
      kind: d.string('kind').$type<MessageKind>().notNull(),
      recipient: d.string('recipient').notNull(),
      language: d.string('language').notNull(),
      /** The values, boxed with the master key and bound to the id: they carry codes. Null once it was sent or expired. */
      content: d.string('content'),
      state: d.oneOf('state', ['queued', 'sending', 'sent', 'dead', 'expired']).notNull().default('queued'),
      attempts: d.count('attempts').notNull().default(0),
      /** When to try; while somebody does, when that claim is over. Null once nothing is to be done any more. */
      dueAt: d.instant('due_at'),
      /** The process that tries. */
      holder: d.string('holder'),
      /** It is not sent from then on. */
      expiresAt: d.instant('expires_at'),
      /** Why the last attempt failed: a code of ours, never an answer of somebody else's. */
      lastError: d.string('last_error').$type<DeliveryFault>(),
      createdAt: d.instant('created_at').notNull(),
      sentAt: d.instant('sent_at'),
    },
    (t) => [
      d.index('outbox_messages_due_idx').on(t.channel, t.dueAt).where(sql`due_at is not null`),
      d.index('outbox_messages_over_idx').on(t.createdAt).where(sql`due_at is null`),
      d.index('outbox_messages_user_idx').on(t.userId),
      d.index('outbox_messages_organization_idx').on(t.organizationId, t.state, t.id),
    ],
  )
  return { outboxMessages }
}
