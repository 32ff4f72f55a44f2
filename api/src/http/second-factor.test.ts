import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { type Browser, redirectOf } from '../testing/browser.ts'
import { change } from '../testing/change.ts'
import {
  addTotp,
  beginTotp,
  codeByMail,
  confirmTotp,
  enterTotp,
  openSecond,
  recoveryCodesIn,
  totpCode,
} from '../testing/factors.ts'
import { mailsOf } from '../testing/registration.ts'
import { authorizePath, redeem } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { verifyJwt } from '../testing/tokens.ts'
import { PASSWORD } from '../testing/world.ts'

const withTotp = async () => {
  const scene = await createScene()
  await addTotp(scene, scene.userId)
  return scene
}

test('a right code completes the login, and the tokens say so', async () => {
  const scene = await withTotp()
  const request = await openSecond(scene.browser)
  const done = await jsonOf(await enterTotp(scene.browser, request, totpCode(scene)))
  const code = redirectOf(done as never).searchParams.get('code')!
  const { id_token } = await jsonOf(await redeem(scene.world, 'ledger', code))
  expect((await verifyJwt(scene, id_token as string)).claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
})

test('half a proof opens nothing: no account page, no silent code, no other session', async () => {
  const { browser } = await withTotp()
  const request = await openSecond(browser)
  await expectProblem(await browser.post(`/api/login/${request}/finish`, {}), 409, 'wrong_step')
  await expectProblem(await browser.get('/api/me'), 401, 'unauthenticated')
  const silent = await browser.get(authorizePath('ledger', { prompt: 'none' }))
  expect(silent.headers.get('location')).toContain('error=login_required')
})

test.each(['123456', 'no code', '12345', '1234567'])('%s is a wrong code', async (code) => {
  const { browser } = await withTotp()
  await expectProblem(await enterTotp(browser, await openSecond(browser), code), 400, 'code_wrong')
})

test.each<[string, (code: string) => string]>([
  ['with a space', (code) => `${code.slice(0, 3)} ${code.slice(3)}`],
  ['with a dash', (code) => `${code.slice(0, 3)}-${code.slice(3)}`],
  ['in a sentence', (code) => `Your code is ${code}. Do not tell anybody.`],
  ['in Arabic digits', (code) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)))],
])('a code %s counts', async (_how, write) => {
  const scene = await withTotp()
  const response = await enterTotp(scene.browser, await openSecond(scene.browser), write(totpCode(scene)))
  expect(response.status).toBe(200)
})

test('a code is used once, and none that is older after it', async () => {
  const scene = await withTotp()
  const use = async (code: string) => enterTotp(scene.browser, await secondAgain(scene), code)
  const [before, now] = [totpCode(scene, { steps: -1 }), totpCode(scene)]
  expect((await use(now)).status).toBe(200)
  await expectProblem(await use(now), 400, 'code_wrong')
  await expectProblem(await use(before), 400, 'code_wrong')
  scene.clock.advance(30)
  expect((await use(totpCode(scene))).status).toBe(200)
})

/** In a browser of its own, so that nothing is left of the proofs before. */
async function secondAgain(scene: { browser: Browser }) {
  scene.browser.jar.clear()
  return openSecond(scene.browser)
}

