import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { readSettings, type Settings } from './settings.ts'

/** The settings from the environment and a `.env` file beside it. @throws BadSettings with one sentence per fault */
export function readEnvironment(env: Record<string, string | undefined>): Settings {
  if (existsSync('.env')) loadEnvFile('.env')
  return readSettings(env)
}
