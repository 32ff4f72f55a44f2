import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { assembleDeps, openDatabase } from '../adapters.ts'
import type { Deps } from '../deps.ts'
import { createLog } from '../log.ts'
import type { Database } from '../persistence/database.ts'
import { BadSettings, type Settings } from '../settings.ts'
import { causeOf } from './cause.ts'
import { checkApplications, checkClock, checkDefault, checkEvents, checkLoginDomains } from './doctor/check-content.ts'
import { checkDatabase } from './doctor/check-database.ts'
import { checkFiles } from './doctor/check-files.ts'
import { checkKeys } from './doctor/check-keys.ts'
import { checkSettings } from './doctor/check-settings.ts'
import { type Finding, fault, warning } from './doctor/finding.ts'
import { type ExitCode, say, type Terminal } from './terminal.ts'
import { settingsOf } from './with-deps.ts'

/** Looks at everything an installation stands on, and says a line about each. 1 when one of them is a fault. */
export async function doctor(terminal: Terminal): Promise<ExitCode> {
  let hasFault = false
  for await (const { level, message } of examine(terminal)) {
    hasFault ||= level === 'fault'
    say(terminal.stdout, `${level.padEnd(8)}${message}`)
  }
  return hasFault ? 1 : 0
}

async function* examine(terminal: Terminal): AsyncGenerator<Finding> {
  let settings: Settings
  try {
    settings = settingsOf(terminal)
  } catch (error) {
    if (!(error instanceof BadSettings)) throw error
    yield* error.message.split('\n').map((sentence) => fault(`settings: ${sentence}`))
    return
  }
  yield* checkSettings(settings)
  yield* checkFiles(settings)
  if (!settings.databaseUrl && !existsSync(join(settings.dataDir, 'vestibule.db'))) {
    yield warning(`database: there is none in ${settings.dataDir} yet; the first start makes it`)
    return
  }
  const db = await opened(settings)
  if ('level' in db) return void (yield db)
  try {
    yield* examineInstance(settings, db, terminal)
  } catch (error) {
    yield fault(`database: ${causeOf(error)}`)
  } finally {
    await db.close()
  }
}

const opened = (settings: Settings): Promise<Database | Finding> =>
  openDatabase(settings).catch((error: unknown) => fault(`database: ${causeOf(error)}`))

async function* examineInstance(settings: Settings, db: Database, { clock }: Terminal): AsyncGenerator<Finding> {
  const schema = await checkDatabase(db)
  yield schema
  if (schema.level !== 'ok') return
  const deps = assembled(settings, db, clock)
  if ('level' in deps) return void (yield deps)
  yield await checkKeys(deps)
  yield await checkDefault(deps)
  yield* await checkLoginDomains(deps)
  yield* await checkApplications(deps)
  yield* await checkEvents(deps)
  yield await checkClock(deps)
}

/** A lost master key is not replaced here: whatever it sealed would be lost with it. */
function assembled(settings: Settings, db: Database, clock: Terminal['clock']): Deps | Finding {
  if (!settings.masterKey && !existsSync(join(settings.dataDir, 'master.key')))
    return fault(`keys: there is no master key, neither MASTER_KEY nor ${join(settings.dataDir, 'master.key')}`)
  try {
    return assembleDeps({ settings, clock, db, log: createLog(settings.logLevel) })
  } catch (error) {
    return fault(`keys: ${causeOf(error)}`)
  }
}
