import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { buildDeps } from '../adapters.ts'
import type { Deps } from '../deps.ts'
import { readSettings, type Settings } from '../settings.ts'
import type { Terminal } from './terminal.ts'

/** The settings that the server has too. A command speaks for itself, so nothing is logged. @throws BadSettings */
export function settingsOf({ env }: Terminal): Settings {
  if (existsSync('.env')) loadEnvFile('.env')
  return { ...readSettings(env), logLevel: 'silent' }
}

/** Everything the server has, for the time of one command. The schema is up to date. */
export async function withDeps<T>(terminal: Terminal, work: (deps: Deps) => Promise<T>): Promise<T> {
  const deps = await buildDeps(settingsOf(terminal), terminal.clock)
  try {
    return await work(deps)
  } finally {
    await deps.db.close()
  }
}
