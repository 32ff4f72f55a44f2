import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { assembleDeps } from '../../../adapters.ts'
import type { Deps } from '../../../deps.ts'
import type { Database } from '../../../persistence/database.ts'
import { readSettings } from '../../../settings.ts'
import { applyConfiguration } from '../apply-configuration.ts'
import { BadConfiguration } from '../fault.ts'
import { readConfiguration } from '../read-configuration.ts'

const QUICK = { ARGON2_MEMORY_KIB: '8', ARGON2_PASSES: '1', LOG_LEVEL: 'silent' }
export const START = Date.UTC(2026, 5, 1)

/** An instance over an open database, and its configuration as an operator would write it. */
export function createInstance(db: Database) {
  const settings = readSettings({ ...QUICK, MASTER_KEY: randomBytes(32).toString('base64url') })
  const clock = { at: START, now: () => clock.at }
  const deps: Deps = assembleDeps({ settings, clock, db, log: pino({ level: 'silent' }) })
  const read = (value: object) => readConfiguration(JSON.stringify(value))

  return {
    deps,
    clock,
    apply: (value: object, isDryRun = false) => applyConfiguration(deps, read(value), isDryRun),
    /** The lines of what was changed. */
    diff: async (value: object) => (await applyConfiguration(deps, read(value))).diff,
    /** Why it was refused: a line a fault. */
    async faults(value: object): Promise<string[]> {
      try {
        await applyConfiguration(deps, read(value))
      } catch (error) {
        if (error instanceof BadConfiguration) return error.faults.map(({ path, message }) => `${path} ${message}`)
        throw error
      }
      return []
    },
    /** Every row of these tables, as text. */
    async everything(...names: (keyof Database['tables'])[]): Promise<string> {
      const tables = names.length > 0 ? names : (Object.keys(db.tables) as (keyof Database['tables'])[])
      const rows = []
      for (const name of tables.filter((one) => one !== 'leases'))
        rows.push([name, await db.query.select().from(db.tables[name] as Database['tables']['users'])])
      return JSON.stringify(rows)
    },
    async user(name: string) {
      const [user] = await db.transaction((tx) =>
        deps.repositories.users.listStored(tx, { names: [name], subjects: [] }),
      )
      if (!user) throw new Error(`nobody is called ${name}`)
      return user
    },
    async application(clientId: string) {
      const [found] = await db.transaction((tx) => deps.repositories.applications.listByClientId(tx, [clientId]))
      if (!found) throw new Error(`no application ${clientId}`)
      return found
    },
    async events() {
      const rows = await db.query.select().from(db.tables.events)
      return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ type, data }) => ({ type, data }))
    },
  }
}

/** A file with the organization Acme and what else is said of it. */
export const acme = (more: object = {}) => ({ organizations: [{ primaryDomain: 'acme.test', name: 'Acme', ...more }] })
