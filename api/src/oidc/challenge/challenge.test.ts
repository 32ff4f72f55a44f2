import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { jsonOf } from '../../testing/answers.ts'
import { addTotp, openSecond, totpCode } from '../../testing/factors.ts'
import { addGame, createGame } from '../../testing/native-client.ts'
import { addPasskey } from '../../testing/passkeys.ts'
import { mailsOf } from '../../testing/registration.ts'
import { authorizePath, type Tokens } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { enrollKey, newKey } from '../../testing/security-keys.ts'
import { ISSUER, PASSWORD, type WorldOptions } from '../../testing/world.ts'
import { keepFactor } from '../../use-cases/factors/keep-factor.ts'

/** Bob, and a game of his organization that draws the forms itself. */
async function playing(options?: WorldOptions) {
  const scene = await createScene(options)
  const application = await addGame(scene.world)
  return { ...scene, application, game: await createGame(scene.world) }
}

test('FP1 name, password and a code for the key; what is redeemed is bound to it', async () => {
  const { game } = await playing()
  const begun = await game.begin()
  expect([begun.status, begun.body]).toEqual([
    403,
    { error: 'insufficient_authorization', auth_session: expect.any(String), next: 'identifier' },
  ])
  const named = await game.next({ identifier: BOB })
  expect(named.body).toMatchObject({ next: 'first_factor', methods: ['passkey', 'password'], locked_for: null })
  const done = await game.next({ password: PASSWORD })
  expect([done.status, done.body]).toEqual([200, { authorization_code: expect.stringMatching(/^vc_/) }])
  const tokens = await jsonOf<Tokens>(await game.redeem(done.body.authorization_code))
  expect(tokens).toMatchObject({ token_type: 'DPoP', id_token: expect.any(String) })
  expect(decodeJwt(tokens.id_token!)).toMatchObject({ acr: 'aal1', amr: ['pwd'], aud: 'game' })
})

