import { createPrivateKey } from 'node:crypto'
import type { ManagedServiceUser } from '@vestibule/shared/contract/managed-service-users.ts'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { JWT_BEARER } from '../domain/application.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { newKey } from '../testing/assertions.ts'
import { addManager, createCaller, MANAGEMENT_SCOPE } from '../testing/managers.ts'
import { postForm, tokenRequest, userinfoRequest } from '../testing/relying-party.ts'
import { createWorld, ISSUER } from '../testing/world.ts'

async function managed() {
  const world = await createWorld()
  const robot = await addManager(world, ['organization_owner'])
  world.clock.advance(1)
  const all = `/api/v1/organizations/${world.acme}/service-users`
  const made = await jsonOf<ManagedServiceUser>(await robot.post(all, { clientId: 'importer', name: 'Importer' }))
  const one = `${all}/${made.id}`
  const eventsOf = async (type: string) => (await world.events()).filter((event) => event.type === type)
  const ask = (secret: string, form: object = {}) =>
    tokenRequest(
      world,
      '',
      { grant_type: 'client_credentials', ...form },
      { authorization: `Basic ${Buffer.from(`importer:${secret}`).toString('base64')}` },
    )
  return { ...world, world, robot, all, made, one, eventsOf, ask }
}

const tomorrow = ({ clock }: Awaited<ReturnType<typeof managed>>) => new Date(clock.now() + 86_400_000).toISOString()

describe('a service user', () => {
  test('is created, listed, read, renamed and deleted, each with an event of who did it', async () => {
    const { robot, all, made, one, acme, eventsOf } = await managed()
    expect(made).toMatchObject({ clientId: 'importer', name: 'Importer', state: 'active', hasSecret: false })
    const { serviceUsers } = await jsonOf<{ serviceUsers: ManagedServiceUser[] }>(await robot.get(all))
    expect(serviceUsers.map(({ id }) => id)).toEqual([robot.id, made.id])
    const change = { name: 'Loader', settings: { accessTokenFormat: 'jwt' } }
    expect(await jsonOf(await robot.send('PATCH', one, change))).toMatchObject(change)
    expect(await jsonOf(await robot.get(one))).toMatchObject({ ...change, clientId: 'importer' })
    expect(await jsonOf(await robot.send('DELETE', one))).toEqual({ done: true })
    await expectProblem(await robot.get(one), 404, 'not_found')
    for (const type of ['service_user.created', 'service_user.changed', 'user.deleted'])
      expect((await eventsOf(type)).at(-1)).toMatchObject({ actor: robot.id, target: made.id, organizationId: acme })
    // nobody is called so again
    const again = await robot.post(all, { clientId: 'importer', name: 'Another' })
    expect(await jsonOf(again)).toMatchObject({ code: 'invalid_input', fields: { clientId: ['taken'] } })
  })

  test('says how long its access tokens live, and who says so', async () => {
    const { robot, made, one, setPolicy } = await managed()
    await setPolicy('tokens', { accessTokenLifetime: 600 })
    const lives = async () => (await jsonOf<ManagedServiceUser>(await robot.get(one))).lifetimes
    expect([made.lifetimes, await lives()]).toEqual([
      { accessTokenLifetime: { value: 43_200, source: 'default' } },
      { accessTokenLifetime: { value: 600, source: 'organization' } },
    ])
    await robot.send('PATCH', one, { settings: { accessTokenLifetime: 60 } })
    expect(await lives()).toEqual({ accessTokenLifetime: { value: 60, source: 'application' } })
  })

  test('is listed page by page', async () => {
    const { robot, all, made, clock } = await managed()
    for (const clientId of ['aaa', 'bbb', 'ccc']) {
      clock.advance(1)
      await robot.post(all, { clientId, name: clientId })
    }
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: { serviceUsers: ManagedServiceUser[]; next: string | null } = await jsonOf(
        await robot.get(`${all}?limit=2${next ? `&after=${next}` : ''}`),
      )
      seen.push(...page.serviceUsers.map(({ clientId }) => clientId))
      next = page.next
    }
    expect(seen).toEqual([robot.clientId, made.clientId, 'aaa', 'bbb', 'ccc'])
    expect(await jsonOf(await robot.get(`${all}?state=deactivated`))).toEqual({ serviceUsers: [], next: null })
  })

  test.each(['importer', 'ledger'])('is called like nobody else: %s', async (clientId) => {
    const { world, robot, all } = await managed()
    await world.addApplication('ledger')
    const refused = await robot.post(all, { clientId, name: 'Another' })
    expect(await jsonOf(refused)).toMatchObject({ code: 'invalid_input', fields: { clientId: ['taken'] } })
  })

  test.each(['roles', 'projectRoles', 'secretSha256', 'keys', 'state', 'organization'])(
    'is not made with %s',
    async (name) => {
      const { robot, all } = await managed()
      await expectProblem(await robot.post(all, { clientId: 'x1x', name: 'X', [name]: [] }), 400, 'invalid_input')
    },
  )

  test('is no user of the lists of people, and people are no service users', async () => {
    const { world, robot, all, made, acme } = await managed()
    const ann = await world.addUser('ann')
    await expectProblem(await robot.get(`/api/v1/organizations/${acme}/users/${made.id}`), 404, 'not_found')
    await expectProblem(await robot.get(`${all}/${ann}`), 404, 'not_found')
  })
})

