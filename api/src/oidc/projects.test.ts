import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import type { OrganizationId, ProjectId, UserId } from '../domain/ids.ts'
import { jsonOf } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { basic, postForm, type Tokens } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'
import { addServiceUser } from '../testing/service-users.ts'
import type { World } from '../testing/world.ts'

const SHOP = 'shop' as ProjectId
const BANK = 'bank' as ProjectId
const Z = 'urn:zitadel:iam'
const V = 'urn:vestibule'

type ProjectOptions = { assertsRoles?: boolean; grantedTo?: OrganizationId[]; organizationId?: OrganizationId }

const addProject = ({ deps, acme }: World, id: ProjectId, options: ProjectOptions = {}) =>
  deps.db.transaction((tx) =>
    deps.repositories.projects.set(tx, {
      id,
      organizationId: acme,
      name: id,
      assertsRoles: false,
      roles: ['buyer', 'seller'],
      grantedTo: [],
      ...options,
    }),
  )

/** Bob is a buyer and a seller in the shop, where the ledger belongs, and a buyer at the bank. */
async function createShop(project: ProjectOptions = {}, settings = {}) {
  const scene = await createScene({ application: { projectId: SHOP, settings: { consent: 'never', ...settings } } })
  const { world, deps, userId } = scene
  await addProject(world, SHOP, project)
  await addProject(world, BANK)
  const grant = (to: UserId, projectId: ProjectId, roles: string[]) =>
    deps.db.transaction((tx) => deps.repositories.projects.grant(tx, { userId: to, projectId, roles }))
  await grant(userId, SHOP, ['buyer', 'seller'])
  await grant(userId, BANK, ['buyer'])
  const read = async (scope: string) => jsonOf(await scene.userinfo(await scene.tokens({ scope: `openid ${scope}` })))
  return { ...scene, grant, read, at: { [scene.acme]: 'acme.test' } }
}

test.each([Z, V])('Z3 %s:user:resourceowner says whose person it is, under the prefix that asked', async (prefix) => {
  const { read, userId, acme } = await createShop()
  expect(await read(`${prefix}:user:resourceowner`)).toEqual({
    sub: userId,
    [`${prefix}:user:resourceowner:id`]: acme,
    [`${prefix}:user:resourceowner:name`]: 'acme.test',
    [`${prefix}:user:resourceowner:primary_domain`]: 'acme.test',
  })
})

test.each([Z, V])('Z3 %s:user:metadata says what applications keep about somebody', async (prefix) => {
  const { tokens, userinfo, userId, deps, world } = await createShop()
  const granted = await tokens({ scope: `openid ${prefix}:user:metadata` })
  const read = async () => jsonOf(await userinfo(granted))
  expect(await read()).toEqual({ sub: userId })
  const other = await world.addUser('ann')
  await deps.db.transaction(async (tx) => {
    await deps.repositories.userMetadata.set(tx, { userId, key: 'plan', value: 'gold, für immer?' })
    await deps.repositories.userMetadata.set(tx, { userId: other, key: 'plan', value: 'none' })
  })
  const plan = Buffer.from('gold, für immer?').toString('base64url')
  expect(await read()).toEqual({ sub: userId, [`${prefix}:user:metadata`]: { plan } })
})

test('Z3 metadata that nobody asked for is not said', async () => {
  const { read, userId, deps } = await createShop()
  await deps.db.transaction((tx) => deps.repositories.userMetadata.set(tx, { userId, key: 'plan', value: 'gold' }))
  expect(JSON.stringify(await read('profile email'))).not.toContain('metadata')
})

test('Z7 nothing that is kept about somebody is a claim of a reserved name', async () => {
  const { tokens, userinfo, userId, deps, world } = await createShop(
    {},
    { userInfoInIdToken: true, rolesInIdToken: true },
  )
  const names = [Z, V].flatMap((prefix) =>
    ['org:project:roles', 'org:project:shop:roles', 'user:resourceowner:id', 'action:mine:log'].map(
      (name) => `${prefix}:${name}`,
    ),
  )
  for (const key of names)
    await deps.db.transaction((tx) => deps.repositories.userMetadata.set(tx, { userId, key, value: 'forged' }))
  const profile = Object.fromEntries(names.map((name) => [name, 'forged']))
  await change(world, 'users', userId, { profile: { givenName: 'Bob', ...profile } as never })
  const granted = await tokens({ scope: `openid profile email ${Z}:user:metadata` })
  const said = { ...(await jsonOf(await userinfo(granted))), ...decodeJwt(granted.id_token ?? '') }
  expect(Object.keys(said).filter((name) => name.startsWith('urn:'))).toEqual([`${Z}:user:metadata`])
  expect(Object.keys(said[`${Z}:user:metadata`] as object).toSorted()).toEqual(names.toSorted())
})

test('Z1 the organization’s domain is said where it was asked for, its id is not', async () => {
  const { read, userId, acme } = await createShop()
  const scope = `${Z}:org:domain:primary:acme.test`
  expect(await read(scope)).toEqual({ sub: userId, [scope]: 'acme.test' })
  const scene = await createShop()
  expect(await scene.read(`${Z}:org:id:${acme}`.replace(acme, scene.acme))).toEqual({ sub: scene.userId })
})

test('Z6 no role without being asked for', async () => {
  const { read, userId } = await createShop()
  expect(await read('profile email')).not.toHaveProperty(`${Z}:org:project:roles`)
  const scene = await createShop({}, {})
  expect(await scene.read('')).toEqual({ sub: scene.userId })
  expect(userId).not.toBe(scene.userId)
})

