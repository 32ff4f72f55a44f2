import { defaultPolicy } from '@vestibule/shared/policies.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { guess, guessOften } from '../testing/guesses.ts'
import { BOB } from '../testing/scene.ts'
import { HANDLE, openSignedOut, stepAfterPassword, trustedScene } from '../testing/trust.ts'
import { PASSWORD } from '../testing/world.ts'

describe('a lock after failures', () => {
  test('N051, N054 closes nothing in a browser that its owner trusts', async () => {
    const scene = await trustedScene()
    await openSignedOut(scene.browser)
    await guessOften({ browser: scene.world.browser('198.51.100.9'), clock: scene.clock }, BOB, 10)
    const there = await openSignedOut(scene.browser)
    const typed = await jsonOf(await scene.browser.post(`/api/login/${there}/identifier`, { identifier: BOB }))
    expect(typed).toMatchObject({ step: { methods: ['passkey', 'password'], lockedFor: null } })
    expect((await stepAfterPassword(scene.browser)).step.kind).toBe('redirect')
    // and leaves it to strangers as it is
    await expectProblem(await guess(scene.world.browser('198.51.100.9'), BOB, PASSWORD), 429, 'too_many_attempts')
  })

  test('also where the browser was closed meanwhile', async () => {
    const scene = await trustedScene()
    scene.browser.jar.delete(HANDLE)
    await guessOften({ browser: scene.world.browser('198.51.100.9'), clock: scene.clock }, BOB, 10)
    expect((await stepAfterPassword(scene.browser)).step.kind).toBe('redirect')
  })

  test('counts the guesses that are made there by themselves', async () => {
    const scene = await trustedScene()
    await openSignedOut(scene.browser)
    expect((await guessOften(scene, BOB, 10)).at(-1)).toBe('too_many_attempts 900')
    await expectProblem(await guess(scene.browser, BOB, PASSWORD), 429, 'too_many_attempts')
    expect((await guess(scene.world.browser('198.51.100.9'), BOB, PASSWORD)).status).toBe(200)
  })

  test('closes it to somebody else there', async () => {
    const scene = await trustedScene()
    await scene.setPolicy('lockout', { ...defaultPolicy('lockout'), maxFailures: 3 })
    const ann = 'ann@acme.test'
    await scene.addUser('ann')
    await guessOften({ browser: scene.world.browser('198.51.100.9'), clock: scene.clock }, ann, 3)
    await expectProblem(await guess(scene.browser, ann, PASSWORD), 429, 'too_many_attempts')
  })
})
