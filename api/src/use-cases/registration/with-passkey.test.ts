import type { CreationOptions } from '@vestibule/shared/contract/webauthn.ts'
import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { type Browser, redirectOf } from '../../testing/browser.ts'
import { makeFirst, openFinish, touchPasskey } from '../../testing/passkeys.ts'
import { codeFor, enterCode, FORM, mailsOf, openForm, openRegistration, sendForm } from '../../testing/registration.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import {
  askForReset,
  enterResetCode,
  lastReset,
  NEW_PASSWORD as RESET_PASSWORD,
  setNewPassword,
} from '../../testing/reset.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { ISSUER } from '../../testing/world.ts'

const MINUTE = 60
const BY_PASSKEY = { way: 'passkey', newPassword: '' }

const device = () => new SoftAuthenticator(ISSUER)
const usersOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.users)
const keysOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.webauthnCredentials)
const kindOf = async (browser: Browser, request: string) => (await browser.step(request)).step.kind
const optionsFor = async (browser: Browser, request: string) =>
  (await jsonOf<{ options: CreationOptions }>(await browser.post(`/api/login/${request}/first-passkey-options`, {})))
    .options
const send = (browser: Browser, request: string, credential: object) =>
  browser.post(`/api/login/${request}/first-passkey`, { credential })
const choose = (browser: Browser, request: string, newPassword: string) =>
  browser.post(`/api/login/${request}/first-password`, { newPassword })
const codeOf = async (response: Response) =>
  redirectOf(await jsonOf<LoginAnswer>(response)).searchParams.get('code') ?? ''

/** Somebody who wants a passkey and no password has proven the address. */
async function proven(parameters: Record<string, string> = {}) {
  const scene = await createScene()
  return { ...scene, request: await openFinish(scene, scene.browser, { parameters }) }
}

/** Nia has an account, and a passkey opens it. */
async function withAccount() {
  const scene = await proven()
  const authenticator = device()
  const made = await makeFirst(scene.browser, scene.request, authenticator)
  return { ...scene, authenticator, made }
}

describe('somebody registers with a passkey and no password', () => {
  test('the address is proven first, then the passkey is made, and nobody is asked for anything again', async () => {
    const scene = await createScene()
    const { browser, world } = scene
    const request = await openForm(browser, { acr_values: 'phr' })
    expect(await browser.step(request)).toMatchObject({ step: { ways: ['passkey', 'password'] } })
    await sendForm(browser, request, BY_PASSKEY)
    expect(await kindOf(browser, request)).toBe('verify_email')
    await expectProblem(await browser.post(`/api/login/${request}/first-passkey-options`, {}), 409, 'wrong_step')
    const entered = await jsonOf<LoginAnswer>(await enterCode(browser, request, await codeFor(world, request)))
    expect(entered.step).toMatchObject({
      kind: 'finish_registration',
      email: FORM.email,
      ways: ['passkey', 'password'],
    })
    expect(await usersOf(scene)).toHaveLength(1)

    const { options, response } = await makeFirst(browser, request, device())
    expect(options.user).toMatchObject({ name: FORM.email, displayName: 'Nia Okoye' })
    const { id_token = '' } = await jsonOf<{ id_token?: string }>(await scene.redeem(await codeOf(response)))
    expect(decodeJwt(id_token)).toMatchObject({ acr: 'phr', amr: ['pop', 'user', 'mfa'] })
    const nia = (await usersOf(scene)).find(({ id }) => id !== scene.userId)
    expect(nia).toMatchObject({ displayName: 'Nia Okoye', webauthnHandle: options.user.id })
    expect(await scene.deps.repositories.users.findPassword(nia!.id)).toBeNull()
  })

  test('its owner is told of the passkey, and signs in by it alone from then on', async () => {
    const scene = await withAccount()
    expect((await mailsOf(scene)).map(({ kind }) => kind)).toEqual(['verify_email', 'factor_added'])
    const stranger = scene.world.browser()
    const { response } = await touchPasskey(stranger, await stranger.open(authorizePath('ledger')), scene.authenticator)
    expect(await codeOf(response)).not.toBe('')
    const guesser = scene.world.browser()
    const request = await guesser.open(authorizePath('ledger'))
    for (const guess of [' ', FORM.newPassword, 'null'])
      expect(await guesser.signIn(request, FORM.email, guess)).toMatchObject({ code: 'invalid_credentials' })
  })

  test('its only way in can not be removed', async () => {
    const { browser, made } = await withAccount()
    await browser.open('/account').catch(() => '')
    const { passkeys } = await jsonOf<{ passkeys: { id: string; isRemovable: boolean }[] }>(
      await browser.get('/api/me/passkeys'),
    )
    expect(passkeys).toMatchObject([{ isRemovable: false }])
    await expectProblem(await browser.post('/api/me/passkeys/remove', { id: passkeys[0]!.id }), 409, 'last_way')
    expect(made.response.status).toBe(200)
  })

  test('"forgot password" answers like for everybody, and sets a first one where the policy lets it', async () => {
    const { world, setPolicy } = await withAccount()
    const stranger = world.browser()
    const answers = []
    for (const name of [FORM.email, 'nobody@acme.test']) {
      const request = await stranger.open(authorizePath('ledger'))
      await stranger.post(`/api/login/${request}/identifier`, { identifier: name })
      const { step, reasons } = await jsonOf<LoginAnswer>(await askForReset(stranger, request))
      answers.push({ step, reasons })
    }
    expect(answers[1]).toEqual(answers[0])

    const request = await stranger.open(authorizePath('ledger'))
    await stranger.post(`/api/login/${request}/identifier`, { identifier: FORM.email })
    world.clock.advance(30)
    await askForReset(stranger, request)
    await enterResetCode(stranger, request, (await lastReset(world)).code)
    await setPolicy('login', { allowPassword: false })
    await expectProblem(await setNewPassword(stranger, request), 409, 'wrong_step')
    await setPolicy('login', { allowPassword: true })
    await setNewPassword(stranger, request)
    expect((await stranger.signIn(request, FORM.email, RESET_PASSWORD)).step.kind).toBe('redirect')
  })

  test('a password after all: by the same rules, and it opens the account', async () => {
    const scene = await proven()
    const { browser, request, world } = scene
    for (const [password, problem] of [
      ['', 'required'],
      ['short', 'too_short'],
      ['nia okoye nia okoye', 'context'],
    ] as const) {
      const refused = await jsonOf<{ fields: { newPassword: string[] } }>(await choose(browser, request, password))
      expect(refused).toMatchObject({ code: 'invalid_input', fields: { newPassword: [problem] } })
    }
    expect(await codeOf(await choose(browser, request, FORM.newPassword))).not.toBe('')
    const other = world.browser()
    const again = await other.open(authorizePath('ledger'))
    expect((await other.signIn(again, FORM.email, FORM.newPassword)).step.kind).toBe('redirect')
  })
})

