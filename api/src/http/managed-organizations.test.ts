import type { ManagedOrganization } from '@vestibule/shared/contract/managed-organizations.ts'
import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { addManager } from '../testing/managers.ts'
import { createScene } from '../testing/scene.ts'

const ALL = '/api/v1/organizations'

async function managed() {
  const scene = await createScene({ application: { settings: { consent: 'never' } } })
  const robot = await addManager(scene.world, ['instance_owner'])
  const eventsOf = async (type: string) => (await scene.events()).filter((event) => event.type === type)
  return { ...scene, robot, eventsOf }
}

test('an organization is created, read, named anew, and listed', async () => {
  const { robot, acme, eventsOf, clock } = await managed()
  clock.advance(1)
  const made = await jsonOf<ManagedOrganization>(await robot.post(ALL, { name: 'Beta', primaryDomain: 'beta.test' }))
  expect(made).toMatchObject({ name: 'Beta', primaryDomain: 'beta.test', state: 'active', isDefault: false })
  expect(await jsonOf(await robot.get(`${ALL}/${made.id}`))).toEqual(made)
  expect(await jsonOf(await robot.send('PATCH', `${ALL}/${made.id}`, { name: 'Better' }))).toMatchObject({
    ...made,
    name: 'Better',
  })
  const first = await jsonOf<{ organizations: ManagedOrganization[]; next: string }>(await robot.get(`${ALL}?limit=1`))
  expect(first.organizations.map(({ id }) => id)).toEqual([acme])
  const rest = await jsonOf<{ organizations: ManagedOrganization[] }>(await robot.get(`${ALL}?after=${first.next}`))
  expect(rest.organizations.map(({ id }) => id)).toEqual([made.id])
  expect(await jsonOf(await robot.get(`${ALL}?primaryDomain=beta.test`))).toMatchObject({
    organizations: [{ id: made.id }],
  })
  expect(await eventsOf('organization.created')).toMatchObject([{ actor: robot.id, organizationId: made.id }])
  expect(await eventsOf('organization.changed')).toMatchObject([{ actor: robot.id, data: { changed: ['name'] } }])
})

test('two never have one domain', async () => {
  const { robot } = await managed()
  const refused = await robot.post(ALL, { name: 'Mine', primaryDomain: 'acme.test' })
  expect(await jsonOf(refused)).toMatchObject({ code: 'invalid_input', fields: { primaryDomain: ['taken'] } })
  await expectProblem(await robot.post(ALL, { name: 'Mine', primaryDomain: 'No Domain' }), 400, 'invalid_input')
})

test('one gets a login domain of its own, and loses it', async () => {
  const { robot, acme, eventsOf } = await managed()
  const address = `${ALL}/${acme}/login-domain`
  expect(await jsonOf(await robot.get(`${ALL}/${acme}`))).toMatchObject({ loginDomain: null })
  const set = await jsonOf(await robot.put(address, { domain: 'acme.localhost' }))
  expect(set).toMatchObject({ id: acme, loginDomain: 'acme.localhost' })
  expect(await jsonOf(await robot.get(`${ALL}/${acme}`))).toEqual(set)
  expect(await jsonOf(await robot.put(address, { domain: 'acme.localhost' }))).toEqual(set)
  expect(await jsonOf(await robot.send('DELETE', address))).toMatchObject({ loginDomain: null })
  expect(await jsonOf(await robot.send('DELETE', address))).toMatchObject({ loginDomain: null })
  const changed = { actor: robot.id, organizationId: acme, data: { changed: ['loginDomain'] } }
  expect(await eventsOf('organization.changed')).toMatchObject([changed, changed])
})

test('two never have one login domain, and none has what can be none', async () => {
  const { robot, acme, world } = await managed()
  const other = await world.addOrganization('other.test')
  const give = (organization: string, domain: string) => robot.put(`${ALL}/${organization}/login-domain`, { domain })
  await jsonOf(await give(acme, 'acme.localhost'))
  expect(await jsonOf(await give(other, 'acme.localhost'))).toMatchObject({ fields: { domain: ['taken'] } })
  for (const domain of ['localhost', 'login.acme.example', '127.0.0.1'])
    expect(await jsonOf(await give(other, domain)), domain).toMatchObject({ fields: { domain: ['invalid'] } })
  for (const domain of ['Acme.localhost', 'acme.localhost:3000', 'acme.localhost.'])
    await expectProblem(await give(other, domain), 400, 'invalid_input')
})

test('one that is deactivated is left by everybody in it at once, and comes back', async () => {
  const { world, robot, deps, acme, tokens, userinfo, browser } = await managed()
  const held = await tokens()
  await expectProblem(await robot.post(`${ALL}/${acme}/deactivate`), 403, 'forbidden')
  const other = await world.addOrganization('other.test')
  await deps.db.transaction((tx) => deps.repositories.organizations.makeDefault(tx, other))
  // the manager is of another organization, or would be out by the first call
  const boss = await addManager(world, ['instance_owner'], { organization: other })
  expect(await jsonOf(await boss.post(`${ALL}/${acme}/deactivate`))).toMatchObject({ state: 'deactivated' })
  expect((await userinfo(held)).status).toBe(401)
  expect((await browser.get('/api/me')).status).toBe(401)
  expect((await robot.get(ALL)).status).toBe(401)
  expect(await jsonOf(await boss.post(`${ALL}/${acme}/reactivate`))).toMatchObject({ state: 'active' })
  expect((await userinfo(held)).status).toBe(401)
})

test.each(['organization_owner', 'organization_settings_manager'] as const)(
  'an %s shuts no organization out and makes none',
  async (role) => {
    const { world, acme } = await managed()
    const manager = await addManager(world, [role])
    await expectProblem(await manager.post(`${ALL}/${acme}/deactivate`), 403, 'forbidden')
    await expectProblem(await manager.post(ALL, { name: 'X', primaryDomain: 'x.test' }), 403, 'forbidden')
    await expectProblem(await manager.get(ALL), 403, 'forbidden')
    // nobody proved that the name is theirs
    await expectProblem(await manager.put(`${ALL}/${acme}/login-domain`, { domain: 'x.localhost' }), 403, 'forbidden')
    await expectProblem(await manager.send('DELETE', `${ALL}/${acme}/login-domain`), 403, 'forbidden')
  },
)
