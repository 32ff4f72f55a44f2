import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** One run for everything below the browser. The web project brings its own transforms and DOM, so it has its own file. */
// every test builds its own world, so files may share a worker: loading the server anew for each would take longer than the tests
const isolate = false

/** What takes a minute or more. */
const LONGEST = ['seeded-bypasses', 'every-proof', 'every-route', 'login-steps'].map((name) => `/${name}.test.ts`)

/** Nobody knows on a fresh clone how long a file takes: begun last, the longest ones would run while every other core is idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name))
      return at === -1 ? LONGEST.length : at
    }
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}

export default defineConfig({
  test: {
    // every core: what is waited for here is computed here
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'shared', environment: 'node', isolate, include: ['shared/src/**/*.test.ts'] } },
      { test: { name: 'api', environment: 'node', isolate, include: ['api/src/**/*.test.ts'], testTimeout: 20_000 } },
      { test: { name: 'locales', environment: 'node', include: ['locales/**/*.test.ts'] } },
      './web/vitest.config.ts',
      './scripts/vitest.config.ts',
    ],
  },
})
