import { expect, test } from 'vitest'
import { wantsDemo } from './start.ts'

test.each([
  [{}, true],
  [{ NODE_ENV: 'development' }, true],
  [{ DEMO: 'off' }, false],
  [{ PUBLIC_URL: 'https://login.example.com' }, false],
  [{ PUBLIC_URL: 'https://login.example.com', DEMO: 'on' }, false],
  [{ NODE_ENV: 'production', DEMO: 'on' }, false],
])('%j is a first look: %s', (env, isDemo) => {
  expect(wantsDemo(env)).toBe(isDemo)
})
