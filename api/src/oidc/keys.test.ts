import { expect, test } from 'vitest'
import { jsonOf } from '../testing/answers.ts'
import { obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { verifyJwt } from '../testing/tokens.ts'
import { createWorld, type World } from '../testing/world.ts'
import { rotateKeys, rotateWhenDue } from '../use-cases/keys/rotate-keys.ts'

type Key = { kid: string; kty: string; alg: string; use: string; [member: string]: string }
const DAY = 86_400
const HOUR = 3600

const published = async ({ app }: Pick<World, 'app'>) =>
  (await jsonOf<{ keys: Key[] }>(await app.request('/oauth/v2/keys'))).keys

test('JW1 a key of each algorithm from the start, and nothing private', async () => {
  const world = await createWorld()
  const keys = await published(world)
  expect(keys.map(({ alg, kty, use, crv }) => ({ alg, kty, use, crv }))).toEqual([
    { alg: 'RS256', kty: 'RSA', use: 'sig', crv: undefined },
    { alg: 'ES256', kty: 'EC', use: 'sig', crv: 'P-256' },
    { alg: 'EdDSA', kty: 'OKP', use: 'sig', crv: 'Ed25519' },
  ])
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(3)
  expect(
    keys.flatMap(Object.keys).filter((member) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'].includes(member)),
  ).toEqual([])
  expect(Buffer.from(keys[0]!.n!, 'base64url')).toHaveLength(256)
})

test('JW1 cacheable for five minutes, with an ETag', async () => {
  const browser = (await createWorld()).browser()
  const response = await browser.get('/oauth/v2/keys')
  expect(response.headers.get('cache-control')).toBe('public, max-age=300')
  const again = await browser.get('/oauth/v2/keys', { 'if-none-match': response.headers.get('etag')! })
  expect(again.status).toBe(304)
})

test('JW2 a new key is published twice the cache age before its first use', async () => {
  const { world, deps, clock, browser, tokens } = await createScene()
  const [old] = await published(world)
  const made = await rotateKeys(deps)
  const next = made.find(({ algorithm }) => algorithm === 'RS256')!
  expect(next.usedFrom - clock.now()).toBeGreaterThanOrEqual(2 * 300_000)
  clock.advance(1)
  const kids = (await published(world)).map(({ kid }) => kid)
  expect(kids).toEqual(expect.arrayContaining([old!.kid, ...made.map(({ kid }) => kid)]))
  const etag = (await browser.get('/oauth/v2/keys')).headers.get('etag')

  clock.at = next.usedFrom - 1
  expect((await verifyJwt(world, (await tokens()).id_token!)).header.kid).toBe(old!.kid)
  clock.at = next.usedFrom
  const { id_token = '' } = await obtainTokens(world, world.browser(), 'ledger', BOB)
  expect((await verifyJwt(world, id_token)).header.kid).toBe(next.kid)
  expect((await browser.get('/oauth/v2/keys')).headers.get('etag')).toBe(etag)
})

test('JW2 an old key stays published until the last token it signed has expired', async () => {
  const { world, deps, clock, tokens } = await createScene()
  const [old] = await published(world)
  const made = await rotateKeys(deps)
  clock.at = made[0]!.usedFrom - 1000
  const { id_token = '' } = await tokens()
  clock.advance(12 * HOUR - 1)
  expect((await verifyJwt(world, id_token)).header.kid).toBe(old!.kid)
  clock.advance(3)
  expect((await published(world)).map(({ kid }) => kid)).not.toContain(old!.kid)
})

test('JW2 other nodes notice a new key', async () => {
  const { deps, clock } = await createWorld()
  const [row] = await deps.repositories.signingKeys.list()
  const key = await deps.keys.generate('ES256', clock.now() + 1000)
  await deps.db.transaction((tx) => deps.repositories.signingKeys.create(tx, key))
  expect(deps.keys.find(key.kid)).toBeNull()
  await deps.keys.reload()
  expect(deps.keys.find(key.kid)?.algorithm).toBe('ES256')
  expect(deps.keys.find(row!.kid)).not.toBeNull()
})

test('JW3 retired keys verify hints for 90 days, unpublished, and then are gone', async () => {
  const { world, deps, clock, authorize, tokens } = await createScene()
  const { id_token = '' } = await tokens()
  const [old] = await published(world)
  await rotateKeys(deps)
  clock.advance(89 * DAY)
  await rotateKeys(deps)
  expect((await published(world)).map(({ kid }) => kid)).not.toContain(old!.kid)
  const verified = await authorize({ id_token_hint: id_token, prompt: 'none' })
  expect(verified.headers.get('location')).toContain('error=login_required')

  clock.advance(2 * DAY)
  await rotateKeys(deps)
  expect(deps.keys.find(old!.kid)).toBeNull()
  const refused = await authorize({ id_token_hint: id_token, prompt: 'none' })
  expect(refused.headers.get('location')).toContain('error=invalid_request')
})

test('keys rotate when the newest is older than the setting', async () => {
  const { deps, clock, events } = await createWorld({ env: { KEY_ROTATION_DAYS: '30' } })
  clock.advance(30 * DAY - 1)
  expect(await rotateWhenDue(deps)).toBe(false)
  clock.advance(1)
  expect(await rotateWhenDue(deps)).toBe(true)
  expect(await rotateWhenDue(deps)).toBe(false)
  const made = (await events()).filter(({ type }) => type === 'signing_key.created')
  expect(made.length).toBeGreaterThanOrEqual(3)
})
