import type { OwnData } from '@vestibule/shared/contract/own-data.ts'
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { expect, test } from 'vitest'
import { STEP_UP_MAX_AGE } from '../domain/auth-request.ts'
import { canonical } from '../domain/canonical.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { lastMail } from '../testing/messages.ts'
import { PICTURES } from '../testing/pictures.ts'
import { obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'
import { recordEvent } from '../use-cases/record-event.ts'

type Export = { data: OwnData; signature: string }

/** Bob at home, with all that an account can hold, and Ann beside him. */
async function createLife() {
  const scene = await createScene({ application: { settings: { sessionRefreshToken: true } } })
  const { world, browser, deps, userId, acme } = scene
  const ann = await world.addUser('ann')
  await obtainTokens(world, world.browser(), 'ledger', 'ann@acme.test')
  const tokens = await obtainTokens(world, world.browser(), 'ledger', BOB)
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  const exported = async () => jsonOf<Export>(await browser.post('/api/me/export', {}))
  const happens = (event: Partial<Parameters<typeof recordEvent>[2]>) =>
    deps.db.transaction((tx) =>
      recordEvent(deps, tx, { type: 'user.unlocked', organizationId: acme, actor: ann, target: userId, ...event }),
    )
  return { ...scene, ann, tokens, exported, happens }
}

/** As the guide says it: the members in the order of their names, and the header of the signature. */
async function verify({ data, signature }: Export, keys: JSONWebKeySet) {
  const content = Buffer.from(JSON.stringify(canonical(data))).toString('base64url')
  return compactVerify(signature.replace('..', `.${content}.`), createLocalJWKSet(keys))
}

test('everything that is kept of the person is in it', async () => {
  const { exported, browser, userId, clock } = await createLife()
  const picture = await PICTURES.png()
  const headers = { 'content-type': 'image/png', 'content-length': String(picture.length), origin: ISSUER }
  await browser.send('/api/me/avatar', { method: 'POST', body: new Uint8Array(picture), headers })
  await browser.post('/api/me/email', { value: 'bob@elsewhere.test' })
  const { data } = await exported()
  expect(data).toMatchObject({
    format: 'vestibule-own-data',
    issuer: ISSUER,
    exportedAt: new Date(clock.now()).toISOString(),
    account: { id: userId, deletionAt: null, roles: [] },
    profile: { picture: expect.stringMatching(/\/avatars\//) },
    contacts: expect.arrayContaining([expect.objectContaining({ kind: 'email', value: BOB })]),
    credentials: [{ type: 'password' }],
    grants: [{ application: 'ledger of the tests', revokedAt: null }],
    messages: expect.arrayContaining([
      expect.objectContaining({ kind: 'email_change_code', recipient: 'bob@elsewhere.test' }),
    ]),
    cut: [],
  })
  expect(data.sessions).toHaveLength(2)
  expect(data.knownBrowsers).toHaveLength(2)
  expect(data.messages.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['new_device']))
  expect(Buffer.from(data.picture!, 'base64').toString('latin1', 8, 12)).toBe('WEBP')
  expect(data.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['user.signed_in', 'user.exported']))
})

test('it is signed by a key of the published set; whoever changes a letter of it breaks that', async () => {
  const { exported, browser } = await createLife()
  const keys = await jsonOf<JSONWebKeySet>(await browser.get('/oauth/v2/keys'))
  const file = await exported()
  const { protectedHeader } = await verify(file, keys)
  expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'own-data+jws', kid: expect.any(String) })
  // written anew by whatever program, it is still the same
  await verify(JSON.parse(JSON.stringify(file, null, 4)), keys)
  const forged = { ...file, data: { ...file.data, account: { ...file.data.account, displayName: 'Eve' } } }
  await expect(verify(forged, keys)).rejects.toThrow()
})

test('nothing that opens something is in it, and nothing of anybody else', async () => {
  const { exported, happens, ann, tokens, userId } = await createLife()
  await happens({})
  await happens({ type: 'user.changed', actor: null, target: ann, person: userId })
  const { data } = await exported()
  const text = JSON.stringify(data)
  expect(data.events.slice(0, 3)).toMatchObject([
    { type: 'user.exported', by: 'self' },
    { type: 'user.changed', by: null, target: null },
    { type: 'user.unlocked', by: 'manager' },
  ])
  expect(text).not.toContain(ann)
  expect(text).not.toContain('ann@')
  for (const secret of [PASSWORD, '$argon2', 'secret', 'hash', tokens.access_token, tokens.id_token])
    expect(text.toLowerCase()).not.toContain(String(secret).toLowerCase())
})

test('it wants a young proof, and is on record before it is given out', async () => {
  const { exported, browser, clock, events, userId } = await createLife()
  clock.advance(STEP_UP_MAX_AGE)
  await expectProblem(await browser.post('/api/me/export', {}), 401, 'reauth_required')
  expect((await events()).map(({ type }) => type)).not.toContain('user.exported')
  clock.advance(-STEP_UP_MAX_AGE)
  await exported()
  expect((await events()).at(-1)).toMatchObject({ type: 'user.exported', actor: userId, target: userId })
})

test('it can be had while the account is about to go', async () => {
  const { exported, browser, world } = await createLife()
  await browser.post('/api/me/deletion', { loginName: BOB })
  await lastMail(world, 'deletion_planned')
  expect((await exported()).data.account.deletionAt).not.toBeNull()
})

test('it can be had so often an hour', async () => {
  const { exported, browser } = await createLife()
  for (let nth = 0; nth < 20; nth++) await exported()
  await expectProblem(await browser.post('/api/me/export', {}), 429, 'too_many_attempts')
})

test('what is longer than anybody reads is cut, and says so', async () => {
  const { exported, deps, userId, acme } = await createLife()
  await deps.db.transaction(async (tx) => {
    for (let nth = 0; nth < 5001; nth++)
      await recordEvent(deps, tx, { type: 'grant.revoked', organizationId: acme, actor: userId, target: userId })
  })
  const { data } = await exported()
  expect([data.events.length, data.cut]).toEqual([5000, ['events']])
})
