import { findChromium } from '../chromium.ts'
import { runNode } from '../run-node.ts'
import { buildWebIfChanged } from '../web-build.ts'
import { dev } from './dev.ts'
import { mutants } from './mutants.ts'
import { start } from './start.ts'
import { check, test, testChaos, testModel, testPostgres } from './test.ts'

/** Takes the arguments after the task's name and answers with the exit code. */
type Task = (args: string[]) => Promise<number>

export const TASKS = {
  start,
  dev,
  check,
  test,
  'test:chaos': testChaos,
  'test:model': testModel,
  'test:postgres': testPostgres,
  bench: async (args) => (await buildWebIfChanged()) || runNode(['tests/bench/main.ts', ...args]),
  shots: async (args) => {
    const CHROMIUM = findChromium()
    return (await buildWebIfChanged()) || runNode(['tests/shots/main.ts', ...args], { CHROMIUM })
  },
  mutants,
  vestibule: (args) => runNode(['api/src/cli.ts', ...args]),
} satisfies Record<string, Task>

export const isTask = (name: string): name is keyof typeof TASKS => Object.hasOwn(TASKS, name)