describe('the policy decides', () => {
  test('where only passkeys open accounts no password is taken', async () => {
    const { browser, world, setPolicy } = await createScene()
    await setPolicy('login', { allowPassword: false })
    const request = await openForm(browser)
    expect(await browser.step(request)).toMatchObject({ step: { kind: 'register', ways: ['passkey'] } })
    await expectProblem(await sendForm(browser, request), 403, 'forbidden')
    await sendForm(browser, request, BY_PASSKEY)
    await enterCode(browser, request, await codeFor(world, request))
    await expectProblem(await choose(browser, request, FORM.newPassword), 403, 'forbidden')
    expect(await codeOf((await makeFirst(browser, request, device())).response)).not.toBe('')
  })

  test('where only passwords do no passkey is made', async () => {
    const { browser, setPolicy } = await createScene()
    await setPolicy('login', { allowPasskey: false })
    const request = await openForm(browser)
    expect(await browser.step(request)).toMatchObject({ step: { kind: 'register', ways: ['password'] } })
    await expectProblem(await sendForm(browser, request, BY_PASSKEY), 403, 'forbidden')
  })

  test('when it changes its mind meanwhile the other way stays, with everything that was typed', async () => {
    const scene = await proven()
    const { browser, request, setPolicy } = scene
    const credential = device().create(await optionsFor(browser, request))
    await setPolicy('login', { allowPasskey: false })
    await expectProblem(await send(browser, request, credential), 403, 'forbidden')
    expect(await keysOf(scene)).toEqual([])
    expect((await browser.step(request)).step).toMatchObject({ kind: 'finish_registration', ways: ['password'] })
    expect(await codeOf(await choose(browser, request, FORM.newPassword))).not.toBe('')
  })

  test('a password that was chosen opens nothing where none does any more: a passkey is made instead', async () => {
    const scene = await createScene()
    const { browser, setPolicy } = scene
    const request = await openRegistration(browser)
    const code = await codeFor(scene, request)
    await setPolicy('login', { allowPassword: false })
    const { step } = await jsonOf<LoginAnswer>(await enterCode(browser, request, code))
    expect(step).toMatchObject({ kind: 'finish_registration', ways: ['passkey'] })
    expect(await codeOf((await makeFirst(browser, request, device())).response)).not.toBe('')
    const nia = (await usersOf(scene)).find(({ id }) => id !== scene.userId)
    expect(await scene.deps.repositories.users.findPassword(nia!.id)).toBeNull()
  })

  test('N238 REG - switched off between the proof and the passkey nobody gets in', async () => {
    const scene = await proven()
    const { browser, request, setPolicy } = scene
    const credential = device().create(await optionsFor(browser, request))
    await setPolicy('registration', { isAllowed: false })
    await expectProblem(await send(browser, request, credential), 403, 'registration_closed')
    await expectProblem(await choose(browser, request, FORM.newPassword), 403, 'registration_closed')
    expect(await usersOf(scene)).toHaveLength(1)
  })
})

