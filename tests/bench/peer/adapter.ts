import type { Database, Statement } from 'better-sqlite3'
import type { Adapter, Payload } from 'oidc-provider'

/** Which models belong to a grant and go with it when it is revoked. */
const GRANTED = ['AccessToken', 'AuthorizationCode', 'RefreshToken']

type Row = { payload: string; consumed: number | null }

/**
 * Keeps the models of oidc-provider in SQLite the way its documentation asks for: one table a model, the payload as JSON, `consumed`
 * beside it, and an index only where a model is found by something else than its id. Every statement is prepared once.
 * In: the database. Out: the factory oidc-provider calls once a model.
 */
export function createAdapter(database: Database): (model: string) => Adapter {
  const revocations = GRANTED.map((model) => {
    createTable(database, model)
    return database.prepare(`DELETE FROM ${model} WHERE grant_id = ?`)
  })
  return (model) => adapterFor(database, model, revocations)
}

function adapterFor(database: Database, model: string, revocations: Statement[]): Adapter {
  createTable(database, model)
  const upsert = database.prepare(
    `INSERT INTO ${model} (id, payload, expires_at, uid, grant_id) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at, uid = excluded.uid`,
  )
  const find = database.prepare<[string, number], Row>(
    `SELECT payload, consumed FROM ${model} WHERE id = ? AND expires_at > ?`,
  )
  const findByUid = database.prepare<[string, number], Row>(
    `SELECT payload, consumed FROM ${model} WHERE uid = ? AND expires_at > ?`,
  )
  const consume = database.prepare(`UPDATE ${model} SET consumed = ? WHERE id = ?`)
  const destroy = database.prepare(`DELETE FROM ${model} WHERE id = ?`)

  return {
    async upsert(id, payload, expiresIn) {
      upsert.run(id, JSON.stringify(payload), seconds() + expiresIn, payload.uid ?? null, payload.grantId ?? null)
    },
    find: async (id) => read(find.get(id, seconds())),
    findByUid: async (uid) => read(findByUid.get(uid, seconds())),
    // the device flow is off
    findByUserCode: async () => undefined,
    async consume(id) {
      consume.run(seconds(), id)
    },
    async destroy(id) {
      destroy.run(id)
    },
    async revokeByGrantId(grantId) {
      for (const revoke of revocations) revoke.run(grantId)
    },
  }
}

const seconds = () => Math.floor(Date.now() / 1000)

function read(row: Row | undefined): Payload | undefined {
  if (!row) return undefined
  const payload = JSON.parse(row.payload) as Payload
  return row.consumed === null ? payload : { ...payload, consumed: row.consumed }
}

function createTable(database: Database, model: string): void {
  database.exec(
    `CREATE TABLE IF NOT EXISTS ${model} (
       id TEXT PRIMARY KEY, payload TEXT NOT NULL, expires_at INTEGER NOT NULL, uid TEXT, grant_id TEXT, consumed INTEGER
     )`,
  )
  if (model === 'Session') database.exec('CREATE UNIQUE INDEX IF NOT EXISTS Session_uid ON Session (uid)')
  if (GRANTED.includes(model)) database.exec(`CREATE INDEX IF NOT EXISTS ${model}_grant ON ${model} (grant_id)`)
}
