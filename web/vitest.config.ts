import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** The screens in jsdom, in German. */
export default defineConfig({
  plugins: [react()],
  test: {
    name: 'web',
    root: new URL('.', import.meta.url).pathname,
    environment: 'jsdom',
    // a configuration of its own does not inherit: without this the default leaves a core idle
    maxWorkers: availableParallelism(),
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    setupFiles: [new URL('src/testing/setup.ts', import.meta.url).pathname],
  },
})
