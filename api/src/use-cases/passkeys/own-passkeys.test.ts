import type { OwnPasskeys } from '@vestibule/shared/contract/own-passkeys.ts'
import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { addPasskey } from '../../testing/passkeys.ts'
import { mailsOf } from '../../testing/registration.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

const MINUTE = 60

/** Bob at his account pages. */
async function atHome(options?: Parameters<typeof createScene>[0]) {
  const scene = await createScene(options)
  await signIn(scene.browser)
  return { ...scene, authenticator: new SoftAuthenticator(ISSUER) }
}
const signIn = async (browser: Scene['browser'], name = BOB) =>
  browser.signIn(await browser.open('/account'), name, PASSWORD)
const listOf = async ({ browser }: Pick<Scene, 'browser'>) => jsonOf<OwnPasskeys>(await browser.get('/api/me/passkeys'))
const rowsOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.webauthnCredentials)

describe('a new passkey', () => {
  test('is listed, named in the activity and told of by mail, with a way to say that it was somebody else', async () => {
    const scene = await atHome()
    const { browser, authenticator, clock } = scene
    expect(await listOf(scene)).toEqual({ isAllowed: true, passkeys: [], signal: null })
    const { response, credential } = await addPasskey(browser, authenticator)
    expect(response.status).toBe(200)
    const answer = await listOf(scene)
    expect(answer.passkeys).toEqual([
      {
        id: expect.stringMatching(/^crd_/),
        label: null,
        model: null,
        isSynced: true,
        createdAt: new Date(clock.at).toISOString(),
        lastUsedAt: null,
        isRemovable: true,
      },
    ])
    expect(answer.signal).toMatchObject({ rpId: 'localhost', credentialIds: [credential.id], name: BOB })
    const mails = await mailsOf(scene)
    expect(mails.map(({ kind }) => kind)).toContain('factor_added')
    const activity = await jsonOf<{ activity: { type: string }[] }>(await browser.get('/api/me/activity'))
    expect(activity.activity[0]).toMatchObject({ type: 'factor_added', by: 'self' })
  })

  test('knows its user by a name that says nothing of who it is, the same for all of them', async () => {
    const { browser, authenticator, userId, deps } = await atHome()
    const first = await addPasskey(browser, authenticator)
    const second = await addPasskey(browser, authenticator)
    const handle = Buffer.from(first.options.user.id, 'base64url')
    expect(handle).toHaveLength(32)
    expect(handle.toString()).not.toContain(userId)
    expect(second.options.user.id).toBe(first.options.user.id)
    expect(second.options.excludeCredentials.map(({ id }) => id)).toEqual([first.credential.id])
    const person = await deps.repositories.users.findPerson(userId)
    expect(person?.subject).not.toBe(first.options.user.id)
  })

  test('needs a young proof to be asked for, and none to be sent', async () => {
    const { browser, clock, authenticator } = await atHome()
    const { options } = await jsonOf<{ options: never }>(await browser.post('/api/me/passkeys/options', {}))
    clock.advance(6 * MINUTE)
    await expectProblem(await browser.post('/api/me/passkeys/options', {}), 401, 'reauth_required')
    const credential = authenticator.create(options)
    expect((await browser.post('/api/me/passkeys', { credential })).status).toBe(200)
  })

  test.each<[string, Lies]>([
    ['N089 WAUTHN - for another origin', { origin: 'https://evil.test' }],
    ['N091 WAUTHN - for the place of somebody else', { rpId: 'evil.test' }],
    ['N092 WAUTHN - when nobody was recognised', { userVerified: false }],
    ['N100 WAUTHN - with an algorithm nobody asked for', { algorithm: -47 }],
    ['for something else that was asked', { type: 'webauthn.get' }],
  ])('%s it is refused, and its challenge is spent', async (_what, lies) => {
    const scene = await atHome()
    const { options, response } = await addPasskey(scene.browser, scene.authenticator, lies)
    await expectProblem(response, 401, 'passkey_refused')
    const credential = scene.authenticator.create(options)
    await expectProblem(await scene.browser.post('/api/me/passkeys', { credential }), 409, 'challenge_over')
    expect(await rowsOf(scene)).toEqual([])
  })

  test('N088 WAUTHN - is taken once, in time, and in the session that asked', async () => {
    const scene = await atHome()
    const { browser, world, clock, authenticator } = scene
    const { credential } = await addPasskey(browser, authenticator)
    await expectProblem(await browser.post('/api/me/passkeys', { credential }), 409, 'challenge_over')

    const other = world.browser()
    await signIn(other)
    const { options } = await jsonOf<{ options: never }>(await other.post('/api/me/passkeys/options', {}))
    const elsewhere = authenticator.create(options)
    await expectProblem(await browser.post('/api/me/passkeys', { credential: elsewhere }), 409, 'challenge_over')
    clock.advance(10 * MINUTE)
    await expectProblem(await other.post('/api/me/passkeys', { credential: elsewhere }), 409, 'challenge_over')
    expect(await rowsOf(scene)).toHaveLength(1)
  })

  test('N098 WAUTHN - of which somebody else has the name is refused, and theirs stays as it is', async () => {
    const scene = await atHome()
    const { browser, world, authenticator } = scene
    const { credential } = await addPasskey(browser, authenticator)
    const [before] = await rowsOf(scene)
    await world.addUser('mallory')
    const thief = world.browser()
    await signIn(thief, 'mallory@acme.test')
    const copy = await addPasskey(thief, new SoftAuthenticator(ISSUER), { credentialId: credential.id })
    await expectProblem(copy.response, 401, 'passkey_refused')
    expect(await rowsOf(scene)).toEqual([before])
  })

  test('is none too many', async () => {
    const { browser, authenticator } = await atHome()
    for (let nth = 0; nth < 20; nth++) await addPasskey(browser, authenticator)
    await expectProblem(await browser.post('/api/me/passkeys/options', {}), 409, 'too_many')
  })

  test('is not wanted where the organization wants none', async () => {
    const { browser, world } = await atHome()
    await world.setPolicy('login', { allowPasskey: false })
    await expectProblem(await browser.post('/api/me/passkeys/options', {}), 403, 'forbidden')
  })
})

