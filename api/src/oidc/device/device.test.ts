import { expect, test } from 'vitest'
import { DEVICE_GRANT } from '../../domain/application.ts'
import { expectErrorPage, expectOAuthError, jsonOf } from '../../testing/answers.ts'
import { ask, askAsDevice, decide, enter, openDevice, poll, requestOf, type Waiting } from '../../testing/device.ts'
import { basic, obtainTokens, postForm, type Tokens } from '../../testing/relying-party.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { verifyJwt } from '../../testing/tokens.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

test('DV1 a device gets a code of its own, one to show, and where to type it', async () => {
  const { world } = await createScene()
  const response = await askAsDevice(world)
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const body = await jsonOf<Waiting>(response)
  expect(body).toEqual({
    device_code: expect.stringMatching(/^vdc_[\w-]{43}$/),
    user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
    verification_uri: `${ISSUER}/device`,
    verification_uri_complete: `${ISSUER}/device?user_code=${body.user_code}`,
    expires_in: 300,
    interval: 5,
  })
})

test('DV2 an application without the grant, a bad scope, a bad number, and nobody', async () => {
  const scene = await createScene()
  const path = '/oauth/v2/device_authorization'
  const asLedger = await postForm(scene.world, path, { scope: 'openid' }, { authorization: basic('ledger') })
  await expectOAuthError(asLedger, 400, 'unauthorized_client')
  await expectOAuthError(await askAsDevice(scene.world, { scope: 'openid "' }), 400, 'invalid_scope')
  const unknown = 'openid urn:vestibule:org:id:org_unknown'
  await expectOAuthError(await askAsDevice(scene.world, { scope: unknown }), 400, 'invalid_scope')
  await expectOAuthError(await askAsDevice(scene.world, { max_age: 'x' }), 400, 'invalid_request')
  await expectOAuthError(await postForm(scene.world, path, { client_id: 'nobody' }), 401, 'invalid_client')
})

test('DV2 max_age and the organization count as at the authorization endpoint', async () => {
  const scene = await createScene()
  await scene.signIn()
  scene.clock.advance(60)
  const asked = await openDevice(scene.world, scene.browser, { max_age: '30' })
  expect((await scene.browser.step(asked)).step.kind).toBe('first_factor')
  const other = await scene.world.addOrganization('other.test')
  const foreign = await openDevice(scene.world, scene.browser, { scope: `openid urn:vestibule:org:id:${other}` })
  expect((await scene.browser.step(foreign)).step.kind).toBe('identify')
})

test('DV2 an assurance that nobody reaches refuses the device', async () => {
  const scene = await createScene()
  await scene.setPolicy('login', { secondFactors: [] })
  const { device_code, user_code } = await ask(scene, { acr_values: 'aal2' })
  const request = await requestOf(await enter(scene, user_code))
  const { step } = await scene.browser.signIn(request, BOB, PASSWORD)
  expect(step).toMatchObject({ kind: 'redirect', redirect: { to: '/device/refused' } })
  await expectOAuthError(await poll(scene.world, device_code), 400, 'access_denied')
})

test('DV3 it is told to wait, and gets its tokens once somebody agreed', async () => {
  const scene = await createScene()
  const { device_code, user_code } = await ask(scene, { scope: 'openid email offline_access' })
  await expectOAuthError(await poll(scene.world, device_code), 400, 'authorization_pending')
  const decided = await decide(scene, user_code, true)
  expect(await jsonOf(decided)).toMatchObject({ step: { kind: 'redirect', redirect: { to: '/device/approved' } } })
  scene.clock.advance(5)
  const response = await poll(scene.world, device_code)
  expect(response.status).toBe(200)
  const tokens = await jsonOf<Tokens>(response)
  expect(tokens).toMatchObject({ token_type: 'Bearer', scope: 'openid email offline_access' })
  expect(tokens.refresh_token).toMatch(/^vr_/)
  const { claims } = await verifyJwt(scene, tokens.id_token ?? '', { audience: 'television' })
  expect(claims).toMatchObject({ sub: scene.userId, amr: ['pwd'] })
  expect(await jsonOf(await scene.userinfo(tokens))).toMatchObject({ sub: scene.userId, email: BOB })
})

test('DV3 whoever asks too early waits five seconds longer, for good', async () => {
  const scene = await createScene()
  const { device_code } = await ask(scene)
  const asked = async (after: number) => {
    scene.clock.advance(after)
    return (await jsonOf<{ error: string }>(await poll(scene.world, device_code))).error
  }
  expect(await asked(0)).toBe('authorization_pending')
  expect(await asked(5)).toBe('authorization_pending')
  expect(await asked(4)).toBe('slow_down')
  expect(await asked(9)).toBe('slow_down')
  expect(await asked(14)).toBe('slow_down')
  expect(await asked(20)).toBe('authorization_pending')
  expect(await asked(20)).toBe('authorization_pending')
})

