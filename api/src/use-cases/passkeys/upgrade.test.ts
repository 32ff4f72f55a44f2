import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { addTotp, enterTotp, totpCode } from '../../testing/factors.ts'
import { addPasskey, makeByItself, signInByPassword, touchPasskey } from '../../testing/passkeys.ts'
import { mailsOf } from '../../testing/registration.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

const keysOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.webauthnCredentials)
const challengesOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.webauthnChallenges)
const send = (browser: Scene['browser'], body: object) => browser.post('/api/passkey-upgrade', body)

/** Bob is let out by his password, and his browser may make a passkey. */
async function upgrading() {
  const scene = await createScene()
  return { ...scene, step: await signInByPassword(scene.browser) }
}

describe('P6 a browser makes a passkey by itself, right after a password was accepted', () => {
  test('it signs in from then on, its owner is told, and this login claims no more than a password', async () => {
    const scene = await upgrading()
    const { browser, step, redeem } = scene
    const authenticator = new SoftAuthenticator(ISSUER)
    expect((await makeByItself(browser, step, authenticator)).response.status).toBe(200)
    const code = new URL(step.redirect.to).searchParams.get('code') ?? ''
    expect(await jsonOf(await redeem(code))).toHaveProperty('id_token')
    const [session] = await scene.deps.db.query.select().from(scene.deps.db.tables.sessions)
    expect(session!.checks.map(({ factor }) => factor)).toEqual(['password'])
    expect((await mailsOf(scene)).filter(({ kind }) => kind === 'factor_added')).toMatchObject([
      { recipient: BOB, values: { factor: 'passkey', notMeLink: expect.stringContaining('/not-me#') } },
    ])
    const events = await scene.deps.db.query.select().from(scene.deps.db.tables.events)
    expect(events.filter(({ type }) => type === 'user.factor_added')).toMatchObject([{ data: { way: 'upgrade' } }])

    const stranger = scene.world.browser()
    const { response } = await touchPasskey(stranger, await stranger.open(authorizePath('ledger')), authenticator)
    expect(redirectOf(await jsonOf<LoginAnswer>(response)).searchParams.has('code')).toBe(true)
  })

  test('a browser that does not make them is not asked, and costs no row', async () => {
    const scene = await createScene()
    expect(await signInByPassword(scene.browser, { createsPasskeys: false })).not.toHaveProperty('upgrade')
    expect(await challengesOf(scene)).toEqual([])
  })

  test.each<[string, (scene: Scene) => Promise<unknown>]>([
    ['where the policy wants people to be asked', ({ setPolicy }) => setPolicy('login', { upgradesToPasskey: false })],
    ['where the policy has no passkeys', ({ setPolicy }) => setPolicy('login', { allowPasskey: false })],
    [
      'of somebody who wishes to go',
      ({ deps, userId, clock }) =>
        deps.db.transaction((tx) => deps.repositories.departures.plan(tx, userId, clock.at + 1000)),
    ],
    ['for a wrong password', async () => undefined],
    [
      'of somebody who has one',
      async ({ browser }) => {
        await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
        return addPasskey(browser, new SoftAuthenticator(ISSUER))
      },
    ],
  ])('none %s', async (what, prepare) => {
    const scene = await createScene()
    await prepare(scene)
    scene.clock.advance(1)
    const before = await challengesOf(scene)
    const step = await signInByPassword(scene.browser, what === 'for a wrong password' ? { password: 'wrong' } : {})
    expect(step ?? {}).not.toHaveProperty('upgrade')
    expect(await challengesOf(scene)).toEqual(before)
  })

  test('none where the login wants more, before it and after', async () => {
    const scene = await createScene()
    await addTotp(scene, scene.userId)
    expect((await signInByPassword(scene.browser)) as object).toMatchObject({ kind: 'second_factor' })
    const other = scene.world.browser()
    const request = await other.open(authorizePath('ledger'))
    await other.post(`/api/login/${request}/identifier`, { identifier: BOB })
    await other.post(`/api/login/${request}/password`, { password: PASSWORD, createsPasskeys: true })
    const { step } = await jsonOf<LoginAnswer>(await enterTotp(other, request, totpCode(scene)))
    expect(step.kind).toBe('redirect')
    expect(step).not.toHaveProperty('upgrade')
    expect(await challengesOf(scene)).toEqual([])
  })
})