describe('a first passkey', () => {
  test.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.test' }],
    ['nobody recognised', { userVerified: false }],
    ['something else that was asked', { type: 'webauthn.get' }],
  ])('is refused for %s, its challenge is spent, and both ways stay', async (_what, lies) => {
    const scene = await proven()
    const { browser, request } = scene
    const { options, response } = await makeFirst(browser, request, device(), lies)
    await expectProblem(response, 401, 'passkey_refused')
    await expectProblem(await send(browser, request, device().create(options)), 409, 'challenge_over')
    expect(await usersOf(scene)).toHaveLength(1)
    expect((await browser.step(request)).step).toMatchObject({ kind: 'finish_registration' })
  })

  test('N088 of many who send it at once one makes the account', async () => {
    const scene = await proven()
    const { browser, request } = scene
    const credential = device().create(await optionsFor(browser, request))
    const all = await Promise.all(Array.from({ length: 8 }, () => send(browser, request, credential)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await usersOf(scene)).toHaveLength(2)
    expect(await keysOf(scene)).toHaveLength(1)
  })

  test('N088 made for a form that was changed since, in another browser, or too late, opens nothing', async () => {
    const scene = await proven()
    const { browser, request, clock, world } = scene
    const old = device().create(await optionsFor(browser, request))
    await expectProblem(await send(world.browser(), request, old), 404, 'request_not_found')
    await browser.post(`/api/login/${request}/registration-change`, {})
    await expectProblem(await send(browser, request, old), 409, 'wrong_step')
    clock.advance(30)
    await sendForm(browser, request, { ...BY_PASSKEY, email: 'mia@elsewhere.test' })
    await enterCode(browser, request, await codeFor(world, request))
    await expectProblem(await send(browser, request, old), 409, 'challenge_over')
    const late = device().create(await optionsFor(browser, request))
    clock.advance(10 * MINUTE)
    await expectProblem(await send(browser, request, late), 409, 'challenge_over')
    expect(await usersOf(scene)).toHaveLength(1)
  })

  test('N098 of which somebody else has the id makes no account, and theirs stays as it is', async () => {
    const scene = await withAccount()
    const other = scene.world.browser()
    const request = await openFinish(scene, other, { change: { email: 'mia@elsewhere.test' } })
    const credentialId = scene.made.credential.id
    const { response } = await makeFirst(other, request, device(), { credentialId })
    await expectProblem(response, 401, 'passkey_refused')
    expect(await usersOf(scene)).toHaveLength(2)
    expect(await keysOf(scene)).toHaveLength(1)
  })

  test('an address that went to somebody else meanwhile makes no second account: the form is there again, and says why', async () => {
    const scene = await proven()
    const { browser, request, world, clock } = scene
    const quicker = world.browser()
    const theirs = await openRegistration(quicker, {}, { ui_locales: 'fr' })
    await enterCode(quicker, theirs, await codeFor(world, theirs))
    const { response } = await makeFirst(browser, request, device())
    expect(await jsonOf<LoginAnswer>(response)).toMatchObject({
      step: { kind: 'register', values: { givenName: 'Nia' } },
      reasons: ['email_taken'],
    })
    clock.advance(30)
    const other = { ...BY_PASSKEY, email: 'mia@elsewhere.test' }
    expect(await jsonOf<LoginAnswer>(await sendForm(browser, request, other))).toMatchObject({ reasons: [] })
    expect(await usersOf(scene)).toHaveLength(2)
    expect(await keysOf(scene)).toEqual([])
  })

  test('an address that has an account goes the same way, and no code fits', async () => {
    const scene = await createScene()
    const { browser } = scene
    const steps = []
    for (const email of [BOB, 'free@acme.test']) {
      const request = await openForm(browser)
      const { step } = await jsonOf<LoginAnswer>(await sendForm(browser, request, { ...BY_PASSKEY, email }))
      steps.push({ ...step, email: '' })
      if (email === BOB) await expectProblem(await enterCode(browser, request, '123456'), 400, 'code_wrong')
    }
    expect(steps[1]).toEqual(steps[0])
    expect((await mailsOf(scene)).map(({ kind }) => kind)).toContain('address_taken')
  })
})
