import { describe, expect, test } from 'vitest'
import { clientAnswer, expectProblem, jsonOf } from '../../testing/answers.ts'
import type { Browser } from '../../testing/browser.ts'
import { redirectOf } from '../../testing/browser.ts'
import { mailsOf } from '../../testing/registration.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { demandChange, NEW_PASSWORD, openNewPassword, setNewPassword } from '../../testing/reset.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

const DAY = 86_400

const change = (browser: Browser, request: string, more: object = {}) =>
  browser.post(`/api/login/${request}/change-password`, { newPassword: NEW_PASSWORD, ...more })

/** Bob at the step that asks for another password. */
async function atChange({ browser, ...scene }: Pick<Scene, 'browser' | 'deps' | 'userId'>): Promise<string> {
  await demandChange(scene, scene.userId)
  const request = await browser.open(authorizePath('ledger'))
  expect(await browser.signIn(request, BOB, PASSWORD)).toMatchObject({
    step: { kind: 'change_password', rules: { minLength: 12 } },
    reasons: ['password_must_change'],
  })
  return request
}

describe('a password that has to be replaced', () => {
  test('is, and the application gets its answer in the same breath', async () => {
    const scene = await createScene()
    const { browser, redeem } = scene
    const request = await atChange(scene)
    const before = browser.jar.get('vestibule_device') ?? [...browser.jar.values()].join()
    const answer = await change(browser, request)
    expect(answer.headers.getSetCookie().join()).not.toBe('')
    expect(browser.jar.get('vestibule_device') ?? [...browser.jar.values()].join()).not.toBe(before)
    const code = redirectOf((await jsonOf(answer)) as never).searchParams.get('code') ?? ''
    expect((await redeem(code)).status).toBe(200)
    const elsewhere = scene.world.browser()
    const answered = await elsewhere.signIn(await elsewhere.open(authorizePath('ledger')), BOB, NEW_PASSWORD)
    expect(answered.step.kind).toBe('redirect')
  })

  test('is passed by nobody: not by finishing, picking or coming again', async () => {
    const scene = await createScene()
    const { browser } = scene
    const request = await atChange(scene)
    await expectProblem(await browser.post(`/api/login/${request}/finish`, {}), 409, 'wrong_step')
    const again = await browser.open(authorizePath('ledger'))
    expect((await browser.step(again)).step.kind).toBe('change_password')
    expect(clientAnswer(await scene.authorize({ prompt: 'none' }))).toMatchObject({ error: 'interaction_required' })
    await expectProblem(await browser.get('/api/me'), 401, 'unauthenticated')
    const picker = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
    const { step } = await browser.step(picker)
    const session = step.kind === 'select_account' ? step.accounts[0]!.session : ''
    const picked = await browser.post(`/api/login/${picker}/account`, { session })
    expect(await jsonOf(picked)).toMatchObject({ step: { kind: 'change_password' } })
  })

  test('closes the account pages too, and leads there once it is replaced', async () => {
    const scene = await createScene()
    const { browser, deps, userId } = scene
    await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
    await demandChange({ deps }, userId)
    await expectProblem(await browser.get('/api/me'), 401, 'unauthenticated')
    const request = await browser.open('/account')
    expect((await browser.step(request)).step.kind).toBe('change_password')
    expect(redirectOf((await jsonOf(await change(browser, request))) as never).pathname).toBe('/account')
    expect((await browser.get('/api/me')).status).toBe(200)
  })

  test('is proven once more where the last proof is of another day', async () => {
    const scene = await createScene()
    const { browser, clock, deps, userId, signIn } = scene
    await signIn()
    clock.advance(DAY)
    await demandChange({ deps }, userId)
    const request = await browser.open(authorizePath('ledger'))
    expect(await browser.step(request)).toMatchObject({
      step: { kind: 'first_factor' },
      reasons: ['password_must_change'],
    })
    await expectProblem(await change(browser, request), 409, 'wrong_step')
    const proven = await browser.post(`/api/login/${request}/password`, { password: PASSWORD })
    expect(await jsonOf(proven)).toMatchObject({ step: { kind: 'change_password' } })
    expect(redirectOf((await jsonOf(await change(browser, request))) as never).searchParams.has('code')).toBe(true)
  })

  test('is not replaced by itself, nor by what the policy refuses', async () => {
    const scene = await createScene({ user: { password: 'four old lanterns' } })
    await demandChange(scene, scene.userId)
    const { browser } = scene
    const request = await browser.open(authorizePath('ledger'))
    await browser.signIn(request, BOB, 'four old lanterns')
    for (const [newPassword, broken] of [
      ['four old lanterns', 'reused'],
      ['short', 'too_short'],
      ['password1234', 'common'],
      ['bob is my name', 'context'],
    ])
      expect(await jsonOf(await change(browser, request, { newPassword }))).toMatchObject({
        code: 'invalid_input',
        fields: { newPassword: [broken] },
      })
    expect((await browser.step(request)).step.kind).toBe('change_password')
  })

  test('ends the other sessions, keeps this one, and tells the owner', async () => {
    const scene = await createScene()
    const other = scene.world.browser()
    await other.signIn(await other.open('/account'), BOB, PASSWORD)
    const request = await atChange(scene)
    await change(scene.browser, request)
    await expectProblem(await other.get('/api/me'), 401, 'unauthenticated')
    expect(clientAnswer(await scene.authorize({ prompt: 'none' }))).toHaveProperty('code')
    const notice = (await mailsOf(scene)).at(-1)
    expect(notice).toMatchObject({ kind: 'password_changed', recipient: BOB })
    expect(JSON.stringify(notice)).not.toContain(NEW_PASSWORD)
    expect(await scene.events()).toContainEqual(
      expect.objectContaining({ type: 'user.password_set', actor: scene.userId, target: scene.userId }),
    )
  })

  test('leaves the other sessions where the owner wants it', async () => {
    const scene = await createScene()
    const other = scene.world.browser()
    await other.signIn(await other.open('/account'), BOB, PASSWORD)
    await change(scene.browser, await atChange(scene), { endOtherSessions: false })
    expect((await other.get('/api/me')).status).toBe(200)
  })

  test('of many changes at once one counts', async () => {
    const scene = await createScene()
    const request = await atChange(scene)
    const passwords = Array.from({ length: 4 }, (_, nth) => `quiet lanterns, number ${nth}`)
    const all = await Promise.all(passwords.map((newPassword) => change(scene.browser, request, { newPassword })))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('is replaced by a reset as well', async () => {
    const scene = await createScene()
    await demandChange(scene, scene.userId)
    const request = await openNewPassword(scene, scene.browser)
    await setNewPassword(scene.browser, request)
    const answer = await scene.browser.post(`/api/login/${request}/password`, { password: NEW_PASSWORD })
    expect(await jsonOf(answer)).toMatchObject({ step: { kind: 'redirect' } })
  })
})

describe('an age', () => {
  test('ends a password to the second, and a change begins anew', async () => {
    const scene = await createScene()
    const { browser, world, clock, acme } = scene
    await world.setPolicy('login', { passwordCheckLifetime: 100 * DAY, sessionIdleLifetime: 100 * DAY }, acme)
    await world.setPolicy('password', { maxAge: 30 * DAY }, acme)
    await scene.signIn()
    clock.advance(30 * DAY - 1)
    expect(clientAnswer(await scene.authorize({ prompt: 'none' }))).toHaveProperty('code')
    clock.advance(1)
    expect(clientAnswer(await scene.authorize({ prompt: 'none' }))).toMatchObject({ error: 'interaction_required' })
    const request = await browser.open(authorizePath('ledger'))
    expect(await browser.step(request)).toMatchObject({ step: { kind: 'first_factor' }, reasons: ['password_expired'] })
    const proven = await browser.post(`/api/login/${request}/password`, { password: PASSWORD })
    expect(await jsonOf(proven)).toMatchObject({ step: { kind: 'change_password' }, reasons: ['password_expired'] })
    await change(browser, request)
    clock.advance(30 * DAY - 1)
    expect(clientAnswer(await scene.authorize({ prompt: 'none' }))).toHaveProperty('code')
  })

  test('of the instance counts where the organization has no policy of its own', async () => {
    const scene = await createScene()
    await scene.world.setPolicy('password', { maxAge: DAY }, 'instance')
    await scene.signIn()
    scene.clock.advance(DAY)
    expect(clientAnswer(await scene.authorize({ prompt: 'none' }))).toMatchObject({ error: 'interaction_required' })
  })
})
