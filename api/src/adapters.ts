import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createKeyRing } from './crypto/key-ring.ts'
import { generateMachineKey } from './crypto/machine-key.ts'
import { masterKeyOf, parseMasterKey } from './crypto/master-key.ts'
import { createPasswordHasher } from './crypto/password-hash.ts'
import { createProofOfWork } from './crypto/proof-of-work.ts'
import { createRandomPool } from './crypto/random-pool.ts'
import { createSecretBox } from './crypto/secret-box.ts'
import { createTurns } from './crypto/turns.ts'
import { createWebauthn } from './crypto/webauthn.ts'
import type { Address, Clock, Deps } from './deps.ts'
import { createLog } from './log.ts'
import { createOutbound } from './outbound/outbound.ts'
import { createRemoteKeys } from './outbound/remote-keys.ts'
import { createPost } from './outbox/post.ts'
import type { Database } from './persistence/database.ts'
import { migrationsOf } from './persistence/migrate.ts'
import { openRepositories } from './persistence/repositories/index.ts'
import { createPictures } from './pictures/pictures.ts'
import type { Settings } from './settings.ts'
import { createSharedRows } from './shared-rows.ts'
import { createTallies } from './tallies.ts'

/** The database that the settings name: a SQLite file in the data directory, or PostgreSQL. */
export async function openDatabase(settings: Settings): Promise<Database> {
  const { databaseUrl, dataDir, sqliteSynchronous, databaseConnections } = settings
  if (databaseUrl) {
    const { openPostgres } = await import('./persistence/open-postgres.ts')
    return openPostgres(databaseUrl, { connections: databaseConnections })
  }
  const { openSqlite } = await import('./persistence/open-sqlite.ts')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'vestibule.db')
  const db = openSqlite(file, { synchronous: sqliteSynchronous })
  chmodSync(file, 0o600)
  return db
}

/** Everything that is not pure, built from the settings, with the schema up to date. The caller closes `db`. */
export async function buildDeps(settings: Settings, clock: Clock): Promise<Deps> {
  const db = await openDatabase(settings)
  try {
    const applied = await db.migrate(migrationsOf(db.kind))
    const log = createLog(settings.logLevel)
    if (applied.length > 0) log.info({ applied }, 'migrations applied')
    const [sealed] = await db.query.select().from(db.tables.signingKeys).limit(1)
    return assembleDeps({ settings, clock, db, log }, sealed === undefined)
  } catch (error) {
    await db.close()
    throw error
  }
}

/** The rest, over a database that is open. */
export function assembleDeps(
  { settings, clock, db, log }: Pick<Deps, 'settings' | 'clock' | 'db' | 'log'>,
  mayCreateKey = true,
): Deps {
  const randomBytes = createRandomPool()
  const key = settings.masterKey
    ? parseMasterKey(settings.masterKey)
    : masterKeyOf(settings.dataDir, randomBytes, mayCreateKey)
  const box = createSecretBox(key, randomBytes)
  const repositories = openRepositories(db)
  const outbound = createOutbound({ allowLoopback: settings.loopbackRequests })
  return {
    settings,
    home: null,
    db,
    repositories,
    clock,
    randomBytes,
    countEvent: createCount(),
    pictures: createPictures(),
    passwords: createPasswordHasher(settings.hashCost),
    turns: createTurns(),
    sharedRows: createSharedRows(),
    proofOfWork: createProofOfWork(box),
    keys: createKeyRing({ list: repositories.signingKeys.list, box, now: clock.now }),
    box,
    webauthn: createWebauthn(settings),
    post: createPost({ ...settings.messages, outbound, now: clock.now }),
    outbound,
    newMachineKey: generateMachineKey,
    remoteKeys: createRemoteKeys({ outbound, now: clock.now }),
    tallies: createTallies(),
    log,
  }
}

/**
 * The same at the login domain of an organization: what names an address names this one, and everything else is shared. The passkeys are
 * those of the public host, and what is signed for another address is not for this one.
 */
export function depsAt(deps: Deps, { origin, organizationId }: Address): Deps {
  const settings = { ...deps.settings, issuer: origin }
  return { ...deps, settings, home: organizationId, webauthn: createWebauthn(settings) }
}

/** Counts from one, in 32 bits. */
function createCount(): () => number {
  let counted = 0
  return () => {
    counted = (counted + 1) >>> 0
    return counted
  }
}
