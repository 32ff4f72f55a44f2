import { expect, test } from 'vitest'
import { impurities } from './purity.ts'
import { readSources } from './source.ts'

test('the domain is pure, and only main.ts and cli.ts see the clock and the environment', () => {
  expect(impurities(readSources('shared/src', 'api/src'))).toEqual([])
})

const found = (file: string, text: string) => impurities(new Map([[file, text]]))

test.each([
  ['api/src/domain/session.ts', 'await load()'],
  ['api/src/domain/session.ts', 'export async function load() {}'],
  ['api/src/domain/session.ts', 'const now = Date.now()'],
  ['api/src/domain/session.ts', 'const now = new Date( )'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text, and code inside a template counts
  ['api/src/domain/session.ts', 'const url = `${process.env.PUBLIC_URL}/login`'],
  ['api/src/domain/session.ts', 'const id = Math.random()'],
  ['api/src/http/cookies.ts', 'const isSecure = process.env.NODE_ENV'],
  ['api/src/http/cookies.ts', "const pattern = /['/]/; const now = Date.now()"],
  ['shared/src/policy.ts', 'const now = Date.now()'],
])('%s: %s', (file, text) => {
  expect(found(file, text)).toHaveLength(1)
})

test.each([
  ['api/src/domain/session.ts', '// await Date.now()'],
  ['api/src/domain/session.ts', "const text = 'Date.now() and process.env'"],
  ['api/src/domain/session.ts', 'const date = new Date(now)'],
  ['api/src/main.ts', 'readSettings(process.env); const clock = { now: () => Date.now() }'],
  ['api/src/http/cookies.test.ts', 'const now = Date.now()'],
])('%s is free to: %s', (file, text) => {
  expect(found(file, text)).toEqual([])
})