test('of many who bring one code at the same moment one comes through', async () => {
  const scene = await withTotp()
  const code = totpCode(scene)
  const browsers = Array.from({ length: 8 }, () => scene.world.browser())
  const requests: string[] = []
  for (const browser of browsers) requests.push(await openSecond(browser))
  const answers = await Promise.all(browsers.map((browser, at) => enterTotp(browser, requests[at]!, code)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('wrong codes are counted for the person, and a right password in between takes none away', async () => {
  const scene = await withTotp()
  await scene.setPolicy('lockout', { maxFailures: 6 })
  const wrong = async () => {
    scene.clock.advance(60)
    return enterTotp(scene.browser, await secondAgain(scene), '000000')
  }
  for (let n = 1; n < 6; n++) await expectProblem(await wrong(), 400, 'code_wrong')
  await expectProblem(await wrong(), 429, 'too_many_attempts')
  scene.clock.advance(60)
  const request = await secondAgain(scene)
  expect((await scene.browser.step(request)).step).toMatchObject({ methods: [], lockedFor: 840 })
  await expectProblem(await enterTotp(scene.browser, request, totpCode(scene)), 429, 'too_many_attempts')
  scene.clock.advance(840)
  expect((await enterTotp(scene.browser, request, totpCode(scene))).status).toBe(200)
})

test('N081 TOTP - a secret that was copied into the row of somebody else opens nothing, and is noticed', async () => {
  const scene = await withTotp()
  const ann = await scene.addUser('ann')
  const { db, repositories } = scene.deps
  const [{ secret } = { secret: '' }] = await repositories.credentials.listTotp(scene.userId)
  const id = 'crd_00000000000000000000000000000001' as never
  await db.transaction((tx) => repositories.credentials.add(tx, { id, userId: ann, type: 'totp', secret, now: 0 }))
  const request = await scene.browser.open(authorizePath('ledger'))
  await scene.browser.signIn(request, 'ann@acme.test', PASSWORD)
  await expectProblem(await enterTotp(scene.browser, request, totpCode(scene)), 400, 'code_wrong')
  expect((await scene.events()).map(({ type }) => type)).toContain('anomaly.noticed')
})

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

test('a code by mail counts for nobody whose address nobody verified', async () => {
  const scene = await createScene()
  const { db, repositories } = scene.deps
  const id = 'crd_00000000000000000000000000000002' as never
  const row = { id, userId: scene.userId, type: 'email_code', secret: '', now: 0 } as const
  await db.transaction((tx) => repositories.credentials.add(tx, row))
  await openSecond(scene.browser)
  await db.query.update(db.tables.identifiers).set({ verifiedAt: null })
  scene.browser.jar.clear()
  const answer = await scene.browser.signIn(await scene.browser.open(authorizePath('ledger')), BOB, PASSWORD)
  expect(answer.step.kind).toBe('redirect')
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

test('somebody else who is named at the second step begins with nothing proven', async () => {
  const scene = await withTotp()
  const ann = await scene.addUser('ann')
  await addTotp(scene, ann)
  const request = await openSecond(scene.browser)
  await scene.browser.post(`/api/login/${request}/identifier`, { identifier: 'ann@acme.test' })
  expect((await scene.browser.step(request)).step.kind).toBe('first_factor')
  await expectProblem(await enterTotp(scene.browser, request, totpCode(scene)), 409, 'wrong_step')
})

test('a person who was locked by a manager between the steps gets no further', async () => {
  const scene = await withTotp()
  const request = await openSecond(scene.browser)
  await change(scene, 'users', scene.userId, { state: 'locked' })
  await expectProblem(await enterTotp(scene.browser, request, totpCode(scene)), 409, 'wrong_step')
  expect((await scene.browser.step(request)).step).toMatchObject({ kind: 'denied', reason: 'locked' })
})

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

describe('a code by mail', () => {
  const withMail = async () => {
    const scene = await createScene()
    const { db, repositories } = scene.deps
    const id = 'crd_00000000000000000000000000000003' as never
    const row = { id, userId: scene.userId, type: 'email_code', secret: '', now: 0 } as const
    await db.transaction((tx) => repositories.credentials.add(tx, row))
    return scene
  }
  const enter = (browser: Browser, request: string, code: string) =>
    browser.post(`/api/login/${request}/second-code`, { method: 'email_code', code })

  test('is sent to the verified address when it is asked for, and counts', async () => {
    const scene = await withMail()
    const request = await openSecond(scene.browser)
    const [before] = codesIn((await scene.browser.step(request)).step)
    expect(before).toMatchObject({ method: 'email_code', to: 'b••@acme.test', isSent: false })
    const code = await codeByMail(scene, scene.browser, request)
    expect(codesIn((await scene.browser.step(request)).step)[0]).toMatchObject({ isSent: true, triesLeft: 5 })
    const done = await jsonOf<LoginAnswer>(await enter(scene.browser, request, code))
    const { id_token } = await jsonOf(
      await redeem(scene.world, 'ledger', redirectOf(done).searchParams.get('code') ?? ''),
    )
    const { claims } = await verifyJwt(scene, id_token as string)
    expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'email', 'mfa'] })
  })

  test('says how many tries are left, and is dead after five', async () => {
    const scene = await withMail()
    const request = await openSecond(scene.browser)
    const code = await codeByMail(scene, scene.browser, request)
    for (const triesLeft of [4, 3, 2, 1]) {
      scene.clock.advance(30)
      const answer = await enter(scene.browser, request, '000000')
      expect(await jsonOf(answer)).toMatchObject({ code: 'code_wrong', triesLeft })
    }
    scene.clock.advance(30)
    await expectProblem(await enter(scene.browser, request, '000000'), 400, 'code_expired')
    scene.clock.advance(60)
    await expectProblem(await enter(scene.browser, request, code), 400, 'code_expired')
  })

  test('is of the login that asked for it, and of the step that it was asked at', async () => {
    const scene = await withMail()
    const request = await openSecond(scene.browser)
    const code = await codeByMail(scene, scene.browser, request)
    const other = scene.world.browser()
    await expectProblem(await enter(other, await openSecond(other), code), 400, 'code_expired')
  })

  test('proves nothing to who asks for what can not be phished', async () => {
    const scene = await withMail()
    const request = await scene.browser.open(authorizePath('ledger', { acr_values: 'phr' }))
    await scene.browser.signIn(request, BOB, PASSWORD)
    const code = await codeByMail(scene, scene.browser, request)
    const answer = await jsonOf<LoginAnswer>(await enter(scene.browser, request, code))
    expect(JSON.stringify(answer.step)).not.toContain('code=')
  })

  test('is set up by one that arrives', async () => {
    const scene = await createScene()
    await scene.setPolicy('login', { forceSecondFactor: 'always' })
    const request = await openSecond(scene.browser)
    const code = await codeByMail(scene, scene.browser, request)
    await expectProblem(await enter(scene.browser, request, '000000'), 400, 'code_wrong')
    const { step } = await jsonOf<LoginAnswer>(await enter(scene.browser, request, code))
    expect(step.kind).toBe('recovery_codes')
    expect((await mailsOf(scene)).map(({ kind }) => kind)).toContain('factor_added')
  })
})

const codesIn = (step: LoginAnswer['step']) => ('codes' in step && step.kind === 'second_factor' ? step.codes : [])

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
