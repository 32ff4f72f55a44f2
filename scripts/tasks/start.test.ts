import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DEMO_CLIENT, wantsDemo } from './start.ts'

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

test('the demo application knows the secret it is registered with', () => {
  const demo = JSON.parse(readFileSync(new URL('../../examples/demo.json', import.meta.url), 'utf8'))
  const applications = demo.organizations.flatMap(
    (organization: { applications?: object[] }) => organization.applications ?? [],
  )
  const { CLIENT_ID: clientId, CLIENT_SECRET } = DEMO_CLIENT
  expect(applications).toContainEqual(
    expect.objectContaining({ clientId, secretSha256: [hash('sha256', CLIENT_SECRET, 'base64url')] }),
  )
})
