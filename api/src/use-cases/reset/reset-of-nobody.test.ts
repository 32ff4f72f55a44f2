import { describe, expect, test } from 'vitest'
import { expectProblem } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import {
  askForReset,
  enterResetCode,
  lastReset,
  NEW_PASSWORD,
  openNewPassword,
  openPassword,
  openReset,
  outcome,
  resetMails,
  setNewPassword,
  stepAfter,
} from '../../testing/reset.ts'
import { createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

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