describe('what it proves itself by', () => {
  test('a key: the file is shown once and opens the token endpoint, until it is deleted', async () => {
    const { world, robot, one, made, clock } = await managed()
    const file = await jsonOf<{ key: string; keyId: string }>(await robot.post(`${one}/keys`, {}))
    expect(file).toMatchObject({ type: 'serviceaccount', userId: made.id, key: expect.stringMatching(/PRIVATE KEY/) })
    const key = createPrivateKey(file.key)
    const ask = async () => {
      const now = Math.floor(clock.now() / 1000)
      const claims = { iss: made.id, sub: made.id, aud: ISSUER, iat: now, exp: now + 60, jti: String(Math.random()) }
      const assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: file.keyId }).sign(key)
      return postForm(world, '/oauth/v2/token', { grant_type: JWT_BEARER, assertion, scope: 'openid' })
    }
    const { access_token } = await jsonOf<{ access_token: string }>(await ask())
    expect((await userinfoRequest(world, access_token)).status).toBe(200)
    const { keys } = await jsonOf<{ keys: object[] }>(await robot.get(`${one}/keys`))
    expect(keys).toMatchObject([{ id: file.keyId, expiresAt: null, lastUsedAt: expect.any(String) }])
    expect(JSON.stringify(keys)).not.toMatch(/PRIVATE|"n"/)
    expect(await jsonOf(await robot.send('DELETE', `${one}/keys/${file.keyId}`))).toEqual({ done: true })
    expect((await ask()).status).toBe(400)
    expect((await userinfoRequest(world, access_token)).status).toBe(401)
  })

  test('a public key that it brings, and no private one', async () => {
    const scene = await managed()
    const { robot, one } = scene
    const { jwk } = newKey('ES256', 'own')
    const expiresAt = tomorrow(scene)
    const answer = await jsonOf(await robot.post(`${one}/keys`, { publicKey: jwk, expiresAt }))
    expect(answer).toMatchObject({ key: null, keyId: expect.any(String) })
    expect(await jsonOf(await robot.get(`${one}/keys`))).toMatchObject({ keys: [{ expiresAt }] })
    for (const publicKey of [{}, { ...jwk, d: 'AAAA' }, { kty: 'oct', k: 'AAAA' }])
      await expectProblem(await robot.post(`${one}/keys`, { publicKey }), 400, 'invalid_input')
  })

  test('a secret: shown once, replaced, taken away with what was had by it', async () => {
    const { world, robot, one, ask } = await managed()
    const { secret } = await jsonOf<{ secret: string }>(await robot.post(`${one}/secret`, {}))
    const { access_token } = await jsonOf<{ access_token: string }>(await ask(secret, { scope: 'openid' }))
    const next = await jsonOf<{ secret: string }>(await robot.post(`${one}/secret`, {}))
    expect([(await ask(secret)).status, (await ask(next.secret)).status]).toEqual([401, 200])
    expect(await jsonOf(await robot.get(one))).toMatchObject({ hasSecret: true })
    expect(await jsonOf(await robot.send('DELETE', `${one}/secret`))).toEqual({ done: true })
    expect(await jsonOf(await robot.send('DELETE', `${one}/secret`))).toEqual({ done: false })
    expect((await ask(next.secret)).status).toBe(401)
    expect((await userinfoRequest(world, access_token)).status).toBe(401)
  })

  test('a token: shown once, listed without what it says, deleted at once', async () => {
    const scene = await managed()
    const { world, robot, one } = scene
    const wanted = { name: 'nightly', scopes: ['openid', MANAGEMENT_SCOPE], expiresAt: tomorrow(scene) }
    const { id, token } = await jsonOf<{ id: string; token: string }>(await robot.post(`${one}/tokens`, wanted))
    const { tokens } = await jsonOf<{ tokens: object[] }>(await robot.get(`${one}/tokens`))
    expect(tokens).toEqual([{ id, ...wanted, createdAt: expect.any(String) }])
    expect((await userinfoRequest(world, token)).status).toBe(200)
    expect((await createCaller(world, `Bearer ${token}`).get(one)).status).toBe(404)
    expect(await jsonOf(await robot.send('DELETE', `${one}/tokens/${id}`))).toEqual({ done: true })
    expect((await userinfoRequest(world, token)).status).toBe(401)
  })

  test.each(['2025-12-31T23:59:59Z', '2099-01-01T00:00:00Z', 'tomorrow'])(
    'a token until %s is refused',
    async (expiresAt) => {
      const { robot, one } = await managed()
      const refused = await robot.post(`${one}/tokens`, { name: 'x', scopes: ['openid'], expiresAt })
      expect(await jsonOf(refused)).toMatchObject({ code: 'invalid_input', fields: { expiresAt: ['invalid'] } })
    },
  )

  test('an answer with a secret is kept in a box, and is the same when asked for again', async () => {
    const { robot, one, deps } = await managed()
    const ask = async () =>
      jsonOf<{ secret: string }>(await robot.post(`${one}/secret`, {}, { 'idempotency-key': 'k' }))
    const { secret } = await ask()
    expect(await ask()).toEqual({ secret })
    expect(JSON.stringify(await deps.db.query.select().from(deps.db.tables.idempotencyKeys))).not.toContain(secret)
  })
})

