import type { GrantId, PersonalTokenId, UserId } from '../../domain/ids.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { AccountTables } from './accounts.ts'

/** What service users prove themselves with, besides the secrets of their application. */
export function machineTables(d: SchemaDialect, { users }: AccountTables) {
  const userReference = () =>
    d
      .string('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' })

  const machineKeys = d.table(
    'machine_keys',
    {
      userId: userReference(),
      /** `kid` in the header of an assertion. */
      id: d.string('id').notNull(),
      publicJwk: d.json<object>()('public_jwk').notNull(),
      /** SHA-256 of the key itself: a key is one service user's, once. */
      thumbprint: d.string('thumbprint').notNull().unique(),
      createdAt: d.instant('created_at').notNull(),
      /** Null: until it is deleted. */
      expiresAt: d.instant('expires_at'),
      lastUsedAt: d.instant('last_used_at'),
    },
    (t) => [d.primaryKey({ columns: [t.userId, t.id] })],
  )

  /** Access tokens that somebody made by hand. What they open is a grant like any other; this is how they are known again. */
  const personalTokens = d.table(
    'personal_tokens',
    {
      id: d.string('id').$type<PersonalTokenId>().primaryKey(),
      userId: userReference(),
      // no foreign key: a grant whose time is over is cleaned up, and this goes with it or by hand
      grantId: d.string('grant_id').$type<GrantId>().notNull(),
      name: d.string('name').notNull(),
      scopes: d.sharedJson<string[]>()('scopes').notNull(),
      createdAt: d.instant('created_at').notNull(),
      expiresAt: d.instant('expires_at').notNull(),
    },
    (t) => [d.index('personal_tokens_user_idx').on(t.userId), d.index('personal_tokens_expires_idx').on(t.expiresAt)],
  )

  return { machineKeys, personalTokens }
}
