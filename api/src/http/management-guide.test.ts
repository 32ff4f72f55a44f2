import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { MANAGER_KEYS } from '../testing/managed-things.ts'

const guide = readFileSync(new URL('../../../docs/guides/management-api.md', import.meta.url), 'utf8')

/** Each call of the guide, as the access table would name it. */
const calls = [...guide.replaceAll('\\\n', ' ').matchAll(/^curl .*$/gm)]
  .map(([line]) => line)
  .filter((line) => line.includes('/api/v1/'))
  .map((line) => {
    const path = /login\.example\.com(\/api\/v1\/[^?' ]*)/.exec(line)?.[1] ?? ''
    const method = / -X (\w+)/.exec(line)?.[1] ?? (line.includes(' -d ') ? 'POST' : 'GET')
    return `${method} ${path}`
  })

const shapeOf = (key: string) => key.replaceAll(/\/(:\w+|[A-Z]+)(?=\/|$)/g, '/*')

test('every call of the guide is a route of managers', () => {
  expect(calls.length).toBeGreaterThan(14)
  const known = new Set(MANAGER_KEYS.map(shapeOf))
  expect(calls.filter((call) => !known.has(shapeOf(call)))).toEqual([])
})
