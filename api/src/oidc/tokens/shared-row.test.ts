import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { jsonOf } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import { basic, postForm, type Tokens, tokenRequest, userinfoRequest } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'

/** A machine that gets JWTs, and whether one of them counts. */
async function createMachine(settings = {}) {
  const { world, clock } = await createScene()
  const robot = await world.addApplication('robot', {
    type: 'api',
    grantTypes: ['client_credentials'],
    redirectUris: [],
    settings: { accessTokenFormat: 'jwt', accessTokenLifetime: 600, ...settings },
  })
  const get = async (scope = 'openid') => {
    const answer = await tokenRequest(world, 'robot', { grant_type: 'client_credentials', scope })
    return (await jsonOf<Tokens>(answer)).access_token
  }
  const introspect = async (token: string) =>
    jsonOf(await postForm(world, '/oauth/v2/introspect', { token }, { authorization: basic('robot') }))
  const revoke = (token: string, clientId = 'robot') =>
    postForm(world, '/oauth/v2/revoke', { token }, { authorization: basic(clientId) })
  const counts = async (token: string) => {
    const { active } = await introspect(token)
    const { status } = await userinfoRequest(world, token)
    expect(status).toBe(active ? 200 : 401)
    return active
  }
  const rows = async () => (await world.deps.db.query.select().from(world.deps.db.tables.accessTokens)).length
  return { world, clock, robot, get, introspect, revoke, counts, rows }
}

test('AT3 JWTs of a machine hang on one row, and each has a name and an end of its own', async () => {
  const { get, rows, introspect, counts, clock } = await createMachine()
  const first = await get()
  clock.advance(60)
  const second = await get()
  expect(await rows()).toBe(1)
  expect(decodeJwt(first).jti).not.toBe(decodeJwt(second).jti)
  expect(await introspect(second)).toMatchObject({
    iat: decodeJwt(second).iat,
    exp: decodeJwt(second).exp,
    sub: 'robot',
  })
  clock.advance(540)
  expect([await counts(first), await counts(second)]).toEqual([false, true])
  clock.advance(60)
  expect(await counts(second)).toBe(false)
})

test('AT3 a row is left in time for the last one that hangs on it', async () => {
  const { get, rows, counts, clock } = await createMachine()
  await get()
  clock.advance(601)
  const later = await get()
  expect(await rows()).toBe(2)
  clock.advance(599)
  expect(await counts(later)).toBe(true)
})

test('RV1 one that is revoked goes alone, and only by the client it is of', async () => {
  const { world, get, revoke, counts } = await createMachine()
  await world.addApplication('other', { type: 'api', grantTypes: ['client_credentials'], redirectUris: [] })
  const [one, other] = [await get(), await get()]
  expect((await revoke(one, 'other')).status).toBe(200)
  expect(await counts(one)).toBe(true)
  expect((await revoke(one)).status).toBe(200)
  expect((await revoke(one)).status).toBe(200)
  expect([await counts(one), await counts(other)]).toEqual([false, true])
})

test('G11 a grant that is revoked takes all of them along, and what is issued then hangs on another', async () => {
  const { world, get, counts } = await createMachine()
  const before = await get()
  await world.deps.db.query.update(world.deps.db.tables.grants).set({ revokedAt: world.clock.now() })
  const after = await get()
  expect([await counts(before), await counts(after)]).toEqual([false, true])
})

test('G11 nothing of an application counts that is switched off', async () => {
  const { world, robot, get, introspect } = await createMachine()
  const token = await get()
  await change(world, 'applications', robot.id, { state: 'deactivated' })
  expect((await userinfoRequest(world, token)).status).toBe(401)
  expect(await introspect(token)).toMatchObject({ error: 'invalid_client' })
})

test('G13 the name of a row opens nothing, and neither does that of a JWT', async () => {
  const { world, get } = await createMachine()
  const { jti } = decodeJwt(await get())
  const [handle, own] = jti!.split('.') as [string, string]
  for (const text of [jti!, handle, own]) expect((await userinfoRequest(world, text)).status).toBe(401)
})

test('other scopes hang on another row', async () => {
  const { get, rows } = await createMachine()
  await get('openid')
  await get('openid profile')
  await get('openid')
  expect(await rows()).toBe(2)
})
