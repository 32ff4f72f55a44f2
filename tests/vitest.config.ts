import { defineConfig } from 'vitest/config'

/** Runs once before the files of a project. */
const globalSetup = ['hostile/harness/template.ts']

/** What compares times: in a project of its own, so that it has the machine to itself. */
const TIMING = 'hostile/**/*.timing.test.ts'

/** What it survives and a busy machine can show, in short: of `npm test`. The rest wants the machine to itself. */
const SURVIVAL = [
  'kill',
  'restart',
  'shutdown',
  'bodies',
  'locked-database',
  'lost-connections',
  'mail-provider',
  'key-rotation',
].map((name) => `chaos/${name}.test.ts`)

/** One file at a time, because each has servers of its own; the attacks, which mostly wait for answers, run two at a time in `npm test`. */
export default defineConfig({
  test: {
    maxWorkers: 1,
    fileParallelism: false,
    projects: [
      {
        test: {
          name: 'hostile',
          environment: 'node',
          include: ['hostile/**/*.test.ts'],
          exclude: [TIMING],
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'timing',
          environment: 'node',
          include: [TIMING],
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'survival',
          environment: 'node',
          include: SURVIVAL,
          globalSetup,
          provide: { isShort: true },
          testTimeout: 120_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'chaos',
          environment: 'node',
          include: ['chaos/**/*.test.ts'],
          globalSetup,
          provide: { isShort: false },
          testTimeout: 120_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
