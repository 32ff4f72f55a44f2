import type { CreationOptions } from '@vestibule/shared/contract/webauthn.ts'
import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { type Browser, redirectOf } from '../../testing/browser.ts'
import { addTotp, enterTotp, totpCode } from '../../testing/factors.ts'
import { makeOffered, openOffer, touchPasskey } from '../../testing/passkeys.ts'
import { codeFor, FORM, mailsOf, openRegistration } from '../../testing/registration.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { NEW_PASSWORD, openNewPassword, setNewPassword } from '../../testing/reset.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

const MINUTE = 60

const device = () => new SoftAuthenticator(ISSUER)
const keysOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.webauthnCredentials)
const kindOf = async (browser: Browser, request: string) => (await browser.step(request)).step.kind
const decline = (browser: Browser, request: string) => browser.post(`/api/login/${request}/decline-passkey`, {})
const optionsFor = async (browser: Browser, request: string) =>
  (await jsonOf<{ options: CreationOptions }>(await browser.post(`/api/login/${request}/offered-passkey-options`, {})))
    .options
const send = (browser: Browser, request: string, credential: object) =>
  browser.post(`/api/login/${request}/offered-passkey`, { credential })
/** With the password, in a browser that keeps passkeys. */
const signIn = async (browser: Browser, request: string, password: string) =>
  jsonOf<LoginAnswer>(await browser.post(`/api/login/${request}/password`, { password, keepsPasskeys: true }))

/** Somebody has made an account and is offered a passkey. */
async function offered(parameters?: Record<string, string>) {
  const scene = await createScene()
  return { ...scene, request: await openOffer(scene, scene.browser, parameters) }
}

/** Bob has a new password, and signs in with it. */
async function afterReset(scene: Scene) {
  const request = await openNewPassword(scene, scene.browser)
  await setNewPassword(scene.browser, request)
  return { request, answer: await signIn(scene.browser, request, NEW_PASSWORD) }
}

describe('P1 a passkey is offered', () => {
  test('after a registration, and is a check of this very login: two factors', async () => {
    const scene = await offered({ acr_values: 'phr' })
    const { browser, request } = scene
    expect(await kindOf(browser, request)).toBe('offer_passkey')
    const authenticator = device()
    const { response } = await makeOffered(browser, request, authenticator)
    const code = redirectOf(await jsonOf<LoginAnswer>(response)).searchParams.get('code') ?? ''
    const { id_token = '' } = await jsonOf<{ id_token?: string }>(await scene.redeem(code))
    expect(decodeJwt(id_token)).toMatchObject({ acr: 'phr' })
    // and signs in elsewhere from now on
    const other = scene.world.browser()
    const used = await touchPasskey(other, await other.open(authorizePath('ledger')), authenticator)
    expect(redirectOf(await jsonOf<LoginAnswer>(used.response)).searchParams.has('code')).toBe(true)
  })

  test('its owner is told by mail, and it stands in the activity', async () => {
    const scene = await offered()
    await makeOffered(scene.browser, scene.request, device())
    expect((await mailsOf(scene)).filter(({ kind }) => kind === 'factor_added')).toMatchObject([
      { recipient: FORM.email, values: { factor: 'passkey', notMeLink: expect.stringContaining('/not-me#') } },
    ])
    const events = await scene.deps.db.query.select().from(scene.deps.db.tables.events)
    expect(events.filter(({ type }) => type === 'user.factor_added')).toHaveLength(1)
  })

  test('after a reset, once the new password was shown', async () => {
    const scene = await createScene()
    const { request, answer } = await afterReset(scene)
    expect(answer.step).toEqual({ kind: 'offer_passkey' })
    const { response } = await makeOffered(scene.browser, request, device())
    expect(redirectOf(await jsonOf<LoginAnswer>(response)).searchParams.has('code')).toBe(true)
  })

  test('after a reset of somebody with a second factor, once that was shown too', async () => {
    const scene = await createScene()
    await addTotp(scene, scene.userId)
    const { request, answer } = await afterReset(scene)
    expect(answer.step.kind).toBe('second_factor')
    await expectProblem(
      await scene.browser.post(`/api/login/${request}/offered-passkey-options`, {}),
      409,
      'wrong_step',
    )
    await enterTotp(scene.browser, request, totpCode(scene))
    expect(await kindOf(scene.browser, request)).toBe('offer_passkey')
  })

  test('by nothing but that: not by a sign-in, not in a browser that keeps none', async () => {
    const scene = await createScene()
    const { browser, world } = scene
    const plain = await browser.open(authorizePath('ledger'))
    await browser.post(`/api/login/${plain}/identifier`, { identifier: BOB })
    expect((await signIn(browser, plain, PASSWORD)).step.kind).toBe('redirect')
    const other = world.browser()
    const request = await openRegistration(other)
    const entered = await other.post(`/api/login/${request}/email-code`, { code: await codeFor(world, request) })
    expect((await jsonOf<LoginAnswer>(entered)).step.kind).toBe('redirect')
  })

  test('to nobody where the policy has none, also when it changes its mind between', async () => {
    const scene = await offered()
    const { browser, request, setPolicy } = scene
    const credential = device().create(await optionsFor(browser, request))
    await setPolicy('login', { allowPasskey: false })
    await expectProblem(await send(browser, request, credential), 409, 'wrong_step')
    expect(await keysOf(scene)).toEqual([])
    expect(await kindOf(browser, request)).toBe('complete')
  })

  test('"not now" leaves at once, and is not asked again in this flow', async () => {
    const { browser, request } = await offered({ prompt: 'create consent' })
    expect((await jsonOf<LoginAnswer>(await decline(browser, request))).step.kind).toBe('consent')
    expect(await kindOf(browser, request)).toBe('consent')
    await expectProblem(await decline(browser, request), 409, 'wrong_step')
  })

  test('"not now" counts for a second factor too: nobody is offered one thing after the other', async () => {
    const { browser, request, setPolicy, clock } = await offered()
    await setPolicy('login', { enrollmentSkipLifetime: 600 })
    expect((await jsonOf<LoginAnswer>(await decline(browser, request))).step.kind).toBe('redirect')
    clock.advance(601)
    const later = await browser.open(authorizePath('ledger', { prompt: 'login' }))
    expect((await signIn(browser, later, FORM.newPassword)).step.kind).toBe('enroll_second_factor')
  })

  test('and whoever names somebody else meanwhile takes no offer along', async () => {
    const { browser, request } = await offered()
    const credential = device().create(await optionsFor(browser, request))
    await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
    await expectProblem(await send(browser, request, credential), 409, 'wrong_step')
    expect((await signIn(browser, request, PASSWORD)).step.kind).toBe('redirect')
  })
})

