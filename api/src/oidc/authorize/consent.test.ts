import { expect, test } from 'vitest'
import { readableScopes } from '../../domain/reserved-scopes.ts'
import { clientAnswer, jsonOf, locationOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { authorizePath, codeOf, redeem, type Tokens } from '../../testing/relying-party.ts'
import { createWorld, PASSWORD } from '../../testing/world.ts'

/** Greta of globex meets the application of acme. */
async function createStrangers(scope = 'openid email', more: object = {}) {
  const world = await createWorld()
  const globex = await world.addOrganization('globex.test')
  const userId = await world.addUser('greta', { organization: globex, email: 'greta@globex.test' })
  const settings = { ...more, privacyUri: 'https://rp.test/privacy', termsUri: 'https://rp.test/terms' }
  await world.addApplication('ledger', { settings })
  const browser = world.browser()
  const request = await browser.open(authorizePath('ledger', { scope, state: 's' }))
  const answer = await browser.signIn(request, 'greta@globex.test', PASSWORD)
  const decide = async (id: string, allow: boolean) =>
    jsonOf<typeof answer>(await browser.post(`/api/login/${id}/consent`, { allow }))
  return { world, browser, userId, request, answer, decide }
}

test('AZ24 the screen names the application, its organization, its links and the scopes', async () => {
  const { answer } = await createStrangers()
  expect(answer).toMatchObject({
    step: { kind: 'consent', scopes: ['openid', 'email'] },
    reasons: ['new_access'],
    application: {
      name: 'ledger of the tests',
      organization: 'acme.test',
      logo: null,
      privacy: 'https://rp.test/privacy',
      terms: 'https://rp.test/terms',
    },
  })
})

test('AZ24 its logo is drawn from its own address, which this page alone may load', async () => {
  const { browser, request, world } = await createStrangers('openid', { logoUri: 'https://cdn.rp.test/logo.png?v=2' })
  const picturesOf = async (path: string) =>
    /img-src ([^;]+);/.exec((await browser.get(path)).headers.get('content-security-policy') ?? '')?.[1]
  expect(await browser.step(request)).toMatchObject({ application: { logo: 'https://cdn.rp.test/logo.png?v=2' } })
  expect(await picturesOf(`/login/${request}`)).toBe("'self' data: https://cdn.rp.test")
  await world.addApplication('other')
  const plain = await browser.open(authorizePath('other', { prompt: 'login' }))
  expect(await picturesOf(`/login/${plain}`)).toBe("'self' data:")
})

test.each(['http://rp.test/logo.png', 'javascript:alert(1)', 'https://', 'https://a b'])(
  'AZ24 %s in a row is no logo',
  async (logoUri) => {
    const { browser, request } = await createStrangers('openid', { logoUri })
    expect(await browser.step(request)).toMatchObject({ application: { logo: null } })
    expect((await browser.get(`/login/${request}`)).status).toBe(200)
  },
)

test('AZ24 what was agreed to is stored, and a new scope asks again', async () => {
  const { world, browser, userId, request, decide } = await createStrangers()
  redirectOf(await decide(request, true))
  const { consents } = world.deps.db.tables
  expect(await world.deps.db.query.select().from(consents)).toMatchObject([{ userId, scopes: ['openid', 'email'] }])

  expect(clientAnswer(await browser.get(authorizePath('ledger', { scope: 'openid' })))).toHaveProperty('code')
  const more = await browser.open(authorizePath('ledger', { scope: 'openid phone' }))
  expect((await browser.step(more)).step).toEqual({ kind: 'consent', scopes: ['openid', 'phone'] })
  redirectOf(await decide(more, true))
  const all = authorizePath('ledger', { scope: 'openid email phone', prompt: 'none' })
  expect(clientAnswer(await browser.get(all))).toHaveProperty('code')
})

test('AZ24 one application’s consent is not another’s, nor one person’s another’s', async () => {
  const { world, browser, request, decide } = await createStrangers()
  redirectOf(await decide(request, true))
  await world.addApplication('other')
  expect(clientAnswer(await browser.get(authorizePath('other', { prompt: 'none' })))).toMatchObject({
    error: 'consent_required',
  })
  await world.addUser('gus', { organization: await world.addOrganization('initech.test') })
  const another = world.browser()
  const asked = await another.open(authorizePath('ledger'))
  expect(await another.signIn(asked, 'gus', PASSWORD)).toMatchObject({ step: { kind: 'consent' } })
})

test('AZ24 one’s own organization’s applications do not ask', async () => {
  const { world } = await createStrangers()
  await world.addUser('bob')
  const browser = world.browser()
  const request = await browser.open(authorizePath('ledger', { scope: 'openid email' }))
  expect(await browser.signIn(request, 'bob@acme.test', PASSWORD)).toMatchObject({ step: { kind: 'redirect' } })
})

test('AZ24 offline_access of a web application is asked for, not dropped', async () => {
  const { world } = await createStrangers()
  await world.addUser('bob')
  const browser = world.browser()
  const request = await browser.open(authorizePath('ledger', { scope: 'openid offline_access' }))
  const answer = await browser.signIn(request, 'bob@acme.test', PASSWORD)
  expect(answer.step).toEqual({ kind: 'consent', scopes: ['openid', 'offline_access'] })
  const left = redirectOf(await jsonOf(await browser.post(`/api/login/${request}/consent`, { allow: true })))
  const tokens = await jsonOf<Tokens>(await redeem(world, 'ledger', codeOf(left)))
  expect(tokens).toMatchObject({ scope: 'openid offline_access', refresh_token: expect.any(String) })
  // stored: the next time nobody is asked
  const silent = authorizePath('ledger', { scope: 'openid offline_access', prompt: 'none' })
  expect(locationOf(await browser.get(silent)).searchParams.has('code')).toBe(true)
})

test('AZ25 who refuses, leaves with access_denied, and nothing is stored', async () => {
  const { world, request, browser, decide } = await createStrangers()
  const left = redirectOf(await decide(request, false))
  expect(Object.fromEntries(left.searchParams)).toEqual({
    error: 'access_denied',
    state: 's',
    iss: 'http://localhost:3000',
  })
  expect(await world.deps.db.query.select().from(world.deps.db.tables.consents)).toEqual([])
  expect(await jsonOf(await browser.get(`/api/login/${request}`))).toMatchObject({ code: 'request_finished' })
})

test('AZ25 who cancels before saying who it is, leaves with access_denied', async () => {
  const { world } = await createStrangers()
  const browser = world.browser()
  const request = await browser.open(authorizePath('ledger', { state: 'x' }))
  const left = redirectOf(await jsonOf(await browser.post(`/api/login/${request}/cancel`, {})))
  expect(Object.fromEntries(left.searchParams)).toMatchObject({ error: 'access_denied', state: 'x' })
})

test('AZ24 what scopes of ours ask for is said in words, each thing once; another scope by its name', async () => {
  const reserved = [
    'urn:zitadel:iam:user:resourceowner',
    'urn:vestibule:org:domain:primary:acme.test',
    'urn:zitadel:iam:org:projects:roles',
    'urn:zitadel:iam:org:project:role:reader',
    'urn:zitadel:iam:org:project:id:books:aud',
    'urn:vestibule:user:metadata',
  ]
  expect(readableScopes(['openid', ...reserved, 'offline_access', 'books.read'])).toEqual([
    'openid',
    'organization',
    'roles',
    'services',
    'metadata',
    'offline_access',
    'books.read',
  ])
  const { browser, request } = await createStrangers('openid urn:zitadel:iam:user:resourceowner')
  expect((await browser.step(request)).step).toEqual({ kind: 'consent', scopes: ['openid', 'organization'] })
})
