import { expect, test } from 'vitest'
import { type LoginAction, permittedActions } from '../domain/login/permitted-actions.ts'
import type { LoginStepKind } from '../domain/login/steps.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { openDevice } from '../testing/device.ts'
import { addTotp, confirmTotp, openSecond } from '../testing/factors.ts'
import { openFinish, openOffer } from '../testing/passkeys.ts'
import { FORM, openForm, openRegistration } from '../testing/registration.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { demandChange, NEW_PASSWORD, openNewPassword, openReset } from '../testing/reset.ts'
import { BOB, createScene, type Scene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

/** How each action is asked for. */
const ACTIONS: Record<LoginAction, { path: string; body: object }> = {
  select_account: { path: 'account', body: { session: 'ses_unknown' } },
  forget_account: { path: 'forget', body: { session: 'ses_unknown' } },
  sign_out_account: { path: 'sign-out', body: { session: 'ses_unknown' } },
  restart: { path: 'restart', body: {} },
  identify: { path: 'identifier', body: { identifier: BOB } },
  check_password: { path: 'password', body: { password: 'wrong' } },
  check_passkey: { path: 'passkey-options', body: {} },
  make_passkey: { path: 'offered-passkey-options', body: {} },
  decline_passkey: { path: 'decline-passkey', body: {} },
  check_second_factor: { path: 'totp', body: { code: '000000' } },
  enroll_factor: { path: 'enroll-totp', body: {} },
  keep_recovery_codes: { path: 'keep-recovery-codes', body: {} },
  skip_enrollment: { path: 'skip-enrollment', body: {} },
  begin_reset: { path: 'reset', body: {} },
  enter_reset_code: { path: 'reset-code', body: { code: 'ABCDEFGH' } },
  leave_reset: { path: 'reset-cancel', body: {} },
  set_new_password: { path: 'new-password', body: { newPassword: NEW_PASSWORD } },
  keep_account: { path: 'keep-account', body: {} },
  change_password: { path: 'change-password', body: { newPassword: NEW_PASSWORD } },
  decide_consent: { path: 'consent', body: { allow: false } },
  begin_registration: { path: 'registration', body: {} },
  register: { path: 'register', body: FORM },
  change_registration: { path: 'registration-change', body: {} },
  enter_email_code: { path: 'email-code', body: { code: '000000' } },
  choose_credential: { path: 'first-passkey-options', body: {} },
  resend_email_code: { path: 'email-code-resend', body: {} },
  finish: { path: 'finish', body: {} },
  cancel: { path: 'cancel', body: {} },
}

type Reachable = Exclude<LoginStepKind, 'reject'>

/** Takes bob's browser to a step. `reject` is answered at once and never pending. */
const WAYS: Record<Reachable, (scene: Scene) => Promise<string>> = {
  identify: ({ browser }) => browser.open(authorizePath('ledger')),
  register: ({ browser }) => openForm(browser),
  verify_email: ({ browser }) => openRegistration(browser),
  finish_registration: (scene) => openFinish(scene, scene.browser),
  first_factor: async ({ browser }) => {
    const request = await browser.open(authorizePath('ledger'))
    await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
    return request
  },
  offer_passkey: (scene) => openOffer(scene, scene.browser),
  second_factor: async (scene) => {
    await addTotp(scene, scene.userId)
    return openSecond(scene.browser)
  },
  enroll_second_factor: async (scene) => {
    await scene.setPolicy('login', { enrollmentSkipLifetime: 60 })
    return openSecond(scene.browser)
  },
  recovery_codes: async (scene) => {
    await scene.setPolicy('login', { forceSecondFactor: 'always' })
    const request = await openSecond(scene.browser)
    await confirmTotp(scene, scene.browser, request)
    return request
  },
  reset_code: ({ browser }) => openReset(browser),
  new_password: (scene) => openNewPassword(scene, scene.browser),
  change_password: async (scene) => {
    await demandChange(scene, scene.userId)
    const request = await scene.browser.open(authorizePath('ledger'))
    await scene.browser.signIn(request, BOB, PASSWORD)
    return request
  },
  select_account: async ({ browser, signIn }) => {
    await signIn()
    return browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  },
  consent: async ({ browser, signIn }) => {
    await signIn()
    return browser.open(authorizePath('ledger', { prompt: 'consent' }))
  },
  confirm_device: async ({ browser, signIn, world }) => {
    await signIn()
    return openDevice(world, browser)
  },
  denied: async (scene) => {
    await scene.signIn()
    await change(scene, 'users', scene.userId, { state: 'deactivated' })
    return scene.browser.open(authorizePath('ledger'))
  },
  deletion_planned: async (scene) => {
    await scene.signIn()
    await change(scene, 'users', scene.userId, { deletionAt: scene.clock.now() + 1 })
    return scene.browser.open(authorizePath('ledger'))
  },
  complete: async ({ browser }) => {
    // begun in one tab, and signed in in another
    const request = await browser.open(authorizePath('ledger'))
    await browser.signIn(await browser.open(authorizePath('ledger')), BOB, PASSWORD)
    return request
  },
}

const steps = Object.keys(WAYS) as Reachable[]
const actions = Object.keys(ACTIONS) as LoginAction[]

test.each(steps)('at the step %s exactly what it permits may be done', async (step) => {
  for (const action of actions) {
    const scene = await createScene()
    const request = await WAYS[step](scene)
    expect((await jsonOf(await scene.browser.get(`/api/login/${request}`))).step).toMatchObject({ kind: step })
    const { path, body } = ACTIONS[action]
    const response = await scene.browser.post(`/api/login/${request}/${path}`, body)
    if (permittedActions(step).includes(action)) expect([action, response.status]).not.toEqual([action, 409])
    else {
      expect([action, response.status]).toEqual([action, 409])
      expect(await response.json()).toMatchObject({ code: 'wrong_step', step })
    }
  }
})

test('finish answers with the redirect, once', async () => {
  const scene = await createScene()
  const request = await WAYS.complete(scene)
  const answer = await jsonOf(await scene.browser.post(`/api/login/${request}/finish`, {}))
  expect(answer).toMatchObject({ step: { kind: 'redirect', redirect: { to: expect.stringContaining('code=vc_') } } })
  await expectProblem(await scene.browser.post(`/api/login/${request}/finish`, {}), 409, 'request_finished')
})

test.each(actions)('%s: a request that is finished, expired or of another browser is not touched', async (action) => {
  const { browser, world, clock, deps } = await createScene()
  const { path, body } = ACTIONS[action]
  const finished = await browser.open(authorizePath('ledger'))
  await browser.post(`/api/login/${finished}/cancel`, {})
  await expectProblem(await browser.post(`/api/login/${finished}/${path}`, body), 409, 'request_finished')

  const pending = await browser.open(authorizePath('ledger'))
  const row = async () =>
    (await deps.db.query.select().from(deps.db.tables.authRequests)).find(({ id }) => id === pending)
  const before = await row()
  for (const other of [world.browser(), await knownBrowser(world)])
    await expectProblem(await other.post(`/api/login/${pending}/${path}`, body), 404, 'request_not_found')
  clock.advance(3600)
  await expectProblem(await browser.post(`/api/login/${pending}/${path}`, body), 410, 'request_expired')
  expect(await row()).toEqual(before)
})

async function knownBrowser({ browser }: Scene['world']) {
  const other = browser()
  await other.open(authorizePath('ledger'))
  return other
}

test('a request of an application that was switched off meanwhile is gone', async () => {
  const { browser, world, ledger } = await createScene()
  const request = await browser.open(authorizePath('ledger'))
  await change(world, 'applications', ledger.id, { state: 'deactivated' })
  await expectProblem(await browser.get(`/api/login/${request}`), 404, 'request_not_found')
})

test('a person who was deactivated between the steps gets no code', async () => {
  const scene = await createScene()
  const request = await WAYS.first_factor(scene)
  await change(scene, 'users', scene.userId, { state: 'deactivated' })
  const answer = await scene.browser.post(`/api/login/${request}/password`, { password: PASSWORD })
  expect(await jsonOf(answer)).toMatchObject({ step: { kind: 'denied', reason: 'deactivated' } })
})
