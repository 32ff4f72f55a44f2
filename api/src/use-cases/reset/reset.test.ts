import { describe, expect, test } from 'vitest'
import { clientAnswer, expectProblem, jsonOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { mailsOf } from '../../testing/registration.ts'
import { obtainCode } from '../../testing/relying-party.ts'
import {
  askForReset,
  enterResetCode,
  lastReset,
  MINUTE,
  NEW_PASSWORD,
  openNewPassword,
  openPassword,
  openReset,
  outcome,
  resetMails,
  setNewPassword,
  stepAfter,
} from '../../testing/reset.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

describe('a forgotten password', () => {
  test('is replaced by a code, and the request that was pending goes on to the application', async () => {
    const scene = await createScene()
    const { browser, redeem } = scene
    const request = await openPassword(browser)
    expect(await stepAfter(await askForReset(browser, request))).toEqual({
      kind: 'reset_code',
      endsIn: 10 * MINUTE,
      resendIn: 30,
      triesLeft: 5,
    })
    expect(await outcome(scene, PASSWORD), 'until then nothing changes').toBe('redirect')
    const { code } = await lastReset(scene)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(await stepAfter(await enterResetCode(browser, request, code))).toMatchObject({
      kind: 'new_password',
      rules: { minLength: 12, contextWords: expect.arrayContaining(['bob', 'acme']) },
    })
    expect(await outcome(scene, PASSWORD)).toBe('redirect')
    const answer = await jsonOf(await setNewPassword(browser, request))
    expect(answer).toMatchObject({
      step: { kind: 'first_factor' },
      reasons: ['password_was_reset'],
      account: { loginName: BOB },
    })
    const signedIn = await browser.post(`/api/login/${request}/password`, { password: NEW_PASSWORD })
    const code2 = redirectOf((await jsonOf(signedIn)) as never).searchParams.get('code')
    expect((await redeem(code2 ?? '')).status).toBe(200)
    expect([await outcome(scene, PASSWORD), await outcome(scene, NEW_PASSWORD)]).toEqual([
      'invalid_credentials',
      'redirect',
    ])
  })

  test('adds no check: nobody is signed in by it, and no cookie is', async () => {
    const scene = await createScene()
    const request = await openNewPassword(scene, scene.browser)
    const response = await setNewPassword(scene.browser, request)
    expect(response.headers.getSetCookie()).toEqual([])
    await expectProblem(await scene.browser.get('/api/me'), 401, 'unauthenticated')
    await expectProblem(await scene.browser.post(`/api/login/${request}/finish`, {}), 409, 'wrong_step')
    expect(clientAnswer(await scene.authorize({ prompt: 'none' }))).toMatchObject({ error: 'login_required' })
  })

  test('a code in any spelling is read', async () => {
    const scene = await createScene()
    const request = await openReset(scene.browser)
    const { code } = await lastReset(scene)
    const typed = ` ${code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    expect((await enterResetCode(scene.browser, request, typed)).status).toBe(200)
  })

  test('the mail says what it opens and how long, in the language of its reader, and is the only place of the code', async () => {
    const scene = await createScene({ user: { locale: 'fr' } })
    await openReset(scene.browser)
    const [mail, ...others] = await resetMails(scene)
    expect(others).toEqual([])
    expect(mail).toMatchObject({
      recipient: BOB,
      language: 'fr',
      values: { codeMinutes: 10, linkMinutes: 30, link: expect.stringMatching(/^http:\/\/localhost:3000\/reset#vl_/) },
    })
    const { code, token } = await lastReset(scene)
    const rows = JSON.stringify(await scene.deps.db.query.select().from(scene.deps.db.tables.oneTimeCodes))
    const told = [rows, JSON.stringify(await scene.events()), scene.logLines.join('\n')].join('\n')
    for (const secret of [code, code.replace('-', ''), token]) expect(told).not.toContain(secret)
  })

  test('goes to the confirmed number of whoever has no confirmed address', async () => {
    const scene = await createScene({ user: { email: null, phone: '+4930123456' } })
    const request = await openReset(scene.browser, 'bob')
    const [message] = await resetMails(scene)
    expect(message).toMatchObject({ recipient: '+4930123456', values: { minutes: 10 } })
    expect(message?.values).not.toHaveProperty('link')
    const entered = await enterResetCode(scene.browser, request, (await lastReset(scene)).code)
    expect(await stepAfter(entered)).toMatchObject({ kind: 'new_password' })
  })
})

test('nothing of the request decides where the mail leads or what comes back', async () => {
  const scene = await createScene()
  const request = await openPassword(scene.browser)
  const path = `/api/login/${request}/reset`
  for (const body of [{ sendCode: false }, { returnCode: true }, { delivery: 'return' }, { identifier: 'ann' }])
    await expectProblem(await scene.browser.post(path, body), 400, 'invalid_input')
  const forged = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'javascript' }
  const answer = await scene.browser.post(`${path}?returnCode=1`, {}, forged)
  const { code } = await lastReset(scene)
  expect(await answer.text()).not.toContain(code)
  expect(JSON.stringify(await mailsOf(scene))).not.toContain('evil')
})

test('a pending reset changes nothing for who signs in meanwhile', async () => {
  const scene = await createScene()
  const request = await openReset(scene.browser)
  await obtainCode(scene.browser, 'ledger', BOB)
  expect(await stepAfter(await scene.browser.get(`/api/login/${request}`))).toMatchObject({ kind: 'reset_code' })
  const left = await jsonOf(await scene.browser.post(`/api/login/${request}/reset-cancel`, {}))
  expect(left).toMatchObject({ step: { kind: 'redirect' } })
})
