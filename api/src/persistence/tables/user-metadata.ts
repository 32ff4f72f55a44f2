import type { UserId } from '../../domain/ids.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { AccountTables } from './accounts.ts'

/** What applications keep about people here: names and values that mean nothing to us. */
export function userMetadataTables(d: SchemaDialect, { users }: AccountTables) {
  const userMetadata = d.table(
    'user_metadata',
    {
      userId: d
        .string('user_id')
        .$type<UserId>()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      key: d.string('key').notNull(),
      value: d.string('value').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.userId, t.key] })],
  )
  return { userMetadata }
}
