import { decodeJwt, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, jsonOf, locationOf } from '../../testing/answers.ts'
import { authorizePath, codeOf, obtainTokens, type Tokens } from '../../testing/relying-party.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

test.each([
  { display: 'popup' },
  { display: 'no such display' },
  { claims_locales: 'xx yy' },
  { ui_locales: 'xx-invalid-zz *** de' },
  { login_hint: '<script>' },
  { login_hint: 'x'.repeat(4000) },
] as Record<string, string>[])('AZ15 %j is no error', async (parameters) => {
  const { authorize, browser } = await createScene()
  const location = locationOf(await authorize(parameters))
  expect((await browser.get(location.pathname)).status).toBe(200)
})

test.each([BOB, 'nobody@acme.test'])('AZ15 login_hint %s is filled in, and says nothing more', async (loginHint) => {
  const { browser } = await createScene()
  const request = await browser.open(authorizePath('ledger', { login_hint: loginHint }))
  const { step, account } = await browser.step(request)
  expect({ step, account }).toEqual({
    step: {
      kind: 'identify',
      accepts: ['username', 'email', 'phone'],
      loginHint,
      hasAccounts: false,
      canRegister: true,
      canUsePasskey: true,
    },
    account: null,
  })
})

test('AZ15 login_hint picks one of several sessions', async () => {
  const { world, browser, signIn, authorize, redeem, userId } = await createScene()
  await world.addUser('ann')
  await signIn()
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  await browser.signIn(request, 'ann@acme.test', PASSWORD)
  const code = codeOf(locationOf(await authorize({ prompt: 'none', login_hint: BOB.toUpperCase() })))
  expect(decodeJwt((await jsonOf<Tokens>(await redeem(code))).id_token!).sub).toBe(userId)
})

test('AZ21 an expired hint still names its person', async () => {
  const { tokens, authorize, clock, browser, world } = await createScene()
  await world.addUser('ann')
  const { id_token = '' } = await tokens()
  clock.advance(13 * 3600)
  expect(clientAnswer(await authorize({ id_token_hint: id_token, prompt: 'none' }))).toHaveProperty('code')
  // ann knows her password, and may not finish a request that names bob
  const request = await browser.open(authorizePath('ledger', { id_token_hint: id_token, prompt: 'login' }))
  expect((await browser.step(request)).account).toEqual({ loginName: BOB, displayName: 'bob of the tests' })
  expect(await browser.signIn(request, 'ann@acme.test', PASSWORD)).toMatchObject({ code: 'invalid_credentials' })
})

test('AZ21 a hint of somebody who is not here: login_required, and a login page that names nobody', async () => {
  const { world, tokens, authorize, browser } = await createScene()
  await world.addUser('ann')
  const annsBrowser = world.browser()
  const { id_token = '' } = await obtainTokens(world, annsBrowser, 'ledger', 'ann@acme.test')
  await tokens()
  expect(clientAnswer(await authorize({ id_token_hint: id_token, prompt: 'none' }))).toMatchObject({
    error: 'login_required',
  })
  const request = await browser.open(authorizePath('ledger', { id_token_hint: id_token }))
  expect(await browser.step(request)).toMatchObject({
    step: { kind: 'identify' },
    account: null,
    reasons: ['account_required'],
  })
})

test('AZ21 what is no ID token of ours is refused', async () => {
  const { tokens, authorize, deps, ledger } = await createScene({
    application: { settings: { accessTokenFormat: 'jwt' } },
  })
  const granted = await tokens()
  const [header = '', payload = '', signature = ''] = granted.id_token!.split('.')
  const claims = decodeJwt(granted.id_token!)
  const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  const hmac = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid, typ: 'JWT' })
    .sign(Buffer.from('x'.repeat(32)))
  const foreign = await deps.keys.sign('RS256', 'JWT', { ...claims, iss: 'https://elsewhere.test' })
  const tampered = Buffer.from(JSON.stringify({ ...claims, sub: ledger.id })).toString('base64url')
  const hints = [
    'x',
    `${header}.${tampered}.${signature}`,
    `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
    none,
    hmac,
    foreign,
    granted.access_token,
  ]
  for (const hint of hints)
    expect(clientAnswer(await authorize({ id_token_hint: hint, prompt: 'none' }))).toMatchObject({
      error: 'invalid_request',
      iss: ISSUER,
    })
})
