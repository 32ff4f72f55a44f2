import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { World } from '../testing/world.ts'
import { createWorld } from '../testing/world.ts'
import { recordEvent } from '../use-cases/record-event.ts'
import { findBrokenChains, sealEvents } from './seal-events.ts'

async function createEvents(count = 5) {
  const world = await createWorld()
  const globex = await world.addOrganization('globex.test')
  for (let at = 0; at < count; at++) {
    world.clock.advance(1)
    const organizationId = at % 2 ? globex : world.acme
    await world.deps.db.transaction((tx) =>
      recordEvent(world.deps, tx, { type: 'policy.changed', organizationId, data: { z: at, a: { y: 1, x: [at] } } }),
    )
  }
  await sealEvents(world.deps)
  return { ...world, globex }
}

const edit = async ({ deps: { db } }: Pick<World, 'deps'>, id: string, values: object) =>
  db.query.update(db.tables.events).set(values).where(eq(db.tables.events.id, id))

test('each organization has a chain of its own, in the order of its events', async () => {
  const { deps, acme, globex, events } = await createEvents()
  const rows = await events()
  const sequences = (of: string) =>
    rows.filter(({ organizationId }) => organizationId === of).map(({ sequence }) => sequence)
  expect([sequences(acme), sequences(globex)].map((list) => list.toSorted())).toEqual([
    [1, 2, 3],
    [1, 2],
  ])
  expect(new Set(rows.map(({ hash }) => hash)).size).toBe(rows.length)
  expect(await findBrokenChains(deps)).toEqual([])
})

test('one run seals all that are waiting, however many', async () => {
  const { deps, acme } = await createWorld()
  await deps.db.transaction(async (tx) => {
    for (let at = 0; at < 450; at++) await recordEvent(deps, tx, { type: 'policy.changed', organizationId: acme })
  })
  expect(await sealEvents(deps)).toBe(450)
  expect(await findBrokenChains(deps)).toEqual([])
})

test('sealing goes on where it stopped', async () => {
  const { deps, acme, clock } = await createEvents()
  clock.advance(1)
  await deps.db.transaction((tx) => recordEvent(deps, tx, { type: 'user.created', organizationId: acme }))
  expect(await sealEvents(deps)).toBe(1)
  expect(await sealEvents(deps)).toBe(0)
  expect(await findBrokenChains(deps)).toEqual([])
})

test.each([
  ['changed data', { data: { z: 99 } }],
  ['a changed kind', { type: 'user.created' }],
  ['a changed time', { at: 1 }],
  ['an added actor', { actor: 'usr_x' }],
])('%s is noticed', async (_name, values) => {
  const world = await createEvents()
  const row = (await world.events()).find(
    ({ organizationId, sequence }) => organizationId === world.acme && sequence === 2,
  )!
  await edit(world, row.id, values)
  expect(await findBrokenChains(world.deps)).toEqual([{ organizationId: world.acme, sequence: 2 }])
})

test('an event that was taken away is noticed', async () => {
  const world = await createEvents()
  const row = (await world.events()).find(
    ({ organizationId, sequence }) => organizationId === world.acme && sequence === 2,
  )!
  const { db } = world.deps
  await db.query.delete(db.tables.events).where(eq(db.tables.events.id, row.id))
  expect(await findBrokenChains(world.deps)).toEqual([{ organizationId: world.acme, sequence: 2 }])
})

test('events that changed places are noticed', async () => {
  const world = await createEvents()
  const [first, second] = [1, 2].map((sequence) =>
    world.events().then((rows) => rows.find((row) => row.organizationId === world.acme && row.sequence === sequence)!),
  )
  const [one, other] = [await first!, await second!]
  await edit(world, one.id, { sequence: 99 })
  await edit(world, other.id, { sequence: 1 })
  await edit(world, one.id, { sequence: 2 })
  expect(await findBrokenChains(world.deps)).toEqual([{ organizationId: world.acme, sequence: 1 }])
})
