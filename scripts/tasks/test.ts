import { parseArgs } from 'node:util'
import type { Phase } from '../phases/phase.ts'
import { runPhases } from '../phases/run-phases.ts'
import { STATIC } from '../phases/static.ts'
import { CHAOS, POSTGRES_SUITES, SUITES } from '../phases/suites.ts'
import { runNode } from '../run-node.ts'

/** Every check and test but those that need the machine to themselves. */
export const test = (args: string[]) => runChosen([...STATIC, ...SUITES], args)

/** What can be said of the code without running it. */
export const check = (args: string[]) => runChosen(STATIC, args)

/** The product while things break. */
export const testChaos = (args: string[]) => runChosen(CHAOS, args)

/** The tests of the API and those in the browser with a PostgreSQL server behind them. */
export const testPostgres = (args: string[]) => runChosen(POSTGRES_SUITES, args)

/**
 * More stories than `npm test` has time for, of browsers that call everything in any order. `--seed` tells those of another run again;
 * without it they are new ones.
 */
export function testModel(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { seed: { type: 'string' }, stories: { type: 'string' } } })
  const env = { MODEL_SEED: values.seed ?? String(Date.now() % 2 ** 31), MODEL_STORIES: values.stories ?? '3000' }
  console.log(`--seed=${env.MODEL_SEED} --stories=${env.MODEL_STORIES}`)
  return runNode(['node_modules/vitest/vitest.mjs', 'run', '--project=api', 'every-proof'], env)
}

/** `--only=types,vitest` chooses phases; what else is said goes to the suites, as in `--only=vitest session`. */
function runChosen(all: Phase[], args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: { only: { type: 'string' } }, allowPositionals: true })
  const names = all.map(({ name }) => name)
  const wanted = values.only?.split(',') ?? names
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown) throw new Error(`There is no phase ${unknown}. The phases are ${names.join(', ')}.`)
  const chosen = all.filter(({ name }) => wanted.includes(name))
  return runPhases(chosen, positionals)
}
