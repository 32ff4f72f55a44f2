import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { openSecond } from '../../testing/factors.ts'
import { addPasskey, passkeyOptions, touchPasskey } from '../../testing/passkeys.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { enrollKey, keyOptions, newKey, touchKey } from '../../testing/security-keys.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

/** Bob has a security key and nothing else besides his password, and a browser that knows nothing of him. */
async function withKey(options?: Parameters<typeof createScene>[0]) {
  const scene = await createScene(options)
  const key = newKey()
  const { credential } = await enrollKey(scene.browser, await openSecond(scene.browser, { acr_values: 'aal2' }), key)
  const stranger = scene.world.browser()
  const open = (parameters?: Record<string, string>) => openSecond(stranger, parameters)
  /** Somebody else, with a key of their own. */
  const keyOf = async (name: string) => {
    await scene.world.addUser(name)
    const browser = scene.world.browser()
    const request = await browser.open(authorizePath('ledger', { acr_values: 'aal2' }))
    await browser.signIn(request, `${name}@acme.test`, PASSWORD)
    const own = newKey()
    expect((await enrollKey(browser, request, own)).response.status).toBe(200)
    return own
  }
  return { ...scene, key, credential, stranger, open, keyOf }
}
const ends = async (response: Response) => redirectOf(await jsonOf<LoginAnswer>(response))

