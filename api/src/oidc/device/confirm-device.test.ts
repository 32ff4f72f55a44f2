import { expect, test } from 'vitest'
import { expectOAuthError, expectProblem, jsonOf } from '../../testing/answers.ts'
import { addTelevision, ask, decide, enter, openDevice, poll, requestOf } from '../../testing/device.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { ISSUER } from '../../testing/world.ts'

test('DV4 case, spaces and hyphens do not matter', async () => {
  const scene = await createScene()
  const { user_code } = await ask(scene)
  const typed = [user_code.toLowerCase(), user_code.replace('-', ''), ` ${[...user_code].join(' ')} `]
  for (const code of typed) expect((await enter(scene, code)).status).toBe(200)
})

test('DV4 a wrong code is answered like one that is over, and one that was decided', async () => {
  const scene = await createScene()
  const over = await ask(scene)
  scene.clock.advance(300)
  const decided = await ask(scene)
  await decide(scene, decided.user_code, true)
  for (const code of ['BBBB-BBBB', over.user_code, decided.user_code, 'AEIO', '\0', '💡'])
    await expectProblem(await enter(scene, code), 400, 'code_invalid')
})

test('DV4 guesses are limited in one browser, and from one address whatever the cookies', async () => {
  const scene = await createScene()
  await scene.signIn()
  const { user_code } = await ask(scene)
  for (let guess = 0; guess < 10; guess++) await expectProblem(await enter(scene, 'BBBB-BBBB'), 400, 'code_invalid')
  const limited = await enter(scene, user_code)
  await expectProblem(limited, 429, 'too_many_attempts')
  const fresh = () => enter({ browser: scene.world.browser() }, 'BBBB-BBBB')
  for (let guess = 0; guess < 20; guess++) expect((await fresh()).status).toBe(400)
  await expectProblem(await fresh(), 429, 'too_many_attempts')
  const elsewhere = scene.world.browser('198.51.100.4')
  expect((await enter({ browser: elsewhere }, user_code)).status).toBe(200)
})

test('DV5 the page names the application, its organization, the scopes and the code, with a session as well', async () => {
  const scene = await createScene()
  await scene.signIn()
  await addTelevision(scene.world, { consent: 'never' })
  const { user_code, device_code } = await ask(scene, { scope: 'openid email' })
  const request = await requestOf(await enter(scene, user_code))
  expect(await scene.browser.step(request)).toMatchObject({
    step: { kind: 'confirm_device', userCode: user_code, scopes: ['openid', 'email'] },
    application: { name: 'television of the tests', organization: 'acme.test' },
    account: { loginName: BOB },
  })
  await expectOAuthError(await poll(scene.world, device_code), 400, 'authorization_pending')
  await expectProblem(await scene.browser.post(`/api/login/${request}/finish`, {}), 409, 'wrong_step')
})

test('DV5 opening the complete address confirms nothing, and shows only what can be a code', async () => {
  const scene = await createScene()
  await scene.signIn()
  const { verification_uri_complete, user_code, device_code } = await ask(scene)
  for (let time = 0; time < 3; time++) {
    const page = await scene.browser.page(verification_uri_complete.slice(ISSUER.length))
    expect(page).toMatchObject({ kind: 'device', device: { userCode: user_code, outcome: null } })
  }
  await expectOAuthError(await poll(scene.world, device_code), 400, 'authorization_pending')
  expect(await scene.deps.db.query.select().from(scene.deps.db.tables.authRequests)).toHaveLength(1)
  const strange = await scene.browser.page('/device?user_code=<script>alert(1)</script>')
  expect(strange).toMatchObject({ device: { userCode: null } })
})

test('DV5 another account is asked again, and a person who is locked lets nothing in', async () => {
  const scene = await createScene()
  await scene.signIn()
  const request = await openDevice(scene.world, scene.browser)
  await scene.browser.post(`/api/login/${request}/restart`, { fresh: true })
  expect((await scene.browser.step(request)).step.kind).toBe('identify')
  await expectProblem(await scene.browser.post(`/api/login/${request}/consent`, { allow: true }), 409, 'wrong_step')
  const stranger = scene.world.browser()
  await expectProblem(await stranger.post(`/api/login/${request}/consent`, { allow: true }), 404, 'request_not_found')
})

test('DV5 a device that gave up meanwhile is not let in', async () => {
  const scene = await createScene()
  await scene.signIn()
  const request = await openDevice(scene.world, scene.browser)
  scene.clock.advance(300)
  await expectProblem(
    await scene.browser.post(`/api/login/${request}/consent`, { allow: true }),
    410,
    'request_expired',
  )
  const { grants } = scene.deps.db.tables
  expect(
    (await scene.deps.db.query.select().from(grants)).filter(({ applicationId }) => applicationId !== scene.ledger.id),
  ).toEqual([])
})

test('what a device is told is never added to the page that follows', async () => {
  const scene = await createScene()
  await addTelevision(scene.world, { sessionManagement: true })
  const { user_code } = await ask(scene)
  const decided = await decide(scene, user_code, true)
  expect(await jsonOf(decided)).toMatchObject({ step: { redirect: { to: '/device/approved' } } })
})

test('DV5 leaving refuses the device', async () => {
  const scene = await createScene()
  const { device_code, user_code } = await ask(scene)
  const request = await requestOf(await enter(scene, user_code))
  await scene.browser.post(`/api/login/${request}/cancel`, {})
  await expectOAuthError(await poll(scene.world, device_code), 400, 'access_denied')
})