test('whoever is deactivated is out at once, and in again with what it had to prove itself by', async () => {
  const { world, robot, one, ask } = await managed()
  const { secret } = await jsonOf<{ secret: string }>(await robot.post(`${one}/secret`, {}))
  const { access_token } = await jsonOf<{ access_token: string }>(await ask(secret, { scope: 'openid' }))
  expect(await jsonOf(await robot.post(`${one}/deactivate`))).toMatchObject({ state: 'deactivated' })
  expect([(await userinfoRequest(world, access_token)).status, (await ask(secret)).status]).toEqual([401, 401])
  expect(await jsonOf(await robot.post(`${one}/reactivate`))).toMatchObject({ state: 'active' })
  expect([(await userinfoRequest(world, access_token)).status, (await ask(secret)).status]).toEqual([401, 200])
})

test.each([
  ['POST', '/secret', {}],
  ['POST', '/keys', {}],
  ['POST', '/tokens', { name: 'x', scopes: [MANAGEMENT_SCOPE], expiresAt: '2026-06-01T00:00:00Z' }],
  ['POST', '/deactivate', {}],
  ['PATCH', '', { name: 'Mine' }],
  ['DELETE', '', undefined],
])('N228 nobody makes themselves more by a service user that may do more: %s %s', async (method, action, body) => {
  const { world, robot: owner, all } = await managed()
  const manager = await addManager(world, ['organization_user_manager'])
  await expectProblem(await manager.send(method, `${all}/${owner.id}${action}`, body), 403, 'forbidden')
})
