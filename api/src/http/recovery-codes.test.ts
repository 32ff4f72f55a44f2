import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { confirmTotp, openSecond, recoveryCodesIn, secondAgain } from '../testing/factors.ts'
import { mailsOf } from '../testing/registration.ts'
import { createScene } from '../testing/scene.ts'

/** Bob set an app up on the way in, and kept the codes. */
async function withCodes() {
  const scene = await createScene()
  await scene.setPolicy('login', { forceSecondFactor: 'always' })
  const request = await openSecond(scene.browser)
  await confirmTotp(scene, scene.browser, request)
  return { ...scene, request, codes: await recoveryCodesIn(scene.browser, request) }
}

test('with the first factor come ten recovery codes, shown until they are kept and never again', async () => {
  const { browser, request, codes, deps } = await withCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(await recoveryCodesIn(browser, request)).toEqual(codes)
  await expectProblem(await browser.post(`/api/login/${request}/finish`, {}), 409, 'wrong_step')
  const rows = JSON.stringify([
    await deps.db.query.select().from(deps.db.tables.recoveryCodes),
    await deps.db.query.select().from(deps.db.tables.authRequests),
  ])
  for (const code of codes) expect(rows).not.toContain(code.replaceAll('-', ''))
  const kept = await browser.post(`/api/login/${request}/keep-recovery-codes`, {})
  expect(redirectOf(await jsonOf(kept)).searchParams.get('code')).toMatch(/^vc_/)
})

test('a recovery code opens the account once, in whatever spelling, and its owner is told', async () => {
  const scene = await withCodes()
  const [code = ''] = scene.codes
  const use = async (typed: string) =>
    scene.browser.post(`/api/login/${await secondAgain(scene)}/recovery-code`, { code: typed })
  expect((await use(code.toLowerCase().replaceAll('-', ' '))).status).toBe(200)
  await expectProblem(await use(code), 400, 'code_wrong')
  expect(await scene.deps.repositories.recoveryCodes.countLeft(scene.userId)).toBe(9)
  const mail = (await mailsOf(scene)).findLast(({ kind }) => kind === 'recovery_code_used')
  expect(mail?.values).toMatchObject({ left: 9 })
})

test('of ten who bring one recovery code at the same moment one comes through', async () => {
  const scene = await withCodes()
  const browsers = Array.from({ length: 10 }, () => scene.world.browser())
  const requests: string[] = []
  for (const browser of browsers) requests.push(await openSecond(browser))
  const answers = await Promise.all(
    browsers.map((browser, at) => browser.post(`/api/login/${requests[at]}/recovery-code`, { code: scene.codes[0] })),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('recovery codes stand last among what is offered, also right after they were used', async () => {
  const scene = await withCodes()
  const offered = async () => (await scene.browser.step(await secondAgain(scene))).step
  expect(await offered()).toMatchObject({ methods: ['totp', 'recovery_code'] })
  scene.clock.advance(60)
  const used = await scene.browser.post(`/api/login/${await secondAgain(scene)}/recovery-code`, {
    code: scene.codes[0],
  })
  expect(used.status).toBe(200)
  expect(await offered()).toMatchObject({ methods: ['totp', 'recovery_code'] })
})
