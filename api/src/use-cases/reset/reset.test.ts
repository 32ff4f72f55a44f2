import { describe, expect, test } from 'vitest'
import { clientAnswer, expectProblem, jsonOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { change } from '../../testing/change.ts'
import { mailsOf } from '../../testing/registration.ts'
import { authorizePath, obtainCode } from '../../testing/relying-party.ts'
import {
  askForReset,
  enterResetCode,
  lastReset,
  NEW_PASSWORD,
  openNewPassword,
  openPassword,
  openReset,
  setNewPassword,
} from '../../testing/reset.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

const MINUTE = 60
/** An application that gets refresh tokens with every sign-in. */
const REFRESHED = { application: { settings: { sessionRefreshToken: true } } }
const stepAfter = async (response: Response) => (await jsonOf<{ step: { kind: string } }>(response)).step

/** What signing in with this password leads to. */
async function outcome({ world }: Scene, password: string, name = BOB): Promise<string> {
  const browser = world.browser()
  const answer = await browser.signIn(await browser.open(authorizePath('ledger')), name, password)
  return answer.step?.kind ?? (answer as unknown as { code: string }).code
}
const resetMails = async (scene: Scene) => (await mailsOf(scene)).filter(({ kind }) => kind === 'reset_password')

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

describe('codes', () => {
  test('a new one ends the one before, and is not sent within half a minute', async () => {
    const scene = await createScene()
    const { browser, clock } = scene
    const request = await openReset(browser)
    const first = await lastReset(scene)
    const early = await askForReset(browser, request)
    expect(await early.json()).toMatchObject({ code: 'too_many_attempts', retryAfter: 30 })
    clock.advance(30)
    expect((await askForReset(browser, request)).status).toBe(200)
    const second = await lastReset(scene)
    expect(await (await enterResetCode(browser, request, first.code)).json()).toMatchObject({
      code: 'code_wrong',
      triesLeft: 4,
    })
    await expectProblem(
      await browser.post(`/api/login/${request}/reset-link`, { token: first.token }),
      400,
      'code_invalid',
    )
    expect((await enterResetCode(browser, request, second.code)).status).toBe(200)
  })

  test('five wrong ones end it, and the right one is one more', async () => {
    const scene = await createScene()
    const request = await openReset(scene.browser)
    const { code } = await lastReset(scene)
    const wrong = code.startsWith('0') ? 'ZZZZZZZZ' : '00000000'
    const answers: { code: string; triesLeft?: number }[] = []
    for (const typed of [wrong, '', 'x', wrong, `${code}0`, code])
      answers.push(await jsonOf(await enterResetCode(scene.browser, request, typed || ' ')))
    expect(answers.map(({ code: said, triesLeft }) => [said, triesLeft])).toEqual([
      ['code_wrong', 4],
      ['code_wrong', 3],
      ['code_wrong', 2],
      ['code_wrong', 1],
      ['code_expired', undefined],
      ['code_expired', undefined],
    ])
    expect(await outcome(scene, PASSWORD)).toBe('redirect')
  })

  test('they live ten minutes, their link half an hour', async () => {
    const scene = await createScene()
    const { browser, clock } = scene
    const request = await openReset(browser)
    const { code, token } = await lastReset(scene)
    clock.advance(10 * MINUTE)
    await expectProblem(await enterResetCode(browser, request, code), 400, 'code_expired')
    clock.advance(20 * MINUTE - 1)
    expect((await browser.post('/api/password-reset/look', { token })).status).toBe(200)
    clock.advance(1)
    await expectProblem(await browser.post('/api/password-reset/look', { token }), 400, 'code_invalid')
    await expectProblem(await browser.post(`/api/login/${request}/reset-link`, { token }), 400, 'code_invalid')
  })

  test('what a code opened closes with the half hour of its link', async () => {
    const scene = await createScene()
    const request = await openNewPassword(scene, scene.browser)
    scene.clock.advance(30 * MINUTE)
    await expectProblem(await setNewPassword(scene.browser, request), 409, 'wrong_step')
    expect(await stepAfter(await scene.browser.get(`/api/login/${request}`))).toMatchObject({ kind: 'reset_code' })
  })

  test('one counts in its own flow and browser only, and not after somebody else was named there', async () => {
    const scene = await createScene()
    const { world, browser } = scene
    await world.addUser('ann')
    const request = await openReset(browser)
    const { code, token } = await lastReset(scene)
    const stranger = world.browser()
    const elsewhere = await openReset(stranger)
    expect((await enterResetCode(stranger, elsewhere, code)).status).toBe(400)
    await expectProblem(await stranger.post(`/api/login/${elsewhere}/reset-link`, { token }), 400, 'code_invalid')
    // bob's own flow, in which ann is named now
    await browser.post(`/api/login/${request}/identifier`, { identifier: 'ann' })
    await expectProblem(await enterResetCode(browser, request, code), 409, 'wrong_step')
    expect((await askForReset(browser, request)).status).toBe(200)
    expect((await enterResetCode(browser, request, code)).status).toBe(400)
    expect(await outcome(scene, PASSWORD, 'ann')).toBe('redirect')
  })

  test('one that was right opens nothing for somebody named afterwards', async () => {
    const scene = await createScene()
    await scene.world.addUser('ann')
    const request = await openNewPassword(scene, scene.browser)
    await scene.browser.post(`/api/login/${request}/identifier`, { identifier: 'ann' })
    await expectProblem(await setNewPassword(scene.browser, request), 409, 'wrong_step')
    expect((await askForReset(scene.browser, request)).status).toBe(200)
    await expectProblem(await setNewPassword(scene.browser, request), 409, 'wrong_step')
    expect(await outcome(scene, PASSWORD, 'ann')).toBe('redirect')
  })

  test('nothing is opened without one: the steps are not skipped', async () => {
    const { browser } = await createScene()
    const request = await openPassword(browser)
    for (const body of [{}, { code: 'ABCDEFGH' }, { userId: 'usr_1' }])
      expect([400, 409]).toContain((await browser.post(`/api/login/${request}/new-password`, body)).status)
    await expectProblem(await setNewPassword(browser, request), 409, 'wrong_step')
    await expectProblem(await enterResetCode(browser, request, 'ABCDEFGH'), 409, 'wrong_step')
    await askForReset(browser, request)
    await expectProblem(await setNewPassword(browser, request), 409, 'wrong_step')
    for (const code of [null, [], {}, true, 0, undefined, ''])
      await expectProblem(await enterResetCode(browser, request, code), 400, 'invalid_input')
  })

  test('of many at once one goes through', async () => {
    const scene = await createScene()
    const request = await openReset(scene.browser)
    const { code } = await lastReset(scene)
    const entered = await Promise.all(Array.from({ length: 5 }, () => enterResetCode(scene.browser, request, code)))
    expect(entered.filter(({ status }) => status === 200)).toHaveLength(1)
    const passwords = Array.from({ length: 4 }, (_, nth) => `quiet lanterns, number ${nth}`)
    const set = await Promise.all(
      passwords.map((newPassword) => setNewPassword(scene.browser, request, { newPassword })),
    )
    expect(set.filter(({ status }) => status === 200)).toHaveLength(1)
    const winner = passwords[set.findIndex(({ status }) => status === 200)]!
    expect(await outcome(scene, winner)).toBe('redirect')
  })
})

describe('who has no account, or may not come in', () => {
  const states = ['locked', 'deactivated'] as const

  /** Everything that an answer could tell two names apart by. */
  async function shape(response: Response, name: string) {
    const headers = [...response.headers].filter(([key]) => !['date', 'x-request-id'].includes(key))
    const body = (await response.text()).replaceAll(name, 'NAME').replace(/req_[0-9a-f]+/, 'REQUEST')
    return { status: response.status, headers, body: body.replace(/"requestId":"[^"]+"/, '') }
  }
  async function course({ world }: Scene, name: string) {
    const browser = world.browser()
    const request = await openPassword(browser, name)
    const answers = [await shape(await askForReset(browser, request), name)]
    answers.push(await shape(await askForReset(browser, request), name))
    for (const code of ['ABCD-EFGH', 'nonsense'])
      answers.push(await shape(await enterResetCode(browser, request, code), name))
    answers.push(await shape(await browser.get(`/api/login/${request}`), name))
    answers.push(await shape(await browser.post(`/api/login/${request}/reset-cancel`, {}), name))
    return answers
  }

  test('gets the same answers, and no mail', async () => {
    const scene = await createScene()
    const { world } = scene
    for (const [name, state] of [
      ['walled', 'locked'],
      ['absent', 'deactivated'],
    ] as const)
      await change(scene, 'users', await world.addUser(name), { state })
    await world.addUser('nomail', { email: null })
    await world.addUser('unconfirmed', { emailVerified: false })
    const known = await course(scene, 'bob')
    const sent = (await resetMails(scene)).length
    expect(sent).toBe(1)
    for (const name of ['nobody', 'walled', 'absent', 'nomail', 'unconfirmed'])
      expect(await course(scene, name), name).toEqual(known)
    expect(await resetMails(scene)).toHaveLength(sent)
  })

  test.each(states)('%s after the mail: code and link are refused, and the password stays', async (state) => {
    const scene = await createScene()
    const { browser, world, userId } = scene
    const request = await openReset(browser)
    const { code, token } = await lastReset(scene)
    await change(scene, 'users', userId, { state })
    expect(await (await enterResetCode(browser, request, code)).json()).toMatchObject({ code: 'code_wrong' })
    await expectProblem(await browser.post(`/api/login/${request}/reset-link`, { token }), 400, 'code_invalid')
    const body = { token, newPassword: NEW_PASSWORD }
    await expectProblem(await world.browser().post('/api/password-reset', body), 400, 'code_invalid')
    await expectProblem(await world.browser().post('/api/password-reset/look', { token }), 400, 'code_invalid')
    await change(scene, 'users', userId, { state: 'active' })
    expect(await outcome(scene, PASSWORD)).toBe('redirect')
  })

  test.each(states)('%s after the right code: told, and nothing is set', async (state) => {
    const scene = await createScene()
    const request = await openNewPassword(scene, scene.browser)
    await change(scene, 'users', scene.userId, { state })
    await expectProblem(await setNewPassword(scene.browser, request), 409, 'wrong_step')
    const step = await stepAfter(await scene.browser.get(`/api/login/${request}`))
    expect(step).toEqual({ kind: 'denied', reason: state })
  })
})

describe('a new password', () => {
  test('ends every session and grant, and tells the owner, with a link in case it was not them', async () => {
    const scene = await createScene(REFRESHED)
    const { world, refresh } = scene
    const tokens = await scene.tokens()
    const [phone, desk] = [world.browser(), world.browser()]
    for (const browser of [phone, desk]) await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
    const stranger = world.browser()
    await setNewPassword(stranger, await openNewPassword(scene, stranger))
    for (const browser of [phone, desk]) await expectProblem(await browser.get('/api/me'), 401, 'unauthenticated')
    expect(await (await refresh(tokens)).json()).toMatchObject({ error: 'invalid_grant' })
    const notice = (await mailsOf(scene)).at(-1)
    expect(notice).toMatchObject({ kind: 'password_reset', recipient: BOB })
    expect(notice?.values).toMatchObject({ notMeLink: expect.stringMatching(/^http:\/\/localhost:3000\/not-me#vl_/) })
    expect(JSON.stringify(notice)).not.toContain(NEW_PASSWORD)
    expect(await scene.events()).toContainEqual(
      expect.objectContaining({ type: 'user.password_set', actor: scene.userId, data: { by: 'reset' } }),
    )
  })

  test('leaves them where the owner wants it', async () => {
    const scene = await createScene(REFRESHED)
    const { world, refresh } = scene
    const tokens = await scene.tokens()
    const desk = world.browser()
    await desk.signIn(await desk.open('/account'), BOB, PASSWORD)
    const stranger = world.browser()
    await setNewPassword(stranger, await openNewPassword(scene, stranger), { endOtherSessions: false })
    expect((await desk.get('/api/me')).status).toBe(200)
    expect((await refresh(tokens)).status).toBe(200)
  })

  test('is held to the policy, and the code stays used for the next try', async () => {
    const scene = await createScene()
    const request = await openNewPassword(scene, scene.browser)
    const broken = async (newPassword: string) => jsonOf(await setNewPassword(scene.browser, request, { newPassword }))
    expect(await broken('short')).toMatchObject({ code: 'invalid_input', fields: { newPassword: ['too_short'] } })
    expect(await broken('bob is my name')).toMatchObject({ fields: { newPassword: ['context'] } })
    expect(await broken('password1234')).toMatchObject({ fields: { newPassword: ['common'] } })
    expect((await setNewPassword(scene.browser, request)).status).toBe(200)
  })

  test('is not the one that was forgotten', async () => {
    const scene = await createScene({ user: { password: 'the one of before' } })
    const request = await openNewPassword(scene, scene.browser)
    const answer = await setNewPassword(scene.browser, request, { newPassword: 'the one of before' })
    expect(await answer.json()).toMatchObject({ fields: { newPassword: ['reused'] } })
  })

  test('ends a lock after failures: its owner is here', async () => {
    const scene = await createScene()
    const { world, browser, acme } = scene
    await world.setPolicy('lockout', { maxFailures: 2 }, acme)
    for (const guess of ['one', 'two']) await outcome(scene, guess)
    expect(await outcome(scene, PASSWORD)).not.toBe('redirect')
    await setNewPassword(browser, await openNewPassword(scene, browser))
    expect(await outcome(scene, NEW_PASSWORD)).toBe('redirect')
  })

  test('ends every other reset of the same person', async () => {
    const scene = await createScene()
    const [first, second] = [scene.world.browser(), scene.world.browser()]
    const waiting = await openNewPassword(scene, first)
    const request = await openNewPassword(scene, second)
    expect((await setNewPassword(second, request)).status).toBe(200)
    await expectProblem(await setNewPassword(first, waiting), 409, 'wrong_step')
  })

  test('may be the first one of somebody who had none', async () => {
    const scene = await createScene({ user: { password: null } })
    expect((await setNewPassword(scene.browser, await openNewPassword(scene, scene.browser))).status).toBe(200)
    expect(await outcome(scene, NEW_PASSWORD)).toBe('redirect')
  })
})

describe('the link', () => {
  const look = (browser: Scene['browser'], token: string) => browser.post('/api/password-reset/look', { token })
  const press = (browser: Scene['browser'], request: string, token: string) =>
    browser.post(`/api/login/${request}/reset-link`, { token })
  const setByLink = (browser: Scene['browser'], token: string, more: object = {}) =>
    browser.post('/api/password-reset', { token, newPassword: NEW_PASSWORD, ...more })

  test('in the browser that waits leads on there by a press; looking changes nothing', async () => {
    const scene = await createScene()
    const { browser } = scene
    const request = await openReset(browser)
    const { token } = await lastReset(scene)
    for (let time = 0; time < 3; time++)
      expect(await jsonOf(await look(browser, token))).toMatchObject({ request, loginName: BOB })
    expect((await browser.get('/reset')).status).toBe(200)
    expect(await stepAfter(await browser.get(`/api/login/${request}`))).toMatchObject({ kind: 'reset_code' })
    expect(await stepAfter(await press(browser, request, token))).toMatchObject({ kind: 'new_password' })
    await expectProblem(await press(browser, request, token), 409, 'wrong_step')
    expect((await setNewPassword(browser, request)).status).toBe(200)
  })

  test('in any other browser sets the password, once; the one that waits asks for it', async () => {
    const scene = await createScene()
    const { browser, world } = scene
    const request = await openReset(browser)
    const { code, token } = await lastReset(scene)
    const phone = world.browser()
    expect(await jsonOf(await look(phone, token))).toMatchObject({ request: null, loginName: BOB })
    const response = await setByLink(phone, token)
    expect(await jsonOf(response)).toEqual({ loginName: BOB })
    expect(response.headers.getSetCookie()).toEqual([])
    await expectProblem(await setByLink(phone, token, { newPassword: 'another quiet lantern' }), 400, 'code_invalid')
    await expectProblem(await enterResetCode(browser, request, code), 409, 'wrong_step')
    expect(await jsonOf(await browser.get(`/api/login/${request}`))).toMatchObject({
      step: { kind: 'first_factor' },
      reasons: ['password_was_reset'],
    })
    const signedIn = await browser.post(`/api/login/${request}/password`, { password: NEW_PASSWORD })
    expect(redirectOf((await jsonOf(signedIn)) as never).searchParams.has('code')).toBe(true)
    expect((await mailsOf(scene)).at(-1)).toMatchObject({ kind: 'password_reset' })
  })

  test('dies with its code, and its code with it', async () => {
    const scene = await createScene()
    const request = await openReset(scene.browser)
    const { code, token } = await lastReset(scene)
    await enterResetCode(scene.browser, request, code)
    await expectProblem(await look(scene.browser, token), 400, 'code_invalid')
    await expectProblem(await setByLink(scene.world.browser(), token), 400, 'code_invalid')
    expect((await setNewPassword(scene.browser, request)).status).toBe(200)
  })

  test('works when the request is gone', async () => {
    const scene = await createScene()
    const { browser } = scene
    const request = await openReset(browser)
    const { token } = await lastReset(scene)
    await browser.post(`/api/login/${request}/cancel`, {})
    expect(await jsonOf(await look(browser, token))).toMatchObject({ request: null })
    expect((await setByLink(browser, token)).status).toBe(200)
    expect(await outcome(scene, NEW_PASSWORD)).toBe('redirect')
  })

  test('is nobody’s any more after "back to the password"', async () => {
    const scene = await createScene()
    const request = await openReset(scene.browser)
    const { token } = await lastReset(scene)
    await scene.browser.post(`/api/login/${request}/reset-cancel`, {})
    await expectProblem(await look(scene.browser, token), 400, 'code_invalid')
  })

  test('of many at once one goes through', async () => {
    const scene = await createScene()
    await openReset(scene.browser)
    const { token } = await lastReset(scene)
    const passwords = Array.from({ length: 5 }, (_, nth) => `quiet lanterns, number ${nth}`)
    const all = await Promise.all(
      passwords.map((newPassword) => setByLink(scene.world.browser(), token, { newPassword })),
    )
    const winners = passwords.filter((_, nth) => all[nth]!.status === 200)
    expect(winners).toHaveLength(1)
    expect(await outcome(scene, winners[0]!)).toBe('redirect')
  })

  test('a password that breaks a rule does not spend it', async () => {
    const scene = await createScene()
    await openReset(scene.browser)
    const { token } = await lastReset(scene)
    const answer = await setByLink(scene.browser, token, { newPassword: 'short' })
    expect(await answer.json()).toMatchObject({ fields: { newPassword: ['too_short'] } })
    expect((await setByLink(scene.browser, token)).status).toBe(200)
  })

  test.each(['', 'x', `vl_${'A'.repeat(43)}`])('%j is none', async (token) => {
    const { browser } = await createScene()
    expect((await look(browser, token)).status).toBe(400)
    expect((await setByLink(browser, token)).status).toBe(400)
  })
})

describe('an organization that wants no resets', () => {
  test('offers none, and refuses every way', async () => {
    const scene = await createScene()
    const { browser, world, acme } = scene
    const request = await openReset(browser)
    const { code, token } = await lastReset(scene)
    await world.setPolicy('login', { allowPasswordReset: false }, acme)
    expect(await stepAfter(await browser.get(`/api/login/${request}`))).toMatchObject({
      kind: 'first_factor',
      canReset: false,
    })
    await expectProblem(await askForReset(browser, request), 403, 'forbidden')
    await expectProblem(await enterResetCode(browser, request, code), 409, 'wrong_step')
    const body = { token, newPassword: NEW_PASSWORD }
    await expectProblem(await browser.post('/api/password-reset', body), 400, 'code_invalid')
    // at once for a name nobody has too, or the two could be told apart
    const unknown = await openPassword(browser, 'nobody@acme.test')
    expect(await stepAfter(await browser.get(`/api/login/${unknown}`))).toMatchObject({ canReset: false })
    await expectProblem(await askForReset(browser, unknown), 403, 'forbidden')
  })
})

describe('limits', () => {
  test('no more than five mails an hour reach one person, every answer is the same, and bob still gets in', async () => {
    const scene = await createScene()
    const statuses = new Set<number>()
    for (let nth = 0; nth < 12; nth++) {
      const browser = scene.world.browser(`203.0.113.${nth}`)
      statuses.add((await askForReset(browser, await openPassword(browser))).status)
    }
    expect([...statuses]).toEqual([200])
    expect(await resetMails(scene)).toHaveLength(5)
    expect(await outcome(scene, PASSWORD)).toBe('redirect')
  })

  test('one address asks so often and no more', async () => {
    const scene = await createScene()
    let answer: Response | undefined
    for (let nth = 0; nth < 51; nth++)
      answer = await askForReset(scene.browser, await openPassword(scene.browser, `n${nth}`))
    await expectProblem(answer!, 429, 'too_many_attempts')
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
