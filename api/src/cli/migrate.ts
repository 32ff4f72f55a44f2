import { openDatabase } from '../adapters.ts'
import { migrationsOf } from '../persistence/migrate.ts'
import { type ExitCode, say, type Terminal } from './terminal.ts'
import { settingsOf } from './with-deps.ts'

/** Brings the schema up to date, which every start does as well. */
export async function migrate(terminal: Terminal): Promise<ExitCode> {
  const db = await openDatabase(settingsOf(terminal))
  try {
    const applied = await db.migrate(migrationsOf(db.kind))
    say(terminal.stdout, ...applied.map((name) => `+ migration ${name}`), counted(applied.length))
    return 0
  } finally {
    await db.close()
  }
}

const counted = (number: number) => (number === 0 ? 'The database is up to date.' : 'The database is up to date now.')