describe('what is offered is made once, by whom it is for', () => {
  test.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.test' }],
    ['nobody recognised', { userVerified: false }],
    ['something else that was asked', { type: 'webauthn.get' }],
  ])('it is refused for %s, its challenge is spent, and the offer stands', async (_what, lies) => {
    const scene = await offered()
    const { browser, request } = scene
    const { options, response } = await makeOffered(browser, request, device(), lies)
    await expectProblem(response, 401, 'passkey_refused')
    await expectProblem(await send(browser, request, device().create(options)), 409, 'challenge_over')
    expect(await kindOf(browser, request)).toBe('offer_passkey')
    expect((await jsonOf<LoginAnswer>(await decline(browser, request))).step.kind).toBe('redirect')
    expect(await keysOf(scene)).toEqual([])
  })

  test('N088 of many who send the same answer at once one is heard', async () => {
    const scene = await offered()
    const { browser, request } = scene
    const credential = device().create(await optionsFor(browser, request))
    const all = await Promise.all(Array.from({ length: 8 }, () => send(browser, request, credential)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await keysOf(scene)).toHaveLength(1)
  })

  test('N088 the answer to a challenge of another flow, of another browser or of another time makes none', async () => {
    const scene = await offered()
    const { browser, world, clock, request } = scene
    const other = world.browser()
    const elsewhere = await openRegistration(other, { email: 'mia@elsewhere.test' })
    await other.post(`/api/login/${elsewhere}/email-code`, {
      code: await codeFor(world, elsewhere),
      keepsPasskeys: true,
    })
    const theirs = device().create(await optionsFor(other, elsewhere))
    await expectProblem(await send(browser, request, theirs), 409, 'challenge_over')
    await expectProblem(await send(other, request, theirs), 404, 'request_not_found')
    const mine = device().create(await optionsFor(browser, request))
    clock.advance(10 * MINUTE)
    await expectProblem(await send(browser, request, mine), 409, 'challenge_over')
    expect(await keysOf(scene)).toEqual([])
  })

  test('N088 a challenge for signing in makes none', async () => {
    const scene = await offered()
    const { browser, clock, request } = scene
    clock.advance(1)
    const begun = await browser.open(authorizePath('ledger', { prompt: 'login' }))
    const { options } = await jsonOf<{ options: { challenge: string } }>(
      await browser.post(`/api/login/${begun}/passkey-options`, {}),
    )
    const honest = await optionsFor(browser, request)
    const credential = device().create({ ...honest, challenge: options.challenge })
    await expectProblem(await send(browser, request, credential), 409, 'challenge_over')
    expect(await keysOf(scene)).toEqual([])
  })

  test('a locked, a deactivated and a signed-out account keeps nothing of it', async () => {
    for (const hurt of ['locked', 'deactivated', 'signed out'] as const) {
      const scene = await offered()
      const { browser, request, deps, clock } = scene
      const credential = device().create(await optionsFor(browser, request))
      const [session] = await deps.db.query.select().from(deps.db.tables.sessions)
      await deps.db.transaction(async (tx) => {
        if (hurt === 'signed out') await deps.repositories.sessions.end(tx, [session!.id], clock.at)
        else await deps.repositories.users.change(tx, session!.userId, { state: hurt }, clock.at)
      })
      await expectProblem(await send(browser, request, credential), 409, 'wrong_step')
      expect(await keysOf(scene)).toEqual([])
    }
  })
})
