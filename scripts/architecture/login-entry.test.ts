import { expect, test } from 'vitest'
import { packagesLoadedBy } from './login-entry.ts'
import { readSources } from './source.ts'

const ALLOWED = new Set(['react', 'react-dom', 'i18next', 'react-i18next'])

test('the login loads React and its texts: no router, query cache, form library or schema', () => {
  const loaded = packagesLoadedBy('web/src/login/main.tsx', readSources('web/src', 'shared/src', 'locales'))
  expect(loaded.has('react')).toBe(true)
  expect([...loaded].filter(([name]) => !ALLOWED.has(name))).toEqual([])
})

test('what is loaded through another module counts, types and lazy imports do not', () => {
  const sources = new Map([
    ['web/src/a.ts', "import './b.ts'\nimport type { Hono } from 'hono'\nconst lazy = () => import('pg')"],
    ['web/src/b.ts', "export { schema } from '@vestibule/shared/policy.ts'"],
    ['shared/src/policy.ts', "import { z } from 'zod'"],
  ])
  expect([...packagesLoadedBy('web/src/a.ts', sources)]).toEqual([['zod', 'shared/src/policy.ts']])
})
