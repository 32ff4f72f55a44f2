import type { Role } from '@vestibule/shared/roles.ts'
import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { addManager } from '../testing/managers.ts'
import { createWorld } from '../testing/world.ts'

type Page = { managers: { user: string; role: Role }[]; next: string | null }
const INSTANCE = '/api/v1/instance/managers'

async function managed() {
  const world = await createWorld()
  const owner = await addManager(world, ['organization_owner'])
  const boss = await addManager(world, ['instance_owner'])
  const ann = await world.addUser('ann')
  const here = `/api/v1/organizations/${world.acme}/managers`
  const events = async () => (await world.events()).filter(({ type }) => type === 'manager.roles_changed')
  return { ...world, world, owner, boss, ann, here, changes: events }
}

test('roles are set in the place of those before, count at once, and are listed page by page', async () => {
  const { owner, ann, here, changes, acme } = await managed()
  const set = (roles: Role[]) => owner.put(`${here}/${ann}`, { roles })
  expect(await jsonOf(await set(['organization_viewer', 'organization_user_manager']))).toEqual({
    user: ann,
    roles: ['organization_viewer', 'organization_user_manager'],
  })
  const seen: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: Page = await jsonOf(
      await owner.get(`${here}?limit=1${next ? `&after=${encodeURIComponent(next)}` : ''}`),
    )
    seen.push(...page.managers.map(({ user, role }) => `${user} ${role}`))
    next = page.next
  }
  expect(seen).toEqual(
    [`${owner.id} organization_owner`, `${ann} organization_user_manager`, `${ann} organization_viewer`].toSorted(),
  )
  await set([])
  expect((await jsonOf<Page>(await owner.get(here))).managers).toEqual([{ user: owner.id, role: 'organization_owner' }])
  await set([])
  expect(
    (await changes()).map(({ actor, target, organizationId, data }) => ({ actor, target, organizationId, data })),
  ).toEqual([
    {
      actor: owner.id,
      target: ann,
      organizationId: acme,
      data: { roles: ['organization_viewer', 'organization_user_manager'], before: [] },
    },
    {
      actor: owner.id,
      target: ann,
      organizationId: acme,
      data: { roles: [], before: expect.arrayContaining(['organization_viewer', 'organization_user_manager']) },
    },
  ])
})

test('N226 nobody makes themselves or others more than they are', async () => {
  const { world, owner, boss, ann, here } = await managed()
  for (const role of ['organization_user_manager', 'organization_settings_manager', 'organization_viewer'] as const) {
    const manager = await addManager(world, [role])
    for (const user of [manager.id, ann])
      await expectProblem(await manager.put(`${here}/${user}`, { roles: ['organization_owner'] }), 403, 'forbidden')
  }
  for (const user of [owner.id, ann])
    await expectProblem(await owner.put(`${INSTANCE}/${user}`, { roles: ['instance_owner'] }), 403, 'forbidden')
  // and an owner of the instance is out of reach for one of the organization
  await expectProblem(await owner.put(`${here}/${boss.id}`, { roles: [] }), 403, 'forbidden')
})

test.each([
  ['here', 'instance_viewer'],
  ['instance', 'organization_viewer'],
  ['here', 'emperor'],
] as const)('a role is granted where it counts: %s, %s', async (where, role) => {
  const { boss, ann, here } = await managed()
  const path = where === 'here' ? here : INSTANCE
  await expectProblem(await boss.put(`${path}/${ann}`, { roles: [role] }), 400, 'invalid_input')
})

test('N234 an owner is left, also of two who leave at the same time', async () => {
  const { owner, boss, ann, here } = await managed()
  await expectProblem(await owner.put(`${here}/${owner.id}`, { roles: [] }), 409, 'last_owner')
  await expectProblem(await boss.put(`${INSTANCE}/${boss.id}`, { roles: ['instance_viewer'] }), 409, 'last_owner')
  await owner.put(`${here}/${ann}`, { roles: ['organization_owner'] })
  const statuses = await Promise.all(
    [owner.id, ann].map(async (user) => (await boss.put(`${here}/${user}`, { roles: [] })).status),
  )
  expect(statuses.toSorted()).toEqual([200, 409])
})

test('whoever lost a role is out at the next request, and people of other organizations are not there', async () => {
  const { world, owner, boss, here } = await managed()
  const viewer = await addManager(world, ['organization_viewer'])
  expect((await viewer.get(here)).status).toBe(200)
  await owner.put(`${here}/${viewer.id}`, { roles: [] })
  expect((await viewer.get(here)).status).toBe(404)
  const other = await world.addOrganization('other.test')
  const carol = await world.addUser('carol', { organization: other })
  await expectProblem(await owner.put(`${here}/${carol}`, { roles: ['organization_viewer'] }), 404, 'not_found')
  expect((await boss.put(`${INSTANCE}/${carol}`, { roles: ['instance_viewer'] })).status).toBe(200)
})
