import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { beginTotp, enterTotp, openSecond, secondAgain, totpCode } from '../testing/factors.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

test('a set-up that is forced has no way around, and its own code counts', async () => {
  const scene = await createScene()
  await scene.setPolicy('login', { forceSecondFactor: 'always' })
  const { browser } = scene
  const request = await openSecond(browser)
  await expectProblem(await browser.post(`/api/login/${request}/skip-enrollment`, {}), 409, 'wrong_step')
  const secret = await beginTotp(browser, request)
  const wrong = await browser.post(`/api/login/${request}/enroll-totp-code`, { code: '000000' })
  await expectProblem(wrong, 400, 'code_wrong')
  const code = totpCode(scene, { secret })
  const done = await jsonOf(await browser.post(`/api/login/${request}/enroll-totp-code`, { code }))
  expect(done).toMatchObject({ step: { kind: 'recovery_codes' } })
  // the code that confirmed it signs nobody in
  await expectProblem(await enterTotp(browser, await secondAgain(scene), code), 400, 'code_wrong')
})

test('the secret is shown to the browser that sets it up, and to nobody ever after', async () => {
  const scene = await createScene()
  await scene.setPolicy('login', { forceSecondFactor: 'always' })
  const request = await openSecond(scene.browser)
  const secret = await beginTotp(scene.browser, request)
  expect(JSON.stringify(await scene.browser.step(request))).toContain(secret)
  const rows = JSON.stringify(await scene.deps.db.query.select().from(scene.deps.db.tables.enrollments))
  expect(rows).not.toContain(secret)
  const code = totpCode(scene, { secret })
  await scene.browser.post(`/api/login/${request}/enroll-totp-code`, { code })
  const kept = JSON.stringify(await scene.deps.db.query.select().from(scene.deps.db.tables.credentials))
  expect(kept).not.toContain(secret)
  const again = await secondAgain(scene)
  expect(JSON.stringify(await scene.browser.step(again))).not.toContain(secret)
})

test('"not now" is remembered for the time of the policy', async () => {
  const scene = await createScene()
  await scene.setPolicy('login', { enrollmentSkipLifetime: 600 })
  const { browser } = scene
  const request = await openSecond(browser)
  const skipped = await jsonOf(await browser.post(`/api/login/${request}/skip-enrollment`, {}))
  expect(redirectOf(skipped as never).searchParams.get('code')).toMatch(/^vc_/)
  browser.jar.clear()
  expect((await browser.signIn(await browser.open(authorizePath('ledger')), BOB, PASSWORD)).step.kind).toBe('redirect')
  scene.clock.advance(601)
  expect((await scene.browser.step(await secondAgain(scene))).step).toMatchObject({ canSkip: true })
})

test('acr_values=aal2 leads to the set-up, and to an error where nothing may be set up', async () => {
  const scene = await createScene()
  await openSecond(scene.browser, { acr_values: 'aal2' })
  await scene.setPolicy('login', { secondFactors: [] })
  scene.browser.jar.clear()
  const request = await scene.browser.open(authorizePath('ledger', { acr_values: 'aal2' }))
  const refused = redirectOf(await scene.browser.signIn(request, BOB, PASSWORD))
  expect(refused.searchParams.get('error')).toBe('unmet_authentication_requirements')
})
