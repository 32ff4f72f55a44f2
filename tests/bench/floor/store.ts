import { join } from 'node:path'
import { hashSync } from '@node-rs/argon2'
import Database from 'better-sqlite3'
import { CLIENT, PASSWORD, REDIRECT_URI, TRIVIAL_HASH, USERS } from '../world.ts'
import { digest } from './secrets.ts'

/**
 * Opens the floor's database in a folder, with the world in it. `synchronous` is `full` or `normal`.
 * Joins compare with `+?`: a bare `?` there makes SQLite plan the statement anew at every run, which costs more than running it.
 */
export function openStore(folder: string, synchronous: string): Database.Database {
  const database = new Database(join(folder, 'floor.db'))
  database.pragma('journal_mode = WAL')
  database.pragma(`synchronous = ${synchronous}`)
  database.exec(`
    CREATE TABLE IF NOT EXISTS clients (id TEXT PRIMARY KEY, secret TEXT, redirect_uri TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS users
      (id TEXT PRIMARY KEY, username TEXT UNIQUE, email TEXT, given_name TEXT, family_name TEXT, password TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS requests (id TEXT PRIMARY KEY, parameters TEXT, expires_at INTEGER);
    CREATE TABLE IF NOT EXISTS sessions (hash TEXT PRIMARY KEY, user_id TEXT, auth_time INTEGER, expires_at INTEGER) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS codes (hash TEXT PRIMARY KEY, session TEXT, parameters TEXT, used INTEGER, expires_at INTEGER);
    CREATE TABLE IF NOT EXISTS access_tokens (hash TEXT PRIMARY KEY, session TEXT, scope TEXT, expires_at INTEGER) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS refresh_tokens
      (hash TEXT PRIMARY KEY, session TEXT, scope TEXT, used INTEGER, expires_at INTEGER) WITHOUT ROWID;
  `)
  if (!database.prepare('SELECT 1 FROM clients').get()) fill(database)
  return database
}

function fill(database: Database.Database): void {
  const insert = database.prepare('INSERT INTO users VALUES (?, ?, ?, ?, ?, ?)')
  database.transaction(() => {
    database.prepare('INSERT INTO clients VALUES (?, ?, ?)').run(CLIENT.id, digest(CLIENT.secret), REDIRECT_URI)
    for (const { username, email, givenName, familyName } of USERS) {
      insert.run(`user-${username}`, username, email, givenName, familyName, hashSync(PASSWORD, TRIVIAL_HASH))
    }
  })()
}