test('DV3 refused, too late, unknown, used, and of another client', async () => {
  const scene = await createScene()
  const refused = await ask(scene)
  await decide(scene, refused.user_code, false)
  await expectOAuthError(await poll(scene.world, refused.device_code), 400, 'access_denied')

  const late = await ask(scene)
  scene.clock.advance(300)
  await expectOAuthError(await poll(scene.world, late.device_code), 400, 'expired_token')
  await expectOAuthError(await poll(scene.world, `vdc_${'A'.repeat(43)}`), 400, 'invalid_grant')
  await expectOAuthError(await poll(scene.world, 'x'), 400, 'invalid_grant')

  const taken = await ask(scene)
  await decide(scene, taken.user_code, true)
  await scene.world.addApplication('console', { type: 'native', grantTypes: [DEVICE_GRANT] })
  await expectOAuthError(await poll(scene.world, taken.device_code, 'console'), 400, 'invalid_grant')
  expect((await poll(scene.world, taken.device_code)).status).toBe(200)
  scene.clock.advance(5)
  await expectOAuthError(await poll(scene.world, taken.device_code), 400, 'invalid_grant')
})

test('DV6 of many questions at once after the word exactly one gets tokens', async () => {
  const scene = await createScene()
  const { device_code, user_code } = await ask(scene)
  await decide(scene, user_code, true)
  const answers = await Promise.all(Array.from({ length: 10 }, () => poll(scene.world, device_code)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(400)])
})

test('a session that ended before the device asked gives it nothing', async () => {
  const scene = await createScene()
  const { device_code, user_code } = await ask(scene)
  await decide(scene, user_code, true)
  const page = await scene.browser.page('/oidc/v1/end_session')
  const request = page.kind === 'sign_out' ? page.signOut.request : ''
  await scene.browser.post(`/api/sign-out/${request}`, { session: 'all' })
  await expectOAuthError(await poll(scene.world, device_code), 400, 'invalid_grant')
})

test('G10 neither code is stored, and G15 neither is logged', async () => {
  const scene = await createScene({ env: { LOG_LEVEL: 'trace' } })
  const { device_code, user_code } = await ask(scene)
  await poll(scene.world, device_code)
  const rows = JSON.stringify(await scene.deps.db.query.select().from(scene.deps.db.tables.deviceAuthorizations))
  for (const secret of [device_code, user_code, user_code.replace('-', '')])
    expect([rows, scene.logLines.join()].join()).not.toContain(secret)
})

test('S1 the request of a device is one read and one write, and its question one write', async () => {
  const seen: string[] = []
  const scene = await createScene({ observe: (text) => seen.push(text) })
  await ask(scene)
  const verbs = () =>
    seen
      .splice(0)
      .map((text) => /^\s*(select|insert|update)\b/i.exec(text)?.[1]?.toLowerCase())
      .filter(Boolean)
  const { applications } = scene.deps.db.tables
  // SQLite remembers the application, until somebody changes it
  async function forget(): Promise<void> {
    await scene.deps.db.query.update(applications).set({ name: 'Television' })
    seen.length = 0
  }
  await forget()
  const response = await postForm(scene.world, '/oauth/v2/device_authorization', {
    client_id: 'television',
    scope: 'openid',
  })
  expect(verbs()).toEqual(['select', 'insert'])
  await forget()
  await poll(scene.world, (await jsonOf<Waiting>(response)).device_code)
  expect(verbs()).toEqual(['select', 'update'])
})

test('a device code is none of authorization, and the pages of the outcome need nobody', async () => {
  const scene = await createScene()
  const { device_code } = await ask(scene)
  const form = { grant_type: 'authorization_code', code: device_code, redirect_uri: 'https://rp.test/cb' }
  await expectOAuthError(
    await postForm(scene.world, '/oauth/v2/token', form, { authorization: basic('ledger') }),
    400,
    'invalid_grant',
  )
  for (const outcome of ['approved', 'refused'])
    expect(await scene.browser.page(`/device/${outcome}`)).toMatchObject({ kind: 'device', device: { outcome } })
  await expectErrorPage(await scene.browser.get('/device/other'), 'not_found', 404)
  expect(await obtainTokens(scene.world, scene.world.browser(), 'ledger', BOB)).toMatchObject({ token_type: 'Bearer' })
})
