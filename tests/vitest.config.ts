import { defineConfig } from 'vitest/config'

/** One file at a time: several cases measure time, and each file has servers of its own. */
export default defineConfig({
  test: {
    maxWorkers: 1,
    fileParallelism: false,
    projects: [
      { test: { name: 'hostile', environment: 'node', include: ['hostile/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'chaos', environment: 'node', include: ['chaos/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
})
