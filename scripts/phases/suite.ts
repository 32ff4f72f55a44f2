import fs from 'node:fs'
import path from 'node:path'
import { findChromium } from '../chromium.ts'
import { listAbsentClients } from '../other-clients.ts'
import { findPostgres, startPostgres } from '../postgres.ts'
import { runNode } from '../run-node.ts'
import { buildWebIfChanged } from '../web-build.ts'
import type { Counts, Phase } from './phase.ts'

/** A program that runs many tests and writes a report. */
export type Suite = {
  name: string
  /** Where it runs. */
  folder: string
  /** Arguments of node. */
  command: (report: string) => string[]
  count: (report: string, exitCode: number) => Counts
  /** It speaks to the built product, and a browser does. */
  needsProduct?: boolean
  /** Clients in other languages speak to it too, those that are installed. */
  hasOtherClients?: boolean
  /** The variable that names a PostgreSQL server to the suite. It is unset when there is none, unless one is needed. */
  database?: string
  needsDatabase?: boolean
  /** What is said to it besides. */
  env?: NodeJS.ProcessEnv
}

/** A suite with what it needs around it. */
export const asPhase = (suite: Suite): Phase => ({
  name: suite.name,
  run: async (filters) => {
    const browser = suite.needsProduct ? await prepareProduct() : {}
    if (suite.hasOtherClients) nameAbsentClients()
    const database = await findDatabase(suite)
    const report = emptyReport(suite.name)
    // Playwright takes the path of its report from the environment only
    const env = { ...browser, ...suite.env, ...database?.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    try {
      const exitCode = await runNode([...suite.command(report), ...filters], env, suite.folder)
      return suite.count(report, exitCode)
    } finally {
      await database?.stop()
    }
  },
})

async function prepareProduct(): Promise<NodeJS.ProcessEnv> {
  if ((await buildWebIfChanged()) !== 0) throw new Error('The web part could not be built.')
  return { CHROMIUM: findChromium() }
}

function nameAbsentClients(): void {
  const absent = listAbsentClients()
  if (absent.length > 0) console.log(`Not installed, so the cases for it do not run: ${absent.join(', ')}.`)
}

/** The server that the environment names, or a throw-away one of the suite's own. */
async function findDatabase({ database: variable, needsDatabase }: Suite) {
  if (!variable || process.env[variable]) return null
  if (!needsDatabase && !findPostgres()) {
    console.log('No PostgreSQL is installed: the cases for it do not run.')
    return null
  }
  const { url, stop } = await startPostgres()
  return { env: { [variable]: url }, stop }
}

/** The path of a report that does not exist yet: a suite that crashes must not be read from the run before. */
function emptyReport(name: string): string {
  const report = path.resolve('.cache/reports', `${name}.json`)
  fs.mkdirSync(path.dirname(report), { recursive: true })
  fs.rmSync(report, { force: true })
  return report
}
