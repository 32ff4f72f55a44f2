import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { mailsOf } from '../../testing/registration.ts'
import {
  enterResetCode,
  lastReset,
  NEW_PASSWORD,
  openReset,
  outcome,
  setNewPassword,
  stepAfter,
} from '../../testing/reset.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'

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
