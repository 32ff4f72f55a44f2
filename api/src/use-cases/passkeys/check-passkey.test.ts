import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { addTotp, openSecond } from '../../testing/factors.ts'
import { tokenOf } from '../../testing/messages.ts'
import { addPasskey, passkeyOptions, touchPasskey } from '../../testing/passkeys.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'

const HOUR = 3_600

/** Bob has a passkey, and a browser that knows nothing of him. */
async function withPasskey(options?: Parameters<typeof createScene>[0], { counts = false } = {}) {
  const scene = await createScene(options)
  const authenticator = new SoftAuthenticator(ISSUER, { counts })
  await scene.browser.signIn(await scene.browser.open('/account'), BOB, PASSWORD)
  const { id, credential } = await addPasskey(scene.browser, authenticator)
  const stranger = scene.world.browser()
  const open = (parameters?: Record<string, string>) => stranger.open(authorizePath('ledger', parameters))
  return { ...scene, authenticator, stranger, open, id, credential }
}
const identify = async (browser: Scene['browser'], request: string, identifier: string) =>
  jsonOf<LoginAnswer>(await browser.post(`/api/login/${request}/identifier`, { identifier }))
const ends = async (response: Response) => redirectOf(await jsonOf<LoginAnswer>(response))

describe('a passkey', () => {
  test('signs somebody in who typed nothing, as two factors of which none can be phished', async () => {
    const { stranger, open, authenticator, redeem } = await withPasskey()
    const { response } = await touchPasskey(stranger, await open(), authenticator)
    const code = (await ends(response)).searchParams.get('code') ?? ''
    const { id_token = '' } = await jsonOf<{ id_token?: string }>(await redeem(code))
    expect(decodeJwt(id_token)).toMatchObject({ acr: 'phr', amr: ['pop', 'user', 'mfa'] })
  })

  test('is enough for whoever asks for two factors, or for what can not be phished', async () => {
    for (const acr_values of ['aal2', 'phr']) {
      const { stranger, open, authenticator } = await withPasskey()
      const { response } = await touchPasskey(stranger, await open({ acr_values }), authenticator)
      expect((await ends(response)).searchParams.has('code')).toBe(true)
    }
  })

  test('gives the browser a new handle, and the account a place in its picker by its own name', async () => {
    const { stranger, open, authenticator } = await withPasskey()
    const request = await open()
    const before = new Map(stranger.jar)
    await touchPasskey(stranger, request, authenticator)
    expect(stranger.jar).not.toEqual(before)
    const picker = await stranger.step(await open({ prompt: 'select_account' }))
    expect(picker.step).toMatchObject({ kind: 'select_account', accounts: [{ loginName: BOB, state: 'signed_in' }] })
  })

  test('N019 is asked for in the same words whoever was named, with nobody’s credentials in them', async () => {
    const { stranger, open } = await withPasskey()
    const asked = []
    for (const name of [BOB, 'nobody@acme.test', null]) {
      const request = await open()
      if (name) await identify(stranger, request, name)
      const { challenge: _, ...rest } = await passkeyOptions(stranger, request)
      asked.push(rest)
    }
    expect(asked[1]).toEqual(asked[0])
    expect(asked[2]).toEqual(asked[0])
    expect(asked[0]).not.toHaveProperty('allowCredentials')
  })

  test('counts for the policy’s time', async () => {
    const { stranger, open, authenticator, clock } = await withPasskey()
    await touchPasskey(stranger, await open(), authenticator)
    clock.advance(12 * HOUR - 1)
    expect((await stranger.get(authorizePath('ledger', { prompt: 'none' }))).headers.get('location')).toContain('code=')
    clock.advance(1)
    expect((await stranger.get(authorizePath('ledger', { prompt: 'none' }))).headers.get('location')).toContain(
      'error=login_required',
    )
  })

  test('is the second factor too, of whoever has one', async () => {
    const scene = await withPasskey()
    await addTotp(scene, scene.userId)
    const request = await openSecond(scene.stranger)
    const { response } = await touchPasskey(scene.stranger, request, scene.authenticator)
    expect((await ends(response)).searchParams.has('code')).toBe(true)
  })
})

