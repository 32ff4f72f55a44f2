import path from 'node:path'
import type { Phase } from './phase.ts'
import { countPlaywright, countVitest } from './reports.ts'
import { asPhase, type Suite } from './suite.ts'

const vitest = (name: string, folder: string, ...args: string[]): Suite => ({
  name,
  folder,
  command: (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    return [path.resolve('node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args]
  },
  count: countVitest,
})

/** The product in a browser. */
const e2e: Suite = {
  name: 'e2e',
  folder: 'tests',
  command: () => {
    const cli = path.resolve('tests/node_modules/@playwright/test/cli.js')
    return [cli, 'test', '--config=playwright.config.ts', '--reporter=list,json']
  },
  count: countPlaywright,
  needsProduct: true,
  hasOtherClients: true,
}

const database = 'TEST_DATABASE_URL'

/**
 * The suites of `npm test`: every test of the packages, then the product in a browser, under attack, and while it is
 * killed and locked out. What compares times comes last, when nothing else runs.
 */
export const SUITES: Phase[] = [
  { ...vitest('vitest', '.'), database },
  e2e,
  {
    ...vitest('hostile', 'tests', '--project=hostile', '--fileParallelism', '--maxWorkers=2'),
    needsProduct: true,
    database,
  },
  { ...vitest('survival', 'tests', '--project=survival'), needsProduct: true, database },
  { ...vitest('timing', 'tests', '--project=timing'), needsProduct: true },
].map(asPhase)

/** The product while things break. It kills, stalls and floods, so it wants the machine to itself. */
export const CHAOS: Phase[] = [{ ...vitest('chaos', 'tests', '--project=chaos'), needsProduct: true, database }].map(
  asPhase,
)

const onPostgres: Suite = { ...e2e, database: 'E2E_DATABASE_URL', needsDatabase: true }

/** The same product on a PostgreSQL server: as one process, and as two of which one is killed in the middle. */
export const POSTGRES_SUITES: Phase[] = [
  { ...vitest('api', '.', '--project=api'), database, needsDatabase: true },
  onPostgres,
  { ...onPostgres, name: 'two-processes', env: { E2E_PROCESSES: '2' } },
].map(asPhase)
