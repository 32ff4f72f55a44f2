import type { ManagedEvent } from '@vestibule/shared/contract/managed-events.ts'
import { expect, test } from 'vitest'
import { sealEvents } from '../jobs/seal-events.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { addManager } from '../testing/managers.ts'
import { createWorld } from '../testing/world.ts'

type Page = { events: ManagedEvent[]; next: string | null }

async function managed() {
  const world = await createWorld()
  const robot = await addManager(world, ['organization_owner'])
  const ann = await world.addUser('ann', { password: null })
  const bob = await world.addUser('bob', { password: null })
  const users = `/api/v1/organizations/${world.acme}/users`
  const turn = async (user: string, action: string) => {
    world.clock.advance(60)
    await robot.post(`${users}/${user}/${action}`)
  }
  await sealEvents(world.deps)
  const all = `/api/v1/organizations/${world.acme}/events`
  const list = async (query = '') => jsonOf<Page>(await robot.get(`${all}?${query}`))
  return { ...world, world, robot, ann, bob, turn, all, list }
}

test('events are listed newest first, with who did what, once they are sealed', async () => {
  const { deps, robot, ann, turn, list } = await managed()
  const before = (await list()).events.length
  await turn(ann, 'lock')
  expect((await list()).events).toHaveLength(before)
  await sealEvents(deps)
  const [newest, older] = (await list()).events
  expect(newest).toEqual({
    id: expect.stringMatching(/^evt_/),
    at: '2026-01-01T00:01:00.000Z',
    type: 'user.locked',
    actor: robot.id,
    target: ann,
    data: {},
    sequence: older!.sequence + 1,
    hash: expect.any(String),
  })
})

test('page by page, while more come in', async () => {
  const { deps, ann, turn, list } = await managed()
  for (let nth = 0; nth < 5; nth++) for (const action of ['lock', 'unlock']) await turn(ann, action)
  await sealEvents(deps)
  const all = (await list('limit=100')).events.map(({ id }) => id)
  const seen: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: Page = await list(`limit=4${next ? `&after=${next}` : ''}`)
    seen.push(...page.events.map(({ id }) => id))
    next = page.next
    await turn(ann, 'lock')
    await turn(ann, 'unlock')
    await sealEvents(deps)
  }
  expect(seen).toEqual(all)
})

test('of one user, and of a time', async () => {
  const { deps, ann, bob, turn, list } = await managed()
  for (const user of [ann, bob, ann]) await turn(user, 'lock')
  await turn(bob, 'unlock')
  await sealEvents(deps)
  const seen = async (query: string) => (await list(query)).events.map(({ type, target }) => [type, target])
  expect(await seen(`user=${ann}`)).toEqual([['user.locked', ann]])
  expect(await seen(`user=${bob}`)).toEqual([
    ['user.unlocked', bob],
    ['user.locked', bob],
  ])
  expect(await seen('since=2026-01-01T00:02:00Z&until=2026-01-01T00:04:00Z')).toEqual([['user.locked', bob]])
  expect(await seen(`user=${bob}&until=2026-01-01T00:04:00Z`)).toEqual([['user.locked', bob]])
  expect(await seen('since=2026-01-01T00:05:00Z')).toEqual([])
  expect((await seen('until=2026-01-01T00:00:30Z')).length).toBeGreaterThan(0)
})

test('of the own organization only', async () => {
  const { world, deps, ann } = await managed()
  const other = await world.addOrganization('other.test')
  const manager = await addManager(world, ['organization_viewer'], { organization: other })
  await sealEvents(deps)
  const path = `/api/v1/organizations/${other}/events`
  const { events } = await jsonOf<Page>(await manager.get(path))
  expect(events.length).toBeGreaterThan(0)
  expect(events.every(({ target }) => target === manager.id)).toBe(true)
  expect(await jsonOf(await manager.get(`${path}?user=${ann}`))).toEqual({ events: [], next: null })
})

test('those of the instance itself are for managers of the instance', async () => {
  const { world, deps, robot } = await managed()
  const viewer = await addManager(world, ['instance_viewer'])
  const boss = await addManager(world, ['instance_owner'])
  await boss.put('/api/v1/instance/policies/lockout', { maxFailures: 5 })
  await sealEvents(deps)
  const { events } = await jsonOf<Page>(await viewer.get('/api/v1/instance/events?limit=1'))
  expect(events).toMatchObject([{ type: 'policy.changed', actor: boss.id }])
  await expectProblem(await robot.get('/api/v1/instance/events'), 403, 'forbidden')
})

test.each(['user=nobody', 'since=yesterday', 'type=user.locked', 'limit=0'])('%s is refused', async (query) => {
  const { robot, all } = await managed()
  await expectProblem(await robot.get(`${all}?${query}`), 400, 'invalid_input')
})
