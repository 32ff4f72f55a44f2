import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { BadSettings, readSettings, type Settings } from './settings.ts'

/** The settings from the environment and a `.env` file beside it. Ends the process, with one sentence per fault, when they are bad. */
export function readEnvironment(env: Record<string, string | undefined>): Settings {
  if (existsSync('.env')) loadEnvFile('.env')
  try {
    return readSettings(env)
  } catch (error) {
    if (!(error instanceof BadSettings)) throw error
    console.error(error.message)
    process.exit(2)
  }
}
