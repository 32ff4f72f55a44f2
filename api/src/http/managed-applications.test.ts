import type { ManagedApplication } from '@vestibule/shared/contract/managed-applications.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { newKey } from '../testing/assertions.ts'
import { addManager } from '../testing/managers.ts'
import { tokenRequest } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'
import { createWorld } from '../testing/world.ts'

type Made = ManagedApplication & { secret: string | null }

const SHOP = {
  clientId: 'shop',
  name: 'Shop',
  type: 'web',
  redirectUris: ['https://shop.test/cb'],
  grantTypes: ['authorization_code', 'client_credentials'],
}

async function managed() {
  const world = await createWorld()
  const robot = await addManager(world, ['organization_owner'])
  const all = `/api/v1/organizations/${world.acme}/applications`
  const create = async (more: object = {}) => jsonOf<Made>(await robot.post(all, { ...SHOP, ...more }))
  const eventsOf = async (type: string) => (await world.events()).filter((event) => event.type === type)
  const ask = async (secret: string | null) =>
    (
      await tokenRequest(
        world,
        '',
        { grant_type: 'client_credentials' },
        { authorization: `Basic ${Buffer.from(`shop:${secret}`).toString('base64')}` },
      )
    ).status
  return { ...world, world, robot, all, create, eventsOf, ask }
}