describe('a lock', () => {
  test('after failures leaves the passkey', async () => {
    const { stranger, open, authenticator, setPolicy } = await withPasskey()
    await setPolicy('lockout', { maxFailures: 1 })
    const request = await open()
    await stranger.signIn(request, BOB, 'wrong')
    const { step } = await stranger.step(request)
    expect(step).toMatchObject({ kind: 'first_factor', methods: ['passkey'], lockedFor: expect.any(Number) })
    const { response } = await touchPasskey(stranger, request, authenticator)
    expect((await ends(response)).searchParams.has('code')).toBe(true)
  })

  test.each(['locked', 'deactivated'] as const)('of a manager stops it: %s', async (state) => {
    const { stranger, open, authenticator, deps, userId, clock } = await withPasskey()
    await deps.db.transaction((tx) => deps.repositories.users.change(tx, userId, { state }, clock.at))
    const { response } = await touchPasskey(stranger, await open(), authenticator)
    expect(await jsonOf(response)).toMatchObject({ step: { kind: 'denied', reason: state } })
  })
})

describe('a passkey is refused', () => {
  test.each<[string, Lies]>([
    ['N089 WAUTHN - from another origin', { origin: 'https://evil.test' }],
    ['N089 WAUTHN - from a place with the same name and another port', { origin: 'http://localhost:3001' }],
    ['N091 WAUTHN - for the place of somebody else', { rpId: 'evil.test' }],
    ['for something else that was asked', { type: 'webauthn.create' }],
    ['N093 WAUTHN - when nobody was there', { userPresent: false }],
    ['N092 WAUTHN - when nobody was recognised', { userVerified: false }],
    ['in a frame', { crossOrigin: true }],
    [
      'N094 WAUTHN - when it says that it is somebody else’s',
      { userHandle: Buffer.alloc(32, 'x').toString('base64url') },
    ],
  ])('%s, and its challenge is spent', async (_what, lies) => {
    const { stranger, open, authenticator } = await withPasskey()
    const request = await open()
    const options = await passkeyOptions(stranger, request)
    const send = (credential: object) => stranger.post(`/api/login/${request}/passkey`, { credential })
    await expectProblem(await send(authenticator.get(options, lies)), 401, 'passkey_refused')
    await expectProblem(await send(authenticator.get(options)), 409, 'challenge_over')
    expect((await stranger.step(request)).step.kind).toBe('identify')
  })

  test('N088 WAUTHN - a second time: not in the same sign-in, not in another, not in another browser', async () => {
    const { stranger, open, authenticator, world, clock } = await withPasskey()
    const request = await open()
    const { credential } = await touchPasskey(stranger, request, authenticator)
    clock.advance(1)
    const again = await open({ prompt: 'login' })
    await expectProblem(await stranger.post(`/api/login/${again}/passkey`, { credential }), 409, 'challenge_over')
    const fresh = authenticator.get(await passkeyOptions(stranger, again))
    const other = world.browser()
    const elsewhere = await other.open(authorizePath('ledger'))
    await expectProblem(
      await other.post(`/api/login/${elsewhere}/passkey`, { credential: fresh }),
      409,
      'challenge_over',
    )
    expect((await stranger.post(`/api/login/${again}/passkey`, { credential: fresh })).status).toBe(200)
  })

  test('N088 WAUTHN - at a challenge nobody gave out', async () => {
    const { stranger, open, authenticator } = await withPasskey()
    const request = await open()
    const challenge = Buffer.alloc(32, 'z').toString('base64url')
    const credential = authenticator.get({ challenge, rpId: 'localhost' })
    await expectProblem(await stranger.post(`/api/login/${request}/passkey`, { credential }), 409, 'challenge_over')
  })

  test('N096 WAUTHN - when its counter goes back, and the count stays', async () => {
    const { stranger, open, authenticator, deps, clock } = await withPasskey({}, { counts: true })
    await touchPasskey(stranger, await open(), authenticator, { counter: 10 })
    clock.advance(1)
    const request = await open({ prompt: 'login' })
    for (const counter of [5, 10])
      await expectProblem(
        (await touchPasskey(stranger, request, authenticator, { counter })).response,
        401,
        'passkey_refused',
      )
    const [row] = await deps.db.query.select().from(deps.db.tables.webauthnCredentials)
    expect(row?.counter).toBe(10)
    expect((await touchPasskey(stranger, request, authenticator, { counter: 11 })).response.status).toBe(200)
  })

  test('N094 WAUTHN - of somebody else than was named, known or not', async () => {
    const { stranger, open, authenticator, world } = await withPasskey()
    await world.addUser('alice')
    for (const name of ['alice@acme.test', 'nobody@acme.test']) {
      const request = await open()
      await identify(stranger, request, name)
      await expectProblem((await touchPasskey(stranger, request, authenticator)).response, 401, 'passkey_refused')
    }
  })

  test('N094 WAUTHN - under the name of somebody else’s, with the own signature', async () => {
    const { stranger, open, world, credential } = await withPasskey()
    await world.addUser('mallory')
    const thief = world.browser()
    await thief.signIn(await thief.open('/account'), 'mallory@acme.test', PASSWORD)
    const own = new SoftAuthenticator(ISSUER)
    await addPasskey(thief, own)
    const { response } = await touchPasskey(stranger, await open(), own, { credentialId: credential.id })
    await expectProblem(response, 401, 'passkey_refused')
  })

  test('of a person who may not finish this request', async () => {
    const { stranger, authenticator, world, addApplication } = await withPasskey()
    const organization = await world.addOrganization('other.test')
    await addApplication('oven', { organization })
    const scope = 'openid urn:vestibule:org:domain:primary:other.test'
    const request = await stranger.open(authorizePath('oven', { scope }))
    await expectProblem((await touchPasskey(stranger, request, authenticator)).response, 401, 'passkey_refused')
  })

  test('where the organization has no passkeys any more, and what it proved before does not count', async () => {
    const { stranger, open, authenticator, setPolicy } = await withPasskey()
    await touchPasskey(stranger, await open(), authenticator)
    await setPolicy('login', { allowPasskey: false })
    const { response } = await touchPasskey(stranger, await open({ prompt: 'login' }), authenticator)
    await expectProblem(response, 401, 'passkey_refused')
    expect((await stranger.get(authorizePath('ledger', { prompt: 'none' }))).headers.get('location')).toContain(
      'error=login_required',
    )
  })

  test('N104 WAUTHN - once it was removed: nobody knows it, and what it opened elsewhere is closed', async () => {
    const { browser, stranger, open, authenticator, id } = await withPasskey()
    await touchPasskey(stranger, await open(), authenticator)
    await browser.post('/api/me/passkeys/remove', { id })
    expect((await stranger.get(authorizePath('ledger', { prompt: 'none' }))).headers.get('location')).toContain(
      'error=login_required',
    )
    const { response } = await touchPasskey(stranger, await open({ prompt: 'login' }), authenticator)
    await expectProblem(response, 401, 'passkey_unknown')
  })

  test('once somebody said, by the link of a notice, that it was not them', async () => {
    const { stranger, open, authenticator, deps, userId, world } = await withPasskey()
    const link = await deps.db.transaction((tx) => createNotMeLink(deps, tx, userId))
    await world.browser().post('/api/not-me', { token: tokenOf(link) })
    const { response } = await touchPasskey(stranger, await open(), authenticator)
    await expectProblem(response, 401, 'passkey_unknown')
  })

  test('but not where it is the only way in there is', async () => {
    const { stranger, open, authenticator, deps, userId, world, setPolicy } = await withPasskey()
    await setPolicy('login', { allowPassword: false })
    const link = await deps.db.transaction((tx) => createNotMeLink(deps, tx, userId))
    await world.browser().post('/api/not-me', { token: tokenOf(link) })
    expect((await touchPasskey(stranger, await open(), authenticator)).response.status).toBe(200)
  })
})
