import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { openSecond } from '../../testing/factors.ts'
import { addPasskey } from '../../testing/passkeys.ts'
import { mailsOf } from '../../testing/registration.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { enrollKey, keyOptions, newKey, touchKey } from '../../testing/security-keys.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

const PATH = 'enroll-security-key-options'

/** Bob holds nothing, and is made to set a second factor up. */
async function atSetUp(wishes: Record<string, string> = { acr_values: 'aal2' }) {
  const scene = await createScene()
  const request = await openSecond(scene.browser, wishes)
  const send = (credential: object) => scene.browser.post(`/api/login/${request}/enroll-security-key`, { credential })
  return { ...scene, request, send, key: newKey() }
}
const rowsOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.webauthnCredentials)

describe('a security key that is set up on the way in', () => {
  test('is offered after the app, counts at once, and brings recovery codes and a notice', async () => {
    const scene = await atSetUp()
    const { browser, request, key } = scene
    expect((await browser.step(request)).step).toMatchObject({
      kind: 'enroll_second_factor',
      methods: ['totp', 'security_key', 'email_code'],
    })
    const { response } = await enrollKey(browser, request, key)
    expect(await jsonOf(response)).toMatchObject({ step: { kind: 'recovery_codes' } })
    const mails = await mailsOf(scene)
    expect(mails.findLast(({ kind }) => kind === 'factor_added')).toMatchObject({ values: { factor: 'security_key' } })
    const done = await browser.post(`/api/login/${request}/keep-recovery-codes`, {})
    expect(await jsonOf(done)).toMatchObject({ step: { kind: 'redirect' } })
    expect((await scene.events()).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['user.factor_added', 'user.second_factor_checked']),
    )
  })

  test('is what an application gets that asks for what can not be phished, where nothing is held yet', async () => {
    const { browser, request, key } = await atSetUp({ acr_values: 'phr' })
    expect((await browser.step(request)).step).toMatchObject({ methods: ['security_key'], canSkip: false })
    await enrollKey(browser, request, key)
    const done = await browser.post(`/api/login/${request}/keep-recovery-codes`, {})
    expect(await jsonOf(done)).toMatchObject({ step: { kind: 'redirect' } })
  })

  test('is asked for as a thing of its own, without a name, and not where this account is known already', async () => {
    const { browser, request, world, setPolicy } = await atSetUp()
    const options = await keyOptions(browser, request, PATH)
    expect(options).toMatchObject({
      attestation: 'none',
      excludeCredentials: [],
      hints: ['security-key'],
      authenticatorSelection: {
        residentKey: 'discouraged',
        requireResidentKey: false,
        userVerification: 'discouraged',
        authenticatorAttachment: 'cross-platform',
      },
    })
    // passkeys that count no more are on their keys all the same
    const home = world.browser()
    await home.signIn(await home.open('/account'), BOB, PASSWORD)
    const { credential } = await addPasskey(home, new SoftAuthenticator(ISSUER))
    await setPolicy('login', { allowPasskey: false })
    const again = await openSecond(world.browser(), { acr_values: 'aal2' }).catch(() => null)
    expect(again).not.toBeNull()
    expect(await keyOptions(browser, request, PATH)).toMatchObject({ excludeCredentials: [{ id: credential.id }] })
  })

  test('is nobody’s before it was made: the options alone leave nothing', async () => {
    const scene = await atSetUp()
    await keyOptions(scene.browser, scene.request, PATH)
    expect(await rowsOf(scene)).toEqual([])
    expect((await scene.browser.step(scene.request)).step).toMatchObject({
      kind: 'enroll_second_factor',
      methods: ['totp', 'security_key', 'email_code'],
    })
  })

  test.each<[string, Lies]>([
    ['N089 WAUTHN - for another origin', { origin: 'https://evil.test' }],
    ['N091 WAUTHN - for the place of somebody else', { rpId: 'evil.test' }],
    ['N093 WAUTHN - when nobody touched it', { userPresent: false }],
    ['N100 WAUTHN - with an algorithm nobody asked for', { algorithm: -47 }],
    ['when it answers something else', { type: 'webauthn.get' }],
    ['out of a frame', { crossOrigin: true }],
  ])('%s it is refused, its challenge is spent and the other ways are there', async (_what, lies) => {
    const scene = await atSetUp()
    const { browser, request, key, send } = scene
    const { options, response } = await enrollKey(browser, request, key, lies)
    await expectProblem(response, 401, 'security_key_refused')
    await expectProblem(await send(key.create(options)), 409, 'challenge_over')
    expect(await rowsOf(scene)).toEqual([])
    expect((await browser.step(request)).step).toMatchObject({ methods: ['totp', 'security_key', 'email_code'] })
  })

  test('N088 WAUTHN - is taken once, in time, and in the sign-in that asked', async () => {
    const scene = await atSetUp()
    const { browser, request, key, send, world, clock } = scene
    const late = key.create(await keyOptions(browser, request, PATH))
    clock.advance(600)
    await expectProblem(await send(late), 409, 'challenge_over')
    const other = world.browser()
    const elsewhere = await openSecond(other, { acr_values: 'aal2' })
    const theirs = key.create(await keyOptions(other, elsewhere, PATH))
    await browser.signIn(request, BOB, PASSWORD)
    await expectProblem(await send(theirs), 409, 'challenge_over')
    const { credential } = await enrollKey(browser, request, key)
    await expectProblem(await send(credential), 409, 'wrong_step')
    expect(await rowsOf(scene)).toHaveLength(1)
  })

  test('N088 WAUTHN - is not the key of whom the sign-in is about by now', async () => {
    const { browser, request, key, send, world } = await atSetUp()
    const forBob = await keyOptions(browser, request, PATH)
    await world.addUser('ann')
    await browser.signIn(request, 'ann@acme.test', PASSWORD)
    await expectProblem(await send(key.create(forBob as never)), 409, 'challenge_over')
    expect((await enrollKey(browser, request, key)).response.status).toBe(200)
  })

  test('N098 WAUTHN - of which somebody else has the name is refused, and theirs stays as it is', async () => {
    const scene = await atSetUp()
    const { browser, request, key, world } = scene
    const { credential } = await enrollKey(browser, request, key)
    const [before] = await rowsOf(scene)
    await world.addUser('mallory')
    const thief = world.browser()
    const own = await thief.open(authorizePath('ledger', { acr_values: 'aal2' }))
    await thief.signIn(own, 'mallory@acme.test', PASSWORD)
    const { response } = await enrollKey(thief, own, newKey(), { credentialId: credential.id })
    await expectProblem(response, 401, 'security_key_refused')
    expect(await rowsOf(scene)).toEqual([before])
    const again = world.browser()
    expect((await touchKey(again, await openSecond(again), key)).response.status).toBe(200)
  })

  test('is not set up beside another factor by a password alone, nor where the policy has none', async () => {
    const { browser, request, world, key, setPolicy } = await atSetUp()
    await enrollKey(browser, request, key)
    const thief = world.browser()
    const second = await openSecond(thief)
    await expectProblem(await thief.post(`/api/login/${second}/${PATH}`, {}), 409, 'wrong_step')
    await setPolicy('login', { secondFactors: ['totp'], forceSecondFactor: 'always' })
    const other = world.browser()
    const third = await openSecond(other)
    await expectProblem(await other.post(`/api/login/${third}/${PATH}`, {}), 409, 'wrong_step')
  })
})
