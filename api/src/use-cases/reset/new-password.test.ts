import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { mailsOf } from '../../testing/registration.ts'
import { NEW_PASSWORD, openNewPassword, outcome, setNewPassword } from '../../testing/reset.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

/** An application that gets refresh tokens with every sign-in. */
const REFRESHED = { application: { settings: { sessionRefreshToken: true } } }

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