describe('an application', () => {
  test('is registered as a configuration file does it, its secret shown once, and works', async () => {
    const { robot, all, create, ask, acme, eventsOf } = await managed()
    const { secret, ...made } = await create()
    expect(made).toMatchObject({ ...SHOP, organization: acme, state: 'active', project: null, secrets: 1 })
    expect(made.settings).toMatchObject({ authenticationMethod: 'client_secret_basic', consent: 'others' })
    expect(await ask(secret)).toBe(200)
    const read = await robot.get(`${all}/${made.id}`)
    expect(JSON.stringify(await read.json())).toBe(JSON.stringify(made))
    expect(await eventsOf('application.created')).toMatchObject([
      { actor: robot.id, target: made.id, organizationId: acme, data: { clientId: 'shop' } },
    ])
  })

  test('is changed in what is sent, settings one by one, and checked as a whole', async () => {
    const { robot, all, create, eventsOf } = await managed()
    const { id, settings } = await create()
    const change = { name: 'Big shop', settings: { accessTokenLifetime: 600 } }
    const changed = await jsonOf<Made>(await robot.send('PATCH', `${all}/${id}`, change))
    expect(changed).toMatchObject({ name: 'Big shop', redirectUris: SHOP.redirectUris, secret: null, secrets: 1 })
    expect(changed.settings).toEqual({ ...settings, accessTokenLifetime: 600 })
    expect(await eventsOf('application.changed')).toMatchObject([
      { actor: robot.id, data: { changed: ['name', 'accessTokenLifetime'] } },
    ])
    for (const [wrong, field] of [
      [{ redirectUris: ['http://shop.test/cb'] }, 'redirectUris[0]'],
      [{ redirectUris: ['https://*.test/cb'] }, 'redirectUris[0]'],
      [{ settings: { authenticationMethod: 'none' } }, 'settings.authenticationMethod'],
      [{ settings: { backchannelLogoutUri: 'http://shop.test/out' } }, 'settings.backchannelLogoutUri'],
      [{ project: 'nowhere' }, 'project'],
    ] as const) {
      const refused = await robot.send('PATCH', `${all}/${id}`, wrong)
      expect(await jsonOf(refused)).toMatchObject({ code: 'invalid_input', fields: { [field]: ['invalid'] } })
    }
    await expectProblem(await robot.send('PATCH', `${all}/${id}`, { clientId: 'other' }), 400, 'invalid_input')
  })

  test('says how long what it is issued lives, and who says so; null gives a time back to the policy', async () => {
    const { robot, all, create, acme, setPolicy } = await managed()
    const { id, lifetimes } = await create({ settings: { idTokenLifetime: 60 } })
    expect(lifetimes).toEqual({
      accessTokenLifetime: { value: 43_200, source: 'default' },
      idTokenLifetime: { value: 60, source: 'application' },
      refreshTokenIdleLifetime: { value: 2_592_000, source: 'default' },
      refreshTokenAbsoluteLifetime: { value: 7_776_000, source: 'default' },
    })
    const read = async () => (await jsonOf<Made>(await robot.get(`${all}/${id}`))).lifetimes
    await setPolicy('tokens', { accessTokenLifetime: 900 }, 'instance')
    expect((await read()).accessTokenLifetime).toEqual({ value: 900, source: 'instance' })
    const policy = `/api/v1/organizations/${acme}/policies/tokens`
    expect((await robot.send('PUT', policy, { accessTokenLifetime: 600, idTokenLifetime: 300 })).status).toBe(200)
    expect(await read()).toMatchObject({
      accessTokenLifetime: { value: 600, source: 'organization' },
      idTokenLifetime: { value: 60, source: 'application' },
    })
    const change = { settings: { idTokenLifetime: null } }
    const changed = await jsonOf<Made>(await robot.send('PATCH', `${all}/${id}`, change))
    expect(changed.lifetimes.idTokenLifetime).toEqual({ value: 300, source: 'organization' })
    const { applications } = await jsonOf<{ applications: Made[] }>(await robot.get(all))
    expect(applications.find((one) => one.id === id)?.lifetimes).toEqual(changed.lifetimes)
  })

  test.each<[object, string, string]>([
    [{ settings: { accessTokenLifetime: 'long' } }, 'settings.accessTokenLifetime', 'invalid'],
    [{ settings: { clockSkew: null } }, 'settings.clockSkew', 'required'],
    [{ settings: { jwks: { keys: [{}] } } }, 'settings.jwks.keys[0]', 'invalid'],
    [{ settings: { secure: true } }, 'settings.secure', 'not_allowed'],
    [{ settings: JSON.parse('{"constructor":1}') as object }, 'settings.constructor', 'not_allowed'],
    [JSON.parse('{"__proto__":1}') as object, '__proto__', 'not_allowed'],
    [{ redirectUris: ['https://shop.test/cb', 7] }, 'redirectUris[1]', 'invalid'],
    [{ redirectUris: 'https://shop.test/cb' }, 'redirectUris', 'invalid'],
    [{ name: '' }, 'name', 'required'],
    [{ 'two words': 1 }, '["two words"]', 'not_allowed'],
  ])('says by its path what %j has wrong', async (wrong, path, problem) => {
    const { robot, all, create } = await managed()
    const { id } = await create()
    const refused = await jsonOf<{ fields: object }>(await robot.send('PATCH', `${all}/${id}`, wrong))
    expect(Object.entries(refused.fields)).toEqual([[path, [problem]]])
  })

  test('AP6 shows what its profile demands, gets no secret, and is not contradicted', async () => {
    const { robot, all, create } = await managed()
    const keys = [newKey().jwk]
    const { id, secret, secrets, settings } = await create({ settings: { securityProfile: 'fapi2', jwks: { keys } } })
    expect([secret, secrets]).toEqual([null, 0])
    const strict = { authenticationMethod: 'private_key_jwt', requirePkce: true, requirePushedRequests: true }
    expect(settings).toMatchObject({ ...strict, dpopBoundAccessTokens: true, idTokenAlgorithm: 'ES256' })
    await expectProblem(await robot.post(`${all}/${id}/secret`), 403, 'forbidden')
    const change = (wanted: object) => robot.send('PATCH', `${all}/${id}`, { settings: wanted })
    for (const wrong of [{ requirePkce: false }, { idTokenAlgorithm: 'RS256' }, { jwks: null }]) {
      const [member = ''] = 'jwks' in wrong ? ['authenticationMethod'] : Object.keys(wrong)
      const fields = { [`settings.${member}`]: ['invalid'] }
      expect(await jsonOf(await change(wrong))).toMatchObject({ code: 'invalid_input', fields })
    }
    expect(await jsonOf<Made>(await change(settings))).toMatchObject({ settings })
  })

  test('has a client id of its own, also once it is gone', async () => {
    const { robot, all, create } = await managed()
    const { id } = await create()
    const taken = { code: 'invalid_input', fields: { clientId: ['taken'] } }
    expect(await jsonOf(await robot.post(all, SHOP))).toMatchObject(taken)
    expect(await jsonOf(await robot.send('DELETE', `${all}/${id}`))).toEqual({ done: true })
    await expectProblem(await robot.get(`${all}/${id}`), 404, 'not_found')
    expect(await jsonOf(await robot.post(all, SHOP))).toMatchObject(taken)
    expect(await jsonOf(await robot.post(all, { ...SHOP, clientId: robot.clientId }))).toMatchObject(taken)
  })

  test('gets a new secret; the one before counts on only where that was asked for', async () => {
    const { robot, all, create, ask } = await managed()
    const { id, secret } = await create()
    const rotate = async (body: object) =>
      (await jsonOf<{ secret: string }>(await robot.post(`${all}/${id}/secret`, body))).secret
    const second = await rotate({ keepPrevious: true })
    expect([await ask(secret), await ask(second)]).toEqual([200, 200])
    const third = await rotate({ keepPrevious: true })
    expect([await ask(secret), await ask(second), await ask(third)]).toEqual([401, 200, 200])
    const last = await rotate({})
    expect([await ask(second), await ask(third), await ask(last)]).toEqual([401, 401, 200])
  })

  test('that can keep no secret gets none', async () => {
    const { robot, all, create } = await managed()
    const { id, secret } = await create({ type: 'spa', grantTypes: ['authorization_code'] })
    expect(secret).toBeNull()
    await expectProblem(await robot.post(`${all}/${id}/secret`), 403, 'forbidden')
  })

  test('is listed page by page, by state and by client id, without the clients of service users', async () => {
    const { robot, all, create, clock } = await managed()
    const ids = []
    for (const clientId of ['aaa', 'bbb', 'ccc']) {
      clock.advance(1)
      ids.push((await create({ clientId })).id)
    }
    await robot.send('PATCH', `${all}/${ids[1]}`, { state: 'deactivated' })
    const idsOf = async (query: string) => {
      const { applications, next } = await jsonOf<{ applications: Made[]; next: string | null }>(
        await robot.get(`${all}?${query}`),
      )
      return { ids: applications.map(({ id }) => id), next }
    }
    const first = await idsOf('limit=2')
    expect(first.ids).toEqual(ids.slice(0, 2))
    expect(await idsOf(`limit=2&after=${first.next}`)).toEqual({ ids: [ids[2]], next: null })
    expect((await idsOf('state=deactivated')).ids).toEqual([ids[1]])
    expect((await idsOf('clientId=ccc')).ids).toEqual([ids[2]])
    expect((await idsOf(`clientId=${robot.clientId}`)).ids).toEqual([])
  })
})

