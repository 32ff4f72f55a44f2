import { expect, test } from 'vitest'
import { expectErrorPage, locationOf } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import { authorizePath, authorizeQuery } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { type ApplicationOptions, REDIRECT_URI } from '../../testing/world.ts'

test.each([
  ['missing', { client_id: null }],
  ['empty', { client_id: '' }],
  ['unknown', { client_id: 'nobody' }],
  ['of another case', { client_id: 'Ledger' }],
  ['with a NUL byte', { client_id: 'ledger\0' }],
])('AZ1 a client_id that is %s is shown on our own page', async (_name, parameters) => {
  const { authorize } = await createScene()
  await expectErrorPage(await authorize(parameters), 'invalid_request')
})

test('AZ1 a client_id that is repeated is shown on our own page', async () => {
  const { browser } = await createScene()
  await expectErrorPage(await browser.get(`${authorizePath('ledger')}&client_id=ledger`), 'invalid_request')
})

test.each(['applications', 'organizations'] as const)(
  'AZ1 nobody signs in to a deactivated client (%s)',
  async (table) => {
    const { world, authorize, ledger } = await createScene()
    await change(world, table, table === 'applications' ? ledger.id : ledger.organizationId, { state: 'deactivated' })
    await expectErrorPage(await authorize(), 'invalid_request')
  },
)

test.each([
  ['missing', { redirect_uri: null }],
  ['not registered', { redirect_uri: 'https://evil.test/cb' }],
  ['not registered, with prompt=none', { redirect_uri: 'https://evil.test/cb', prompt: 'none' }],
  ['not registered, with form_post', { redirect_uri: 'https://evil.test/cb', response_mode: 'form_post' }],
  ['not registered, with a bad response_type', { redirect_uri: 'https://evil.test/cb', response_type: 'token' }],
])('AZ2 a redirect_uri that is %s is shown on our own page', async (_name, parameters) => {
  const { authorize } = await createScene()
  await expectErrorPage(await authorize(parameters), 'invalid_request')
})

test('AZ2 a redirect_uri that is repeated is shown on our own page', async () => {
  const { browser } = await createScene()
  const query = authorizeQuery('ledger')
  query.append('redirect_uri', REDIRECT_URI)
  await expectErrorPage(await browser.get(`/oauth/v2/authorize?${query}`), 'invalid_request')
})

const leadsOn = async (application: ApplicationOptions, asked: string) => {
  const { authorize } = await createScene({ application })
  const response = await authorize({
    redirect_uri: asked,
    code_challenge: 'a'.repeat(43),
    code_challenge_method: 'S256',
  })
  if (response.status === 302) expect(locationOf(response).pathname).toMatch(/^\/login\/req_/)
  else await expectErrorPage(response, 'invalid_request')
  return response.status === 302
}

const QUERY = 'https://rp.test/cb?tenant=7'

test.each([
  ['https://rp.test/CB'],
  ['https://RP.test/cb'],
  ['https://rp.test:443/cb'],
  ['https://rp.test/cb/'],
  ['https://rp.test/x/../cb'],
  ['https://rp.test/%63b'],
  ['https://rp.test/cb?'],
  ['https://rp.test/cb?x=1'],
  ['https://rp.test/cb#'],
  ['https://rp.test/cb#x'],
  ['https://rp.test/c'],
  ['https://rp.test/cb.evil.test'],
  ['https://rp.test.evil.test/cb'],
  ['https://user@rp.test/cb'],
  ['http://rp.test/cb'],
  [' https://rp.test/cb'],
  ['//rp.test/cb'],
  ['https:\\\\rp.test\\cb'],
])('AZ3 %s is not https://rp.test/cb', async (asked) => {
  expect(await leadsOn({ redirectUris: [REDIRECT_URI] }, asked)).toBe(false)
})

test.each([
  [QUERY, true],
  [`${QUERY}&more=1`, false],
  ['https://rp.test/cb?tenant=8', false],
  ['https://rp.test/cb', false],
])('AZ3 a registered query counts: %s', async (asked, leads) => {
  expect(await leadsOn({ redirectUris: [QUERY] }, asked)).toBe(leads)
})

test.each([
  ['native', 'http://127.0.0.1/cb', 'http://127.0.0.1:5123/cb', true],
  ['native', 'http://127.0.0.1:80/cb', 'http://127.0.0.1:5123/cb', true],
  ['native', 'http://[::1]/cb', 'http://[::1]:5123/cb', true],
  ['native', 'http://127.0.0.1/cb', 'http://127.0.0.1:5123/other', false],
  ['native', 'http://127.0.0.1/cb', 'http://127.0.0.1:5123/cb?x=1', false],
  ['native', 'http://127.0.0.1/cb', 'http://[::1]:5123/cb', false],
  ['native', 'http://127.0.0.1/cb', 'http://127.0.0.2:5123/cb', false],
  ['native', 'http://127.0.0.1/cb', 'https://127.0.0.1:5123/cb', false],
  ['native', 'http://127.0.0.1/cb', 'http://127.0.0.1:99999/cb', false],
  ['native', 'http://localhost/cb', 'http://localhost:5123/cb', false],
  ['native', 'http://localhost:5123/cb', 'http://localhost:5123/cb', true],
  ['spa', 'http://127.0.0.1/cb', 'http://127.0.0.1:5123/cb', false],
  ['web', 'https://127.0.0.1/cb', 'https://127.0.0.1:5123/cb', false],
] as const)('AZ3 a %s application with %s: %s', async (type, registered, asked, leads) => {
  expect(await leadsOn({ type, redirectUris: [registered] }, asked)).toBe(leads)
})

test('AZ3 the port does not vary for a web application in development', async () => {
  const application = { redirectUris: ['http://127.0.0.1/cb'], settings: { development: true } }
  expect(await leadsOn(application, 'http://127.0.0.1/cb')).toBe(true)
  expect(await leadsOn(application, 'http://127.0.0.1:5123/cb')).toBe(false)
})