test('FP1 everything may come at once', async () => {
  const scene = await playing()
  await addTotp(scene, scene.userId)
  const { body } = await scene.game.begin({ identifier: BOB, password: PASSWORD, totp: totpCode(scene) })
  const tokens = await jsonOf<Tokens>(await scene.game.redeem(body.authorization_code))
  expect(decodeJwt(tokens.id_token!)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
})

test('FP2 the metadata names the endpoint', async () => {
  const { browser } = await playing()
  const metadata = await jsonOf(await browser.get('/.well-known/openid-configuration'))
  expect(metadata.authorization_challenge_endpoint).toBe(`${ISSUER}/oauth/v2/authorize-challenge`)
})

describe('FP3 a second factor is asked for as in a browser', () => {
  const atSecond = async () => {
    const scene = await playing()
    await addTotp(scene, scene.userId)
    await scene.game.begin({ identifier: BOB })
    return { ...scene, asked: await scene.game.next({ password: PASSWORD }) }
  }

  test('by an app', async () => {
    const scene = await atSecond()
    expect(scene.asked.body).toMatchObject({ next: 'second_factor', methods: ['totp'] })
    const wrong = await scene.game.next({ totp: '000000' })
    expect(wrong.body).toMatchObject({ next: 'second_factor', problem: 'code_wrong' })
    expect((await scene.game.next({ totp: totpCode(scene) })).status).toBe(200)
  })

  test('it can not be left out', async () => {
    const { game } = await atSecond()
    for (const form of [{}, { password: PASSWORD }, { skip_enrollment: 'true' }] as Record<string, string>[])
      expect((await game.next(form)).body).toMatchObject({
        error: 'insufficient_authorization',
        next: 'second_factor',
      })
  })

  test('by a code that is sent', async () => {
    const { game, setPolicy, world, userId, deps } = await playing()
    await setPolicy('login', { secondFactors: ['email_code'] })
    await deps.db.transaction((tx) => keepFactor(deps, tx, userId, 'email_code'))
    await game.begin({ identifier: BOB })
    const asked = await game.next({ password: PASSWORD })
    expect(asked.body).toMatchObject({ methods: ['email_code'], codes: [{ method: 'email_code', is_sent: false }] })
    expect((await game.next({ send_code: 'email_code' })).body).toMatchObject({ codes: [{ is_sent: true }] })
    const mail = (await mailsOf(world)).findLast(({ kind }) => kind === 'login_code')
    const { code } = mail!.values as { code: string }
    expect((await game.next({ email_code: code })).status).toBe(200)
  })
})

test('FP4 a passkey needs no name, and is two factors', async () => {
  const scene = await playing()
  const authenticator = new SoftAuthenticator(ISSUER)
  await scene.browser.signIn(await scene.browser.open('/account'), BOB, PASSWORD)
  await addPasskey(scene.browser, authenticator)
  const { body } = await scene.game.begin({ passkey_options: 'true' })
  expect(body.next).toBe('identifier')
  const passkey = JSON.stringify(authenticator.get(body.passkey_options as never))
  const done = await scene.game.next({ passkey })
  const tokens = await jsonOf<Tokens>(await scene.game.redeem(done.body.authorization_code))
  expect(decodeJwt(tokens.id_token!)).toMatchObject({ acr: 'phr' })
})

describe('FP5 what has no form here is for a browser', () => {
  const forced = (scene: Scene) => scene.setPolicy('login', { forceSecondFactor: 'always' })

  test('a second factor that has to be set up', async () => {
    const scene = await playing()
    await forced(scene)
    await scene.game.begin({ identifier: BOB })
    const { status, body } = await scene.game.next({ password: PASSWORD })
    expect([status, body]).toEqual([403, { error: 'redirect_to_web' }])
  })

  test('a browser goes on with the same request, where it has an address to come back to', async () => {
    const scene = await playing()
    await forced(scene)
    await scene.game.begin({ identifier: BOB, redirect_uri: 'com.acme.game:/cb', state: 'kept' })
    const { body } = await scene.game.next({ password: PASSWORD })
    expect(body).toEqual({ error: 'redirect_to_web', request_uri: expect.any(String), expires_in: 60 })
    const path = `/oauth/v2/authorize?${new URLSearchParams({ client_id: 'game', request_uri: body.request_uri! })}`
    const request = await scene.browser.open(path)
    expect((await scene.browser.step(request)).step.kind).toBe('identify')
  })

  test.each([
    ['a registration', { prompt: 'create' }],
    ['consent', { prompt: 'consent', identifier: BOB, password: PASSWORD }],
  ])('%s', async (_what, form) => {
    const { game } = await playing()
    expect((await game.begin(form as Record<string, string>)).body.error).toBe('redirect_to_web')
  })

  test('a second factor that may be set up is no obstacle', async () => {
    const { game, setPolicy } = await playing()
    await setPolicy('login', { enrollmentSkipLifetime: 3600 })
    await game.begin({ identifier: BOB })
    const { body } = await game.next({ password: PASSWORD })
    expect(body).toMatchObject({ next: 'enroll_second_factor', can_skip: true })
    expect((await game.next({ skip_enrollment: 'true' })).status).toBe(200)
  })

  test('a security key, where nothing else is held but recovery codes', async () => {
    const scene = await playing()
    await scene.setPolicy('login', { forceSecondFactor: 'always' })
    const request = await openSecond(scene.browser)
    expect((await enrollKey(scene.browser, request, newKey())).response.status).toBe(200)
    await scene.game.begin({ identifier: BOB })
    const { status, body } = await scene.game.next({ password: PASSWORD })
    expect([status, body]).toEqual([403, { error: 'redirect_to_web' }])
  })
})

test('FP6 the rules of an authorization request are those of the authorization endpoint', async () => {
  const { game } = await playing()
  const refused = async (form: Record<string, string>) => (await game.begin(form)).body.error
  expect(await refused({ response_type: 'token' })).toBe('unsupported_response_type')
  expect(await refused({ code_challenge: '' })).toBe('invalid_request')
  expect(await refused({ scope: 'openid urn:vestibule:org:id:org_unknown' })).toBe('invalid_scope')
  expect(await refused({ redirect_uri: 'com.evil:/cb' })).toBe('invalid_request')
  expect(await refused({ dpop_jkt: 'a'.repeat(43) })).toBe('invalid_dpop_proof')
  expect(await refused({ prompt: 'none' })).toBe('login_required')
  expect(await refused({ passkey: '{}' })).toBe('invalid_request')
  expect(await refused({ send_code: 'pigeon' })).toBe('invalid_request')
})

test('FP6 the code is bound to key, challenge and redirect URI', async () => {
  const { game, world } = await playing()
  const code = async (more = {}) =>
    (await game.begin({ identifier: BOB, password: PASSWORD, ...more })).body.authorization_code
  const thief = await createGame(world)
  expect((await thief.redeem(await code())).status).toBe(400)
  expect((await game.redeem(await code(), { code_verifier: 'b'.repeat(43) })).status).toBe(400)
  expect((await game.redeem(await code(), { redirect_uri: 'com.acme.game:/cb' })).status).toBe(400)
  const redirect_uri = 'com.acme.game:/cb'
  expect((await game.redeem(await code({ redirect_uri }))).status).toBe(400)
  expect((await game.redeem(await code({ redirect_uri }), { redirect_uri })).status).toBe(200)
  expect((await game.redeem(await code())).status).toBe(200)
})

test('FP7 no browser is signed in by it, and no cookie opens it', async () => {
  const { game, browser } = await playing()
  const begun = await game.begin({ identifier: BOB })
  expect(begun.headers.get('set-cookie')).toBeNull()
  const [token = ''] = game.authSession().split('.')
  for (const value of [game.authSession(), token, `vd_${token.slice(4)}`]) {
    browser.jar.set('vestibule', value)
    expect((await browser.get('/api/me')).status).toBe(401)
    expect((await browser.get(authorizePath('ledger', { prompt: 'none' }))).headers.get('location')).toContain(
      'login_required',
    )
    expect((await browser.get(`/api/login/req_${game.authSession().split('.')[1]}`)).status).toBe(404)
  }
})