test('Z5 one role of the own project', async () => {
  const { read, userId, at } = await createShop()
  expect(await read(`${V}:org:project:role:seller ${V}:org:project:role:emperor`)).toEqual({
    sub: userId,
    [`${V}:org:project:roles`]: { seller: at },
    [`${V}:org:project:shop:roles`]: { seller: at },
  })
})

test('Z5 every project in the audience, and no other', async () => {
  const { read, userId, at } = await createShop()
  const own = {
    [`${Z}:org:project:roles`]: { buyer: at, seller: at },
    [`${Z}:org:project:shop:roles`]: { buyer: at, seller: at },
  }
  expect(await read(`${Z}:org:projects:roles`)).toEqual({ sub: userId, ...own })
  const scene = await createShop()
  const there = { [scene.acme]: 'acme.test' }
  expect(await scene.read(`${Z}:org:projects:roles ${Z}:org:project:id:bank:aud`)).toMatchObject({
    [`${Z}:org:project:bank:roles`]: { buyer: there },
    [`${Z}:org:project:shop:roles`]: { buyer: there, seller: there },
  })
})

test('Z5 roles of the organizations that were named', async () => {
  const { read, acme, userId, at } = await createShop()
  expect(await read(`${Z}:org:projects:roles ${Z}:org:roles:id:${acme}`)).toHaveProperty([`${Z}:org:project:roles`], {
    buyer: at,
    seller: at,
  })
  const scene = await createShop()
  expect(await scene.read(`${Z}:org:projects:roles ${Z}:org:roles:id:org_other`)).toEqual({ sub: scene.userId })
  expect(userId).not.toBe(scene.userId)
})

test('Z6 a project may say its roles without being asked', async () => {
  const { read, at } = await createShop({ assertsRoles: true })
  expect(await read('')).toMatchObject({ [`${Z}:org:project:roles`]: { buyer: at, seller: at } })
})

test('Z6, ID2 tokens say roles only where the application wants it', async () => {
  const scope = `openid offline_access ${Z}:org:projects:roles`
  for (const [rolesInIdToken, rolesInAccessToken] of [
    [false, false],
    [true, false],
    [false, true],
  ]) {
    const settings = { rolesInIdToken, rolesInAccessToken, accessTokenFormat: 'jwt' as const }
    const { tokens, at } = await createShop({}, settings)
    const granted = await tokens({ scope })
    const said = (token: string) => decodeJwt(token)[`${Z}:org:project:roles`]
    const roles = { buyer: at, seller: at }
    expect(said(granted.id_token ?? '')).toEqual(rolesInIdToken ? roles : undefined)
    expect(said(granted.access_token)).toEqual(rolesInAccessToken ? roles : undefined)
  }
})

test('RF7 roles are read anew at each refresh, and Z6 one taken away is gone at once', async () => {
  const { tokens, refresh, userinfo, grant, userId, at } = await createShop({}, { rolesInIdToken: true })
  const granted = await tokens({ scope: `openid offline_access ${Z}:org:projects:roles` })
  await grant(userId, SHOP, ['buyer'])
  expect(await jsonOf(await userinfo(granted))).toMatchObject({ [`${Z}:org:project:roles`]: { buyer: at } })
  const next = await jsonOf<Tokens>(await refresh(granted))
  expect(decodeJwt(next.id_token ?? '')[`${Z}:org:project:roles`]).toEqual({ buyer: at })
})

test('AT2, Z4 the own project is in the audience, others where the scope names them and the organization may', async () => {
  const { world, tokens, acme } = await createShop({}, { accessTokenFormat: 'jwt' })
  const other = await world.addOrganization('other.test')
  await addProject(world, 'foreign' as ProjectId, { organizationId: other })
  await addProject(world, 'guest' as ProjectId, { organizationId: other, grantedTo: [acme] })
  const scope = ['bank', 'guest', 'foreign', 'nothing', 'zitadel']
    .map((id) => `${Z}:org:project:id:${id}:aud`)
    .join(' ')
  const { access_token } = await tokens({ scope: `openid ${scope}` })
  expect(decodeJwt(access_token).aud).toEqual(['ledger', 'shop', 'bank', 'guest'])
})

test('IN3 an API of the project in the audience hears of the token, with its roles', async () => {
  const { world, tokens, at } = await createShop()
  await world.addApplication('teller', { type: 'api', projectId: BANK })
  await world.addApplication('stranger', { type: 'api' })
  const { access_token: token } = await tokens({ scope: `openid ${Z}:org:project:id:bank:aud ${Z}:org:projects:roles` })
  const ask = async (by: string) =>
    jsonOf(await postForm(world, '/oauth/v2/introspect', { token }, { authorization: basic(by) }))
  expect(await ask('teller')).toMatchObject({ active: true, [`${Z}:org:project:bank:roles`]: { buyer: at } })
  expect(await ask('stranger')).toEqual({ active: false })
})

test('N177 a person of another organization has no role in a project that is not theirs', async () => {
  const { world, grant, deps } = await createShop()
  const other = await world.addOrganization('other.test')
  const carol = await world.addUser('carol', { organization: other, email: 'carol@other.test' })
  await grant(carol, SHOP, ['buyer'])
  expect(await deps.repositories.projects.listRoles(carol, [SHOP])).toEqual([])
})

test('Z4 a service user’s token may be for a project, and for our own management API', async () => {
  const { world } = await createShop()
  const robot = await addServiceUser(world, 'robot', { settings: { accessTokenFormat: 'jwt' } })
  const scope = `${Z}:org:project:id:bank:aud ${V}:org:project:id:vestibule:aud`
  const { access_token } = await jsonOf<Tokens>(await robot.bring(robot.make(), { scope }))
  expect(decodeJwt(access_token).aud).toEqual(['robot', 'bank', 'http://localhost:3000/api'])
})
