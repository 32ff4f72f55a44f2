import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { MUTANTS } from './mutants.ts'

const root = path.resolve(import.meta.dirname, '../..')
const mutant = MUTANTS.find(({ name }) => name === process.env.MUTANT)

/** The tests of the rules, over sources of which one has a mistake in it. */
export default defineConfig({
  root,
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      transform(source, id) {
        if (!mutant || path.relative(root, id) !== mutant.file) return null
        return source.replace(mutant.from, () => mutant.to)
      },
    },
  ],
  test: {
    environment: 'node',
    include: ['api/src/domain/login/{next-step*,rules/*}.test.ts'],
    testTimeout: 600_000,
    // what was kept of a file has another mistake in it, or none
    fsModuleCache: false,
  },
})