describe('the passkeys somebody has', () => {
  test('are named by their owner, and by their model again', async () => {
    const scene = await atHome()
    const { id } = await addPasskey(scene.browser, scene.authenticator)
    const rename = (label: string | null) => scene.browser.post('/api/me/passkeys/rename', { id, label })
    await rename('  Phone ')
    expect((await listOf(scene)).passkeys).toMatchObject([{ label: 'Phone' }])
    await rename(null)
    expect((await listOf(scene)).passkeys).toMatchObject([{ label: null }])
  })

  test('are nobody else’s to name or to remove', async () => {
    const scene = await atHome()
    const { id } = await addPasskey(scene.browser, scene.authenticator)
    await scene.world.addUser('mallory')
    const thief = scene.world.browser()
    await signIn(thief, 'mallory@acme.test')
    await expectProblem(await thief.post('/api/me/passkeys/rename', { id, label: 'mine' }), 404, 'not_found')
    await expectProblem(await thief.post('/api/me/passkeys/remove', { id }), 404, 'not_found')
    for (const unknown of ['crd_none', '', 'usr_1'])
      await expectProblem(await scene.browser.post('/api/me/passkeys/remove', { id: unknown }), 404, 'not_found')
    expect((await listOf(scene)).passkeys).toMatchObject([{ id, label: null }])
  })

  test('N104 WAUTHN - are removed with a young proof, with a notice', async () => {
    const scene = await atHome()
    const { browser, clock, authenticator } = scene
    const { id } = await addPasskey(browser, authenticator)
    clock.advance(6 * MINUTE)
    await expectProblem(await browser.post('/api/me/passkeys/remove', { id }), 401, 'reauth_required')
    clock.advance(-2 * MINUTE)
    const left = await jsonOf<OwnPasskeys>(await browser.post('/api/me/passkeys/remove', { id }))
    expect(left).toMatchObject({ passkeys: [] })
    expect(await rowsOf(scene)).toEqual([])
    expect((await mailsOf(scene)).map(({ kind }) => kind)).toContain('factor_removed')
  })

  test('stay where they are the last way in', async () => {
    const scene = await atHome()
    const { browser, clock, deps, userId, authenticator } = scene
    const first = await addPasskey(browser, authenticator)
    // the newest stands last
    clock.advance(1)
    const second = await addPasskey(browser, authenticator)
    await deps.db.transaction((tx) => deps.repositories.credentials.removePassword(tx, userId))
    expect((await listOf(scene)).passkeys.map(({ isRemovable }) => isRemovable)).toEqual([true, true])
    expect((await browser.post('/api/me/passkeys/remove', { id: first.id })).status).toBe(200)
    expect((await listOf(scene)).passkeys.map(({ isRemovable }) => isRemovable)).toEqual([false])
    await expectProblem(await browser.post('/api/me/passkeys/remove', { id: second.id }), 409, 'last_way')
  })

  test('stay where both are taken away at once: one of them', async () => {
    const scene = await atHome()
    const { browser, clock, deps, userId, authenticator } = scene
    const first = await addPasskey(browser, authenticator)
    clock.advance(1)
    const both = [first, await addPasskey(browser, authenticator)]
    await deps.db.transaction((tx) => deps.repositories.credentials.removePassword(tx, userId))
    const answers = await Promise.all(both.map(({ id }) => browser.post('/api/me/passkeys/remove', { id })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await listOf(scene)).passkeys).toHaveLength(1)
  })
})
