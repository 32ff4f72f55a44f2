import { defineConfig } from 'vitest/config'

/** How the house is built: who imports whom, what is pure, which way the styles read; and the launcher. */
export default defineConfig({
  test: { name: 'scripts', environment: 'node', root: import.meta.dirname, include: ['**/*.test.ts'] },
})
