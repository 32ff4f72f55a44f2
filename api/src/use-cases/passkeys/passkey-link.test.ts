import type { PasskeyLink } from '@vestibule/shared/contract/passkey-link.ts'
import type { CreationOptions } from '@vestibule/shared/contract/webauthn.ts'
import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { addPasskey, makeByLink, newPasskeyLink, touchPasskey } from '../../testing/passkeys.ts'
import { mailsOf } from '../../testing/registration.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'

const MINUTE = 60
const device = () => new SoftAuthenticator(ISSUER)
const keysOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.webauthnCredentials)
const stateOf = async ({ browser }: Pick<Scene, 'browser'>) => jsonOf(await browser.get('/api/me/passkeys/link'))
const home = (browser: Scene['browser'], name = BOB) =>
  browser.open('/account').then((request) => browser.signIn(request, name, PASSWORD))

const cancel = (browser: Scene['browser']) => browser.post('/api/me/passkeys/link/cancel', {})
/** What the owner reads of links, newest first. */
async function linkActivity(browser: Scene['browser']) {
  const { activity } = await jsonOf<{ activity: { type: string }[] }>(await browser.get('/api/me/activity'))
  return activity.map(({ type }) => type).filter((type) => type.startsWith('passkey_link'))
}

/** Bob at his account pages has made a link, and holds another device in his hand. */
async function linked() {
  const scene = await createScene()
  await home(scene.browser)
  const token = await newPasskeyLink(scene.browser)
  return { ...scene, token, phone: scene.world.browser() }
}

describe('P10 a link lets another device make a passkey', () => {
  test('it says whose account it is, is used once, and the first device notices', async () => {
    const scene = await linked()
    const { phone, token, world } = scene
    expect(await stateOf(scene)).toEqual({ state: 'open', endsIn: 600 })
    expect(await jsonOf(await phone.post('/api/passkey-link/look', { token }))).toEqual({
      loginName: BOB,
      organization: expect.any(String),
    })
    expect(await stateOf(scene), 'looking spends nothing').toMatchObject({ state: 'open' })
    const authenticator = device()
    const { response } = await makeByLink(phone, token, authenticator)
    expect(await jsonOf(response)).toEqual({ loginName: BOB })
    expect(await stateOf(scene)).toEqual({ state: 'used', endsIn: 0 })
    // it signs nobody in
    expect((await phone.get('/api/me')).status).toBe(401)

    const { response: used } = await touchPasskey(phone, await phone.open(authorizePath('ledger')), authenticator)
    expect(redirectOf(await jsonOf<LoginAnswer>(used)).searchParams.has('code')).toBe(true)
    expect((await mailsOf(world)).filter(({ kind }) => kind === 'factor_added')).toMatchObject([{ recipient: BOB }])
    const events = await scene.deps.db.query.select().from(scene.deps.db.tables.events)
    expect(events.filter(({ type }) => type === 'user.factor_added')).toMatchObject([{ data: { way: 'link' } }])
  })

  test('it is shown as text and as a picture, with the token where no server sees it, and only its hash is kept', async () => {
    const scene = await createScene()
    await home(scene.browser)
    const made = await jsonOf<PasskeyLink>(await scene.browser.post('/api/me/passkeys/link', {}))
    expect(made).toMatchObject({ endsIn: 600, qr: { size: expect.any(Number), path: expect.stringMatching(/^M/) } })
    const url = new URL(made.link)
    expect([url.origin, url.pathname, url.search]).toEqual([ISSUER, '/passkey-link', ''])
    const rows = await scene.deps.db.query.select().from(scene.deps.db.tables.oneTimeLinks)
    expect(JSON.stringify(rows)).not.toContain(url.hash.slice(1))
  })

  test('its owner reads in their activity that it was made, followed and cancelled', async () => {
    const { browser, phone, token, clock } = await linked()
    await phone.post('/api/passkey-link/look', { token })
    expect(await linkActivity(browser), 'looking is not following').toEqual(['passkey_link_created'])
    await phone.post('/api/passkey-link/options', { token })
    await phone.post('/api/passkey-link/options', { token: 'x' })
    await cancel(browser)
    const all = ['passkey_link_cancelled', 'passkey_link_followed', 'passkey_link_created']
    expect(await linkActivity(browser)).toEqual(all)
    await cancel(browser)
    expect(await linkActivity(browser), 'there was none').toEqual(all)
    await newPasskeyLink(browser)
    clock.advance(10 * MINUTE)
    await cancel(browser)
    expect(await linkActivity(browser), 'it was over').toEqual(['passkey_link_created', ...all])
  })

  test('one that was used is not cancelled', async () => {
    const { browser, phone, token } = await linked()
    await makeByLink(phone, token, device())
    await cancel(browser)
    expect(await linkActivity(browser)).toEqual(['passkey_link_followed', 'passkey_link_created'])
  })

  test('it wants a fresh proof', async () => {
    const { browser, clock } = await linked()
    clock.advance(6 * MINUTE)
    await expectProblem(await browser.post('/api/me/passkeys/link', {}), 401, 'reauth_required')
  })

  test('a second answer, and many at once, are one passkey', async () => {
    const scene = await linked()
    const { phone, token } = scene
    const asked = []
    for (let nth = 0; nth < 6; nth++) {
      const { options } = await jsonOf<{ options: CreationOptions }>(
        await phone.post('/api/passkey-link/options', { token }),
      )
      asked.push(device().create(options))
    }
    const all = await Promise.all(asked.map((credential) => phone.post('/api/passkey-link', { token, credential })))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    await expectProblem(await phone.post('/api/passkey-link/options', { token }), 400, 'code_invalid')
    expect(await keysOf(scene)).toHaveLength(1)
  })

  test.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.test' }],
    ['nobody recognised', { userVerified: false }],
    ['something else that was asked', { type: 'webauthn.get' }],
  ])('a passkey is refused for %s, its challenge is spent, and the link still waits', async (_what, lies) => {
    const scene = await linked()
    const { phone, token } = scene
    const { options, response } = await makeByLink(phone, token, device(), lies)
    await expectProblem(response, 401, 'passkey_refused')
    const again = await phone.post('/api/passkey-link', { token, credential: device().create(options) })
    await expectProblem(again, 409, 'challenge_over')
    expect(await stateOf(scene)).toMatchObject({ state: 'open' })
    expect(await keysOf(scene)).toEqual([])
  })
})

