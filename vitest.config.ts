import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** One run for everything below the browser. The web project brings its own transforms and DOM, so it has its own file. */
// every test builds its own world, so files may share a worker: loading the server anew for each would take longer than the tests
const isolate = false

export default defineConfig({
  test: {
    // every core: what is waited for here is computed here
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: 'shared', environment: 'node', isolate, include: ['shared/src/**/*.test.ts'] } },
      { test: { name: 'api', environment: 'node', isolate, include: ['api/src/**/*.test.ts'], testTimeout: 20_000 } },
      { test: { name: 'locales', environment: 'node', include: ['locales/**/*.test.ts'] } },
      './web/vitest.config.ts',
      './scripts/vitest.config.ts',
    ],
  },
})
