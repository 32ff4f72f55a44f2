import { hashSync, verify } from '@node-rs/argon2'
import type { Database } from 'better-sqlite3'
import type { Account } from 'oidc-provider'
import { PASSWORD, TRIVIAL_HASH, USERS } from '../world.ts'

type Row = { id: string; password: string; claims: string }

/** The people of the benchmark in a table of the peer's database, filled when it is empty. */
export function openAccounts(database: Database) {
  database.exec(
    `CREATE TABLE IF NOT EXISTS accounts (
       id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, password TEXT NOT NULL, claims TEXT NOT NULL
     ) WITHOUT ROWID`,
  )
  if (!database.prepare('SELECT 1 FROM accounts').get()) fill(database)
  const byId = database.prepare<[string], Row>('SELECT * FROM accounts WHERE id = ?')
  const byUsername = database.prepare<[string], Row>('SELECT * FROM accounts WHERE username = ?')

  return {
    async find(id: string): Promise<Account | undefined> {
      const row = byId.get(id)
      return row && { accountId: row.id, claims: async () => ({ sub: row.id, ...JSON.parse(row.claims) }) }
    },
    /** The id of the account with this password, or null. */
    async check(username: string, password: string): Promise<string | null> {
      const row = byUsername.get(username)
      return row && (await verify(row.password, password)) ? row.id : null
    },
  }
}

export type Accounts = ReturnType<typeof openAccounts>

function fill(database: Database): void {
  const insert = database.prepare('INSERT INTO accounts VALUES (?, ?, ?, ?)')
  database.transaction(() => {
    for (const user of USERS) {
      const claims = {
        name: `${user.givenName} ${user.familyName}`,
        given_name: user.givenName,
        family_name: user.familyName,
        preferred_username: user.username,
        email: user.email,
        email_verified: true,
      }
      insert.run(`account-of-${user.username}`, user.username, hashSync(PASSWORD, TRIVIAL_HASH), JSON.stringify(claims))
    }
  })()
}