describe('a security key', () => {
  test('is asked for after the password, and with it can not be phished', async () => {
    const { stranger, open, key, redeem } = await withKey()
    const request = await open()
    expect((await stranger.step(request)).step).toMatchObject({
      kind: 'second_factor',
      methods: ['security_key', 'recovery_code'],
    })
    const { response } = await touchKey(stranger, request, key)
    const { id_token = '' } = await jsonOf<{ id_token?: string }>(
      await redeem((await ends(response)).searchParams.get('code') ?? ''),
    )
    expect(decodeJwt(id_token)).toMatchObject({ acr: 'phr', amr: ['pwd', 'pop', 'user', 'mfa'] })
  })

  test('is asked for by name: of whoever gave the first proof, and of nobody else', async () => {
    const { stranger, open, credential, browser, keyOf } = await withKey()
    await browser.get('/account')
    await addPasskey(browser, new SoftAuthenticator(ISSUER))
    await keyOf('mallory')
    const options = await keyOptions(stranger, await open())
    expect(options).toMatchObject({
      rpId: 'localhost',
      userVerification: 'discouraged',
      allowCredentials: [{ id: credential.id, type: 'public-key', transports: ['usb'] }],
    })
  })

  test('is not asked for before the password, nor named to anybody', async () => {
    const { stranger } = await withKey()
    const request = await stranger.open(authorizePath('ledger'))
    for (const identifier of [BOB, 'nobody@acme.test']) {
      await stranger.post(`/api/login/${request}/identifier`, { identifier })
      const asked = await stranger.post(`/api/login/${request}/security-key-options`, {})
      await expectProblem(asked, 409, 'wrong_step')
    }
  })

  test('stays open where wrong codes have closed the others', async () => {
    const { stranger, open, key, setPolicy } = await withKey()
    await setPolicy('lockout', { maxFailures: 1 })
    const request = await open()
    await stranger.post(`/api/login/${request}/recovery-code`, { code: 'AAAA-AAAA-AAAA-AAAA' })
    expect((await stranger.step(request)).step).toMatchObject({ methods: ['security_key'] })
    expect((await touchKey(stranger, request, key)).response.status).toBe(200)
  })

  test('gives way to a passkey of the same person, which is two factors by itself', async () => {
    const { browser, open, stranger } = await withKey()
    await browser.get('/account')
    const phone = new SoftAuthenticator(ISSUER)
    await addPasskey(browser, phone)
    const request = await open()
    expect((await stranger.step(request)).step).toMatchObject({
      methods: ['passkey', 'security_key', 'recovery_code'],
    })
    expect((await ends((await touchPasskey(stranger, request, phone)).response)).searchParams.has('code')).toBe(true)
  })

  test('is used once at each count, by whoever comes first', async () => {
    const { world, key } = await withKey()
    const waiting = []
    for (let nth = 0; nth < 4; nth++) {
      const browser = world.browser()
      const request = await openSecond(browser)
      waiting.push({ browser, request, credential: key.get(await keyOptions(browser, request), { counter: 9 }) })
    }
    const answers = await Promise.all(
      waiting.map(({ browser, request, credential }) =>
        browser.post(`/api/login/${request}/security-key`, { credential }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401])
  })

  test('opens nothing once the organization lets it not count', async () => {
    const { stranger, open, setPolicy } = await withKey()
    await setPolicy('login', { secondFactors: ['totp'] })
    await expect(open()).rejects.toThrow('no second factor')
    expect(stranger.jar.size).toBeGreaterThan(0)
  })
})

describe('a security key is refused', () => {
  test.each<[string, Lies]>([
    ['N089 WAUTHN - for another origin', { origin: 'https://evil.test' }],
    ['N089 WAUTHN - for the same host with encryption, which is another place', { origin: 'https://localhost' }],
    ['N089 WAUTHN - for the same host and another port', { origin: 'http://localhost:3001' }],
    ['N089 WAUTHN - for a sub-domain', { origin: 'http://a.localhost' }],
    ['N089 WAUTHN - out of a frame', { crossOrigin: true }],
    ['N091 WAUTHN - for the place of somebody else', { rpId: 'evil.test' }],
    ['N093 WAUTHN - when nobody touched it', { userPresent: false }],
    ['for something else that was asked', { type: 'webauthn.create' }],
    ['when it is said to be somebody else’s', { userHandle: Buffer.alloc(32, 'x').toString('base64url') }],
    ['when it suddenly may leave its device', { backupEligible: true }],
  ])('%s, and its challenge is spent', async (_what, lies) => {
    const { stranger, open, key } = await withKey()
    const request = await open()
    const options = await keyOptions(stranger, request)
    const send = (credential: object) => stranger.post(`/api/login/${request}/security-key`, { credential })
    await expectProblem(await send(key.get(options, lies)), 401, 'security_key_refused')
    await expectProblem(await send(key.get(options)), 409, 'challenge_over')
    expect((await stranger.step(request)).step.kind).toBe('second_factor')
  })

  test('N088 WAUTHN - a second time: not in the same sign-in, not in another, not in another browser', async () => {
    const { stranger, open, key, world, clock } = await withKey()
    const { credential } = await touchKey(stranger, await open(), key)
    clock.advance(1)
    const again = await open({ prompt: 'login' })
    const send = (credential: object) => stranger.post(`/api/login/${again}/security-key`, { credential })
    await expectProblem(await send(credential), 409, 'challenge_over')
    const other = world.browser()
    const elsewhere = key.get(await keyOptions(other, await openSecond(other)))
    await expectProblem(await send(elsewhere), 409, 'challenge_over')
  })

  test('N088 WAUTHN - at a challenge nobody gave out, or one that is over', async () => {
    const { stranger, open, key, clock } = await withKey()
    const request = await open()
    const send = (credential: object) => stranger.post(`/api/login/${request}/security-key`, { credential })
    const challenge = Buffer.alloc(32, 'z').toString('base64url')
    await expectProblem(await send(key.get({ challenge, rpId: 'localhost' })), 409, 'challenge_over')
    const late = key.get(await keyOptions(stranger, request))
    clock.advance(600)
    await expectProblem(await send(late), 409, 'challenge_over')
  })

  test('N088 WAUTHN - with a challenge that was made for something else', async () => {
    const { stranger, open, key } = await withKey()
    const request = await open()
    const [asKey, asPasskey] = [await keyOptions(stranger, request), await passkeyOptions(stranger, request)]
    const [toKey, toPasskey] = ['security-key', 'passkey'].map((path) => `/api/login/${request}/${path}`) as [
      string,
      string,
    ]
    await expectProblem(await stranger.post(toKey, { credential: key.get(asPasskey) }), 409, 'challenge_over')
    await expectProblem(await stranger.post(toPasskey, { credential: key.get(asKey) }), 409, 'challenge_over')
  })

  test('N088 WAUTHN - with a challenge that was for who was named before in this sign-in', async () => {
    const { stranger, open, key, keyOf } = await withKey()
    const request = await open()
    const forBob = await keyOptions(stranger, request)
    const own = await keyOf('ann')
    await stranger.signIn(request, 'ann@acme.test', PASSWORD)
    expect((await stranger.step(request)).step.kind).toBe('second_factor')
    for (const one of [own, key]) {
      const credential = one.get(forBob)
      await expectProblem(
        await stranger.post(`/api/login/${request}/security-key`, { credential }),
        409,
        'challenge_over',
      )
    }
    expect((await touchKey(stranger, request, own)).response.status).toBe(200)
  })

  test('N092 WAUTHN - in the place of a name and a password', async () => {
    const { stranger, key } = await withKey()
    const request = await stranger.open(authorizePath('ledger'))
    for (const userVerified of [false, true]) {
      const { response } = await touchPasskey(stranger, request, key, { userVerified })
      await expectProblem(response, 401, 'passkey_refused')
    }
  })

  test('N092 WAUTHN - where a passkey that recognised nobody is shown as one', async () => {
    const { browser, stranger, open } = await withKey()
    await browser.get('/account')
    const phone = new SoftAuthenticator(ISSUER)
    await addPasskey(browser, phone)
    const request = await open()
    const { response } = await touchKey(stranger, request, phone, { userVerified: false })
    await expectProblem(response, 401, 'security_key_refused')
  })

  test('N094 WAUTHN - of somebody else, and under the name of the right one with another signature', async () => {
    const { stranger, open, credential, keyOf } = await withKey()
    const own = await keyOf('mallory')
    const request = await open()
    for (const lies of [{}, { credentialId: credential.id }, { credentialId: 'bm9ib2R5' }])
      await expectProblem((await touchKey(stranger, request, own, lies)).response, 401, 'security_key_refused')
  })

  test('N096 WAUTHN - when its counter goes back or stands still, and the count stays', async () => {
    const { stranger, open, key, deps, clock } = await withKey()
    await touchKey(stranger, await open(), key, { counter: 10 })
    clock.advance(1)
    const request = await open({ prompt: 'login' })
    for (const counter of [5, 10])
      await expectProblem((await touchKey(stranger, request, key, { counter })).response, 401, 'security_key_refused')
    const [row] = await deps.db.query.select().from(deps.db.tables.webauthnCredentials)
    expect(row?.counter).toBe(10)
    expect((await touchKey(stranger, request, key, { counter: 11 })).response.status).toBe(200)
  })
})