test.each(['deactivated', 'deleted'])('what was granted to one that is %s ends at once', async (how) => {
  const scene = await createScene({ application: { settings: { consent: 'never' } } })
  const { world, acme, ledger, tokens, userinfo, refresh } = scene
  const robot = await addManager(world, ['organization_owner'])
  const held = await tokens({ scope: 'openid offline_access' })
  const one = `/api/v1/organizations/${acme}/applications/${ledger.id}`
  const response = how === 'deleted' ? await robot.send('DELETE', one) : await robot.send('PATCH', one, { state: how })
  expect(response.status).toBe(200)
  expect((await userinfo(held)).status).toBe(401)
  expect((await refresh(held)).status).toBe(401)
})

test('an application of another organization can not be taken over by its client id', async () => {
  const { world, robot, all, create } = await managed()
  const other = await world.addOrganization('other.test')
  await world.addApplication('theirs', { organization: other })
  expect(await jsonOf(await robot.post(all, { ...SHOP, clientId: 'theirs' }))).toMatchObject({
    fields: { clientId: ['taken'] },
  })
  const { id } = await create()
  const boss = await addManager(world, ['organization_owner'], { organization: other })
  const elsewhere = `/api/v1/organizations/${other}/applications/${id}`
  await expectProblem(await boss.send('PATCH', elsewhere, { name: 'Mine' }), 404, 'not_found')
})
