import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** How the house is built: who imports whom, what is pure, which way the styles read; and the launcher. */
export default defineConfig({
  test: {
    name: 'scripts',
    environment: 'node',
    root: import.meta.dirname,
    // a configuration of its own does not inherit: without this the default leaves a core idle
    maxWorkers: availableParallelism(),
    include: ['**/*.test.ts'],
  },
})