describe('the link opens nothing', () => {
  test.each<[string, (scene: Awaited<ReturnType<typeof linked>>) => Promise<unknown>]>([
    ['after ten minutes', async ({ clock }) => clock.advance(10 * MINUTE)],
    ['when it was cancelled', ({ browser }) => browser.post('/api/me/passkeys/link/cancel', {})],
    ['when there is a newer one', ({ browser }) => newPasskeyLink(browser)],
    [
      'when its session is signed out',
      async ({ deps, clock }) => {
        const [session] = await deps.db.query.select().from(deps.db.tables.sessions)
        return deps.db.transaction((tx) => deps.repositories.sessions.end(tx, [session!.id], clock.at))
      },
    ],
    [
      'when the password was changed',
      ({ browser }) =>
        browser.post('/api/me/password', { currentPassword: PASSWORD, newPassword: 'seven quiet lanterns' }),
    ],
    [
      'when its owner said that it was not them',
      async ({ deps, userId, world }) => {
        const link = await deps.db.transaction((tx) => createNotMeLink(deps, tx, userId))
        return world.browser().post('/api/not-me', { token: link.split('#')[1] })
      },
    ],
    [
      'when the account is locked',
      ({ deps, userId, clock }) =>
        deps.db.transaction((tx) => deps.repositories.users.change(tx, userId, { state: 'locked' }, clock.at)),
    ],
    [
      'when it is deactivated',
      ({ deps, userId, clock }) =>
        deps.db.transaction((tx) => deps.repositories.users.change(tx, userId, { state: 'deactivated' }, clock.at)),
    ],
    [
      'when its owner wishes to go',
      ({ deps, userId, clock }) =>
        deps.db.transaction((tx) => deps.repositories.departures.plan(tx, userId, clock.at + 1000)),
    ],
  ])('%s, also not for whoever had begun', async (_when, happens) => {
    const scene = await linked()
    const { phone, token } = scene
    const { options } = await jsonOf<{ options: CreationOptions }>(
      await phone.post('/api/passkey-link/options', { token }),
    )
    await happens(scene)
    const credential = device().create(options)
    await expectProblem(await phone.post('/api/passkey-link', { token, credential }), 400, 'code_invalid')
    await expectProblem(await phone.post('/api/passkey-link/look', { token }), 400, 'code_invalid')
    await expectProblem(await phone.post('/api/passkey-link/options', { token }), 400, 'code_invalid')
    expect(await keysOf(scene)).toEqual([])
  })

  test('where passkeys were switched off between', async () => {
    const scene = await linked()
    const { phone, token, setPolicy } = scene
    const { options } = await jsonOf<{ options: CreationOptions }>(
      await phone.post('/api/passkey-link/options', { token }),
    )
    await setPolicy('login', { allowPasskey: false })
    const credential = device().create(options)
    await expectProblem(await phone.post('/api/passkey-link', { token, credential }), 403, 'forbidden')
    await expectProblem(await scene.browser.post('/api/me/passkeys/link', {}), 403, 'forbidden')
    expect(await keysOf(scene)).toEqual([])
  })

  test('N088 to the answer of another link, of somebody else’s, or of the own pages', async () => {
    const scene = await linked()
    const { phone, token, world, browser } = scene
    await world.addUser('mallory')
    const thief = world.browser()
    await home(thief, 'mallory@acme.test')
    const theirs = await newPasskeyLink(thief)
    const { options } = await jsonOf<{ options: CreationOptions }>(
      await phone.post('/api/passkey-link/options', { token: theirs }),
    )
    const credential = device().create(options)
    await expectProblem(await phone.post('/api/passkey-link', { token, credential }), 409, 'challenge_over')
    const own = await jsonOf<{ options: CreationOptions }>(await browser.post('/api/me/passkeys/options', {}))
    const mine = device().create(own.options)
    await expectProblem(await browser.post('/api/passkey-link', { token, credential: mine }), 409, 'challenge_over')
    expect(await keysOf(scene)).toEqual([])
  })

  test('to a guess, or to the token of something else', async () => {
    const { phone, deps, userId } = await linked()
    const notMe = await deps.db.transaction((tx) => createNotMeLink(deps, tx, userId))
    for (const token of ['x', 'a'.repeat(50), notMe.split('#')[1]])
      await expectProblem(await phone.post('/api/passkey-link/look', { token }), 400, 'code_invalid')
  })

  test('of somebody who has as many passkeys as there may be', async () => {
    const { browser, phone, token } = await linked()
    for (let nth = 0; nth < 20; nth++) await addPasskey(browser, device())
    await expectProblem(await phone.post('/api/passkey-link/options', { token }), 409, 'too_many')
  })

  test('is nobody else’s to see or to cancel', async () => {
    const scene = await linked()
    await scene.world.addUser('mallory')
    const thief = scene.world.browser()
    await home(thief, 'mallory@acme.test')
    expect(await stateOf({ browser: thief })).toEqual({ state: 'none', endsIn: 0 })
    await thief.post('/api/me/passkeys/link/cancel', {})
    expect(await stateOf(scene)).toMatchObject({ state: 'open' })
  })
})
