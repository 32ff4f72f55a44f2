import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import {
  askForReset,
  enterResetCode,
  lastReset,
  MINUTE,
  openNewPassword,
  openPassword,
  openReset,
  outcome,
  setNewPassword,
  stepAfter,
} from '../../testing/reset.ts'
import { createScene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

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
