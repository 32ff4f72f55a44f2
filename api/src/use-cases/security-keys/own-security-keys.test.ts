import type { ChangedFactors, OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { addTotp, openSecond } from '../../testing/factors.ts'
import { addPasskey } from '../../testing/passkeys.ts'
import { mailsOf } from '../../testing/registration.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { addOwnKey, newKey, touchKey } from '../../testing/security-keys.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

const MINUTE = 60

/** Bob at his account pages. */
async function atHome() {
  const scene = await createScene()
  await scene.browser.signIn(await scene.browser.open('/account'), BOB, PASSWORD)
  return { ...scene, key: newKey() }
}
const factorsOf = async ({ browser }: Pick<Scene, 'browser'>) =>
  jsonOf<OwnFactors>(await browser.get('/api/me/factors'))
const rowsOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.webauthnCredentials)

describe('a security key of one’s own', () => {
  test('is added, with the first recovery codes and a notice, and is asked for from then on', async () => {
    const scene = await atHome()
    const { browser, key, world, clock } = scene
    const { response, credential } = await addOwnKey(browser, key)
    const changed = await jsonOf<ChangedFactors>(response)
    expect(changed).toMatchObject({
      newCodes: expect.arrayContaining([expect.any(String)]),
      signal: { rpId: 'localhost', credentialIds: [credential.id] },
      factors: {
        factors: [
          {
            type: 'security_key',
            label: null,
            model: null,
            createdAt: new Date(clock.at).toISOString(),
            lastUsedAt: null,
            isAllowed: true,
            isRemovable: true,
          },
        ],
        available: expect.arrayContaining(['totp', 'security_key']),
      },
    })
    const mails = await mailsOf(scene)
    expect(mails.findLast(({ kind }) => kind === 'factor_added')).toMatchObject({ values: { factor: 'security_key' } })
    // this session has shown it
    expect((await browser.get('/api/me')).status).toBe(200)
    const stranger = world.browser()
    expect((await touchKey(stranger, await openSecond(stranger), key)).response.status).toBe(200)
    expect((await factorsOf(scene)).factors).toMatchObject([{ lastUsedAt: new Date(clock.at).toISOString() }])
  })

  test('is one of several, known by what its owner calls it or by its model', async () => {
    const scene = await atHome()
    const { browser, clock, key } = scene
    const first = await addOwnKey(browser, key, { aaguid: 'cb69481e-8ff7-4039-93ec-0a2729a154a8' })
    clock.advance(1)
    const second = await addOwnKey(browser, newKey())
    expect(second.options.excludeCredentials.map(({ id }) => id)).toEqual([first.credential.id])
    expect(second.options.user.id).toBe(first.options.user.id)
    const rename = (label: string | null) => browser.post('/api/me/factors/rename', { id: second.id, label })
    await rename('  Drawer ')
    expect((await factorsOf(scene)).factors).toMatchObject([
      { label: null, model: 'YubiKey 5' },
      { label: 'Drawer', model: null },
    ])
    await rename(null)
    expect((await factorsOf(scene)).factors).toMatchObject([{ label: null }, { label: null }])
  })

  test('is not made of a thing that holds a passkey of this account, and the other way round', async () => {
    const { browser, key, clock } = await atHome()
    const passkey = await addPasskey(browser, new SoftAuthenticator(ISSUER))
    clock.advance(1)
    const { options, credential } = await addOwnKey(browser, key)
    expect(options.excludeCredentials.map(({ id }) => id)).toEqual([passkey.credential.id])
    const again = await addPasskey(browser, new SoftAuthenticator(ISSUER))
    expect(again.options.excludeCredentials.map(({ id }) => id)).toEqual([passkey.credential.id, credential.id])
  })

  test('needs a young proof to be asked for and to be removed, and none to be sent', async () => {
    const { browser, key, clock } = await atHome()
    const { options } = await jsonOf<{ options: never }>(await browser.post('/api/me/security-keys/options', {}))
    clock.advance(6 * MINUTE)
    await expectProblem(await browser.post('/api/me/security-keys/options', {}), 401, 'reauth_required')
    const response = await browser.post('/api/me/security-keys', { credential: key.create(options) })
    const { factors } = await jsonOf<ChangedFactors>(response)
    const id = factors.factors[0]?.id
    await expectProblem(await browser.post('/api/me/factors/remove', { id }), 401, 'reauth_required')
  })

  test.each<[string, Lies]>([
    ['N089 WAUTHN - for another origin', { origin: 'https://evil.test' }],
    ['N091 WAUTHN - for the place of somebody else', { rpId: 'evil.test' }],
    ['N093 WAUTHN - when nobody touched it', { userPresent: false }],
    ['N100 WAUTHN - with an algorithm nobody asked for', { algorithm: -47 }],
    ['when it answers something else', { type: 'webauthn.get' }],
  ])('%s it is refused, and its challenge is spent', async (_what, lies) => {
    const scene = await atHome()
    const { options, response } = await addOwnKey(scene.browser, scene.key, lies)
    await expectProblem(response, 401, 'security_key_refused')
    const credential = scene.key.create(options)
    await expectProblem(await scene.browser.post('/api/me/security-keys', { credential }), 409, 'challenge_over')
    expect(await rowsOf(scene)).toEqual([])
  })

  test('N088 WAUTHN - is taken once, in time, for what it was asked and in the session that asked', async () => {
    const scene = await atHome()
    const { browser, world, clock, key } = scene
    const { credential } = await addOwnKey(browser, key)
    await expectProblem(await browser.post('/api/me/security-keys', { credential }), 409, 'challenge_over')
    const { options } = await jsonOf<{ options: never }>(await browser.post('/api/me/security-keys/options', {}))
    const passkey = new SoftAuthenticator(ISSUER).create(options)
    await expectProblem(await browser.post('/api/me/passkeys', { credential: passkey }), 409, 'challenge_over')

    const other = world.browser()
    await touchKey(other, await openSecond(other), key)
    await other.get('/account')
    const asked = await jsonOf<{ options: never }>(await other.post('/api/me/security-keys/options', {}))
    const elsewhere = newKey().create(asked.options)
    await expectProblem(await browser.post('/api/me/security-keys', { credential: elsewhere }), 409, 'challenge_over')
    clock.advance(10 * MINUTE)
    await expectProblem(await other.post('/api/me/security-keys', { credential: elsewhere }), 409, 'challenge_over')
    expect(await rowsOf(scene)).toHaveLength(1)
  })

  test('N098 WAUTHN - of which somebody else has the name is refused, and theirs stays as it is', async () => {
    const scene = await atHome()
    const { browser, world, key } = scene
    const { credential } = await addOwnKey(browser, key)
    const [before] = await rowsOf(scene)
    await world.addUser('mallory')
    const thief = world.browser()
    await thief.signIn(await thief.open('/account'), 'mallory@acme.test', PASSWORD)
    const copy = await addOwnKey(thief, newKey(), { credentialId: credential.id })
    await expectProblem(copy.response, 401, 'security_key_refused')
    expect(await rowsOf(scene)).toEqual([before])
  })

  test('is none too many, and not wanted where the organization lets none count', async () => {
    const { browser, key, world } = await atHome()
    for (let nth = 0; nth < 20; nth++) await addOwnKey(browser, key)
    await expectProblem(await browser.post('/api/me/security-keys/options', {}), 409, 'too_many')
    await world.setPolicy('login', { secondFactors: ['totp'] })
    await expectProblem(await browser.post('/api/me/security-keys/options', {}), 403, 'forbidden')
  })

  test('is nobody else’s to name or to remove, and a passkey is no factor to name here', async () => {
    const scene = await atHome()
    const { browser, world, key } = scene
    const { id } = await addOwnKey(browser, key)
    await world.addUser('mallory')
    const thief = world.browser()
    await thief.signIn(await thief.open('/account'), 'mallory@acme.test', PASSWORD)
    await expectProblem(await thief.post('/api/me/factors/rename', { id, label: 'mine' }), 404, 'not_found')
    await expectProblem(await thief.post('/api/me/factors/remove', { id }), 404, 'not_found')
    const passkey = await addPasskey(browser, new SoftAuthenticator(ISSUER))
    const unknown = [passkey.id, 'crd_none', '', 'usr_1']
    for (const one of unknown)
      await expectProblem(await browser.post('/api/me/factors/rename', { id: one, label: 'x' }), 404, 'not_found')
    expect((await factorsOf(scene)).factors).toMatchObject([{ id, label: null }])
  })

  test('N104 WAUTHN - once it is removed it opens nothing, its proofs count no more, and its owner and the browser are told', async () => {
    const scene = await atHome()
    const { browser, world, key } = scene
    const { id } = await addOwnKey(browser, key)
    await addTotp(scene, scene.userId)
    const other = world.browser()
    await touchKey(other, await openSecond(other), key)
    await other.get('/account')
    expect((await other.get('/api/me')).status).toBe(200)
    const waiting = world.browser()
    const request = await openSecond(waiting)
    const removed = await jsonOf<ChangedFactors>(await browser.post('/api/me/factors/remove', { id }))
    expect(removed).toMatchObject({ factors: { factors: [{ type: 'totp' }] }, signal: null })
    expect(await rowsOf(scene)).toEqual([])
    // what is left is asked for, of whoever removed it too
    for (const one of [browser, other]) await expectProblem(await one.get('/api/me'), 401, 'unauthenticated')
    await expectProblem(await waiting.post(`/api/login/${request}/security-key-options`, {}), 409, 'wrong_step')
    const mails = await mailsOf(scene)
    expect(mails.findLast(({ kind }) => kind === 'factor_removed')).toMatchObject({
      values: { factor: 'security_key' },
    })
  })

  test('stays where everybody has to have a second factor and it is the last that counts', async () => {
    const scene = await atHome()
    const { browser, key, setPolicy, clock } = scene
    const { id } = await addOwnKey(browser, key)
    clock.advance(1)
    await addTotp(scene, scene.userId)
    await setPolicy('login', { forceSecondFactor: 'always', secondFactors: ['security_key'] })
    const { factors } = await factorsOf(scene)
    expect(factors.find((one) => one.id === id)).toMatchObject({ isRemovable: false, isAllowed: true })
    await expectProblem(await browser.post('/api/me/factors/remove', { id }), 409, 'last_way')
    const app = factors.find(({ type }) => type === 'totp')
    expect(app).toMatchObject({ isAllowed: false, isRemovable: true })
  })
})
