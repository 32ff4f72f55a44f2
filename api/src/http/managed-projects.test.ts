import type { ManagedGrant, ManagedProject } from '@vestibule/shared/contract/managed-projects.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { addManager } from '../testing/managers.ts'
import { createWorld } from '../testing/world.ts'

const SHOP = { id: 'shop', name: 'Shop', roles: ['buyer', 'clerk'] }

async function managed() {
  const world = await createWorld()
  const other = await world.addOrganization('other.test')
  const robot = await addManager(world, ['organization_owner'])
  const guest = await addManager(world, ['organization_owner'], { organization: other })
  const of = (organization: string, path: string) => `/api/v1/organizations/${organization}/${path}`
  const all = of(world.acme, 'projects')
  const ann = await world.addUser('ann')
  const eventsOf = async (type: string) => (await world.events()).filter((event) => event.type === type)
  return { ...world, world, other, robot, guest, of, all, ann, eventsOf }
}

describe('a project', () => {
  test('is created, listed, changed and deleted', async () => {
    const { robot, all, acme, eventsOf } = await managed()
    const made = await jsonOf<ManagedProject>(await robot.post(all, { ...SHOP, grantedTo: ['other.test'] }))
    expect(made).toEqual({ ...SHOP, organization: acme, assertsRoles: false, grantedTo: ['other.test'] })
    await robot.post(all, { id: 'bar', name: 'Bar' })
    const page = await jsonOf<{ projects: ManagedProject[]; next: string }>(await robot.get(`${all}?limit=1`))
    expect(page.projects.map(({ id }) => id)).toEqual(['bar'])
    expect(await jsonOf(await robot.get(`${all}?after=${page.next}`))).toEqual({ projects: [made], next: null })
    const changed = await jsonOf(await robot.send('PATCH', `${all}/shop`, { roles: ['buyer'], assertsRoles: true }))
    expect(changed).toEqual({ ...made, roles: ['buyer'], assertsRoles: true })
    expect(await jsonOf(await robot.send('DELETE', `${all}/shop`))).toEqual({ done: true })
    await expectProblem(await robot.get(`${all}/shop`), 404, 'not_found')
    for (const type of ['project.created', 'project.changed', 'project.deleted'])
      expect((await eventsOf(type)).at(-1)).toMatchObject({ actor: robot.id, organizationId: acme })
    expect(await jsonOf(await robot.post(all, SHOP))).toMatchObject({ fields: { id: ['taken'] } })
  })

  test('is called like no application, service user, person or project of anybody', async () => {
    const { world, robot, all, guest, of, other } = await managed()
    await world.addApplication('ledger')
    await guest.post(of(other, 'projects'), { id: 'theirs', name: 'Theirs' })
    for (const id of ['ledger', 'theirs', robot.clientId])
      expect(await jsonOf(await robot.post(all, { id, name: 'X' }))).toMatchObject({ fields: { id: ['taken'] } })
  })

  test('is granted to organizations that there are', async () => {
    const { robot, all } = await managed()
    const refused = await robot.post(all, { ...SHOP, grantedTo: ['nobody.test'] })
    expect(await jsonOf(refused)).toMatchObject({ code: 'invalid_input', fields: { 'grantedTo[0]': ['invalid'] } })
  })
})

describe('what somebody is in a project', () => {
  test('is set in the place of what they were, listed from both sides, and taken away', async () => {
    const { robot, all, of, acme, ann, eventsOf } = await managed()
    await robot.post(all, SHOP)
    const grants = of(acme, `users/${ann}/grants`)
    await robot.put(`${grants}/shop`, { roles: ['buyer'] })
    const grant = { user: ann, project: 'shop', roles: ['clerk', 'buyer'] }
    expect(await jsonOf(await robot.put(`${grants}/shop`, { roles: ['clerk', 'buyer'] }))).toEqual(grant)
    expect(await jsonOf(await robot.get(grants))).toEqual({ grants: [grant] })
    expect(await jsonOf(await robot.get(`${all}/shop/grants`))).toEqual({ grants: [grant], next: null })
    expect(await jsonOf(await robot.send('DELETE', `${grants}/shop`))).toEqual({ done: true })
    await expectProblem(await robot.send('DELETE', `${grants}/shop`), 404, 'not_found')
    expect(await jsonOf(await robot.get(grants))).toEqual({ grants: [] })
    expect((await eventsOf('user.project_roles_changed')).map(({ actor, data }) => [actor, data])).toEqual([
      [robot.id, { project: 'shop', roles: ['buyer'] }],
      [robot.id, { project: 'shop', roles: ['clerk', 'buyer'] }],
      [robot.id, { project: 'shop', roles: [] }],
    ])
  })

  test('goes to service users too, page by page', async () => {
    const { world, robot, all, of, acme } = await managed()
    await robot.post(all, SHOP)
    const users: string[] = [robot.id]
    for (const name of ['u1', 'u2', 'u3']) users.push(await world.addUser(name, { password: null }))
    for (const user of users) await robot.put(of(acme, `users/${user}/grants/shop`), { roles: ['buyer'] })
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: { grants: ManagedGrant[]; next: string | null } = await jsonOf(
        await robot.get(`${all}/shop/grants?limit=3${next ? `&after=${next}` : ''}`),
      )
      seen.push(...page.grants.map(({ user }) => user))
      next = page.next
    }
    expect(seen).toEqual(users.toSorted())
  })

  test('is only what the project has', async () => {
    const { robot, all, of, acme, ann } = await managed()
    await robot.post(all, SHOP)
    const refused = await robot.put(of(acme, `users/${ann}/grants/shop`), { roles: ['emperor'] })
    expect(await jsonOf(refused)).toMatchObject({ code: 'invalid_input', fields: { roles: ['not_allowed'] } })
  })

  test('of another organization’s project only where it is granted, and each sees its own people', async () => {
    const { world, robot, guest, all, of, acme, other, ann } = await managed()
    await robot.post(all, SHOP)
    const carol = await world.addUser('carol', { organization: other, email: null })
    const theirs = of(other, `users/${carol}/grants/shop`)
    await expectProblem(await guest.put(theirs, { roles: ['buyer'] }), 404, 'not_found')
    await robot.send('PATCH', `${all}/shop`, { grantedTo: ['other.test'] })
    expect((await guest.put(theirs, { roles: ['buyer'] })).status).toBe(200)
    await robot.put(of(acme, `users/${ann}/grants/shop`), { roles: ['clerk'] })
    const { grants } = await jsonOf<{ grants: ManagedGrant[] }>(await robot.get(`${all}/shop/grants`))
    expect(grants.map(({ user }) => user)).toEqual([ann])
    await expectProblem(await guest.get(of(other, 'projects/shop')), 404, 'not_found')
  })
})