describe('what is made so is kept once, for whom it was, and in time', () => {
  test.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.test' }],
    ['the place of somebody else', { rpId: 'evil.test' }],
    ['something else that was asked', { type: 'webauthn.get' }],
    ['an algorithm nobody asked for', { algorithm: -47 }],
  ])('it is refused for %s, and its challenge is spent', async (_what, lies) => {
    const scene = await upgrading()
    const { browser, step } = scene
    const { response } = await makeByItself(browser, step, undefined, lies)
    await expectProblem(response, 401, 'passkey_refused')
    await expectProblem((await makeByItself(browser, step)).response, 409, 'challenge_over')
    expect(await keysOf(scene)).toEqual([])
  })

  test('N088 of many who send it at once one is heard', async () => {
    const scene = await upgrading()
    const { browser, step } = scene
    const { upgrade } = step
    const credential = new SoftAuthenticator(ISSUER).create(upgrade!.options)
    const body = { session: upgrade!.session, credential }
    const all = await Promise.all(Array.from({ length: 8 }, () => send(browser, body)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await keysOf(scene)).toHaveLength(1)
  })

  test('two sign-ins at once make no two of them', async () => {
    const scene = await upgrading()
    const { browser, step, clock } = scene
    clock.advance(1)
    const again = await signInByPassword(browser)
    await makeByItself(browser, step)
    await expectProblem((await makeByItself(browser, again)).response, 403, 'forbidden')
    expect(await keysOf(scene)).toHaveLength(1)
  })

  test('N088 not in another browser, not in another session, not late, not when it is signed out', async () => {
    const scene = await upgrading()
    const { browser, step, world, clock, deps } = scene
    const { upgrade } = step
    const body = { session: upgrade!.session, credential: new SoftAuthenticator(ISSUER).create(upgrade!.options) }
    await expectProblem(await send(world.browser(), body), 409, 'challenge_over')
    await world.addUser('mallory')
    const thief = world.browser()
    const request = await thief.open(authorizePath('ledger'))
    await thief.signIn(request, 'mallory@acme.test', PASSWORD)
    await expectProblem(await send(thief, body), 409, 'challenge_over')
    const sessions = await deps.db.query.select().from(deps.db.tables.sessions)
    const theirs = sessions.find(({ id }) => id !== upgrade!.session)!
    await expectProblem(await send(thief, { ...body, session: theirs.id }), 409, 'challenge_over')
    for (const session of ['', 'ses_unknown', theirs.id])
      await expectProblem(await send(browser, { ...body, session }), 409, 'challenge_over')
    clock.advance(60)
    await expectProblem(await send(browser, body), 409, 'challenge_over')

    const later = await signInByPassword(browser)
    await deps.db.transaction((tx) => deps.repositories.sessions.end(tx, [upgrade!.session as never], clock.at))
    await expectProblem((await makeByItself(browser, later)).response, 409, 'challenge_over')
    expect(await keysOf(scene)).toEqual([])
  })

  test('N088 a challenge that was for something else makes none', async () => {
    const scene = await upgrading()
    const { browser, step, clock } = scene
    clock.advance(1)
    const request = await browser.open(authorizePath('ledger', { prompt: 'login' }))
    const { options } = await jsonOf<{ options: { challenge: string } }>(
      await browser.post(`/api/login/${request}/passkey-options`, {}),
    )
    const { session, options: asked } = step.upgrade!
    const credential = new SoftAuthenticator(ISSUER).create({ ...asked, challenge: options.challenge })
    await expectProblem(await send(browser, { session, credential }), 409, 'challenge_over')
    expect(await keysOf(scene)).toEqual([])
  })

  test.each<[string, (scene: Scene) => Promise<unknown>]>([
    ['the policy changed its mind', ({ setPolicy }) => setPolicy('login', { upgradesToPasskey: false })],
    ['passkeys are switched off', ({ setPolicy }) => setPolicy('login', { allowPasskey: false })],
    ['a second factor came meanwhile', (scene) => addTotp(scene, scene.userId)],
    [
      'a manager locked the account',
      ({ deps, userId, clock }) =>
        deps.db.transaction((tx) => deps.repositories.users.change(tx, userId, { state: 'locked' }, clock.at)),
    ],
    [
      'it was deactivated',
      ({ deps, userId, clock }) =>
        deps.db.transaction((tx) => deps.repositories.users.change(tx, userId, { state: 'deactivated' }, clock.at)),
    ],
  ])('none when %s between', async (_what, happens) => {
    const scene = await upgrading()
    await happens(scene)
    await expectProblem((await makeByItself(scene.browser, scene.step)).response, 403, 'forbidden')
    expect(await keysOf(scene)).toEqual([])
  })
})
