import { describe, expect, test } from 'vitest'
import { cleanUp } from '../jobs/clean-up.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { addManager } from '../testing/managers.ts'
import { createWorld } from '../testing/world.ts'

const NAME = { 'idempotency-key': '5f8d-first' }
const path = (organization: string) => `/api/v1/organizations/${organization}/policies/lockout`

async function managed() {
  const world = await createWorld()
  const robot = await addManager(world, ['organization_owner'])
  const changes = async () => (await world.events()).filter(({ type }) => type === 'policy.changed').length
  const set = (maxFailures: number, headers: Record<string, string> = NAME) =>
    robot.put(path(world.acme), { maxFailures }, headers)
  return { ...world, world, robot, changes, set }
}

describe('a change with a name', () => {
  test('happens once, and is answered the same whenever it is asked for again', async () => {
    const { robot, acme, changes, set } = await managed()
    const first = await jsonOf(await set(5))
    await robot.send('DELETE', path(acme))
    expect(await jsonOf(await set(5))).toEqual(first)
    expect(await changes()).toBe(2)
    expect(await jsonOf(await robot.get(path(acme)))).toMatchObject({ source: 'default' })
  })

  test('happens once of ten at the same time', async () => {
    const { changes, set } = await managed()
    const answers = await Promise.all(Array.from({ length: 10 }, () => set(5)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
    expect(await changes()).toBe(1)
  })

  test('is no other change', async () => {
    const { robot, acme, changes, set } = await managed()
    await set(5)
    await expectProblem(await set(6), 422, 'idempotency_key_reused')
    await expectProblem(await robot.send('DELETE', path(acme), undefined, NAME), 422, 'idempotency_key_reused')
    expect(await changes()).toBe(1)
  })

  test('has its name free when it was refused', async () => {
    const { robot, acme, changes, set } = await managed()
    await expectProblem(await robot.put(path(acme), { maxFailures: -1 }, NAME), 400, 'invalid_input')
    expect((await set(5)).status).toBe(200)
    expect(await changes()).toBe(1)
  })

  test('of one manager is nothing to another', async () => {
    const { world, set, acme, changes } = await managed()
    const other = await addManager(world, ['organization_settings_manager'])
    await set(5)
    expect((await other.put(path(acme), { maxFailures: 7 }, NAME)).status).toBe(200)
    expect(await changes()).toBe(2)
  })

  test('is answered to nobody who may no more', async () => {
    const { deps, set } = await managed()
    await set(5)
    await deps.db.query.delete(deps.db.tables.managerRoles)
    expect((await set(5)).status).toBe(404)
  })

  test('is another one after a day', async () => {
    const { deps, robot, clock, changes, set, acme } = await managed()
    await set(5)
    await robot.send('DELETE', path(acme))
    const { idempotencyKeys } = deps.db.tables
    await deps.db.query.update(idempotencyKeys).set({ expiresAt: clock.now() })
    expect((await set(6)).status).toBe(200)
    expect(await changes()).toBe(3)
    const [row] = await deps.db.query.select().from(idempotencyKeys)
    expect(row?.expiresAt).toBe(clock.now() + 86_400_000)
    clock.advance(86_401)
    await cleanUp(deps)
    expect(await deps.db.query.select().from(idempotencyKeys)).toEqual([])
  })

  test('keeps its answer in a box', async () => {
    const { deps, set } = await managed()
    await set(5)
    const [row] = await deps.db.query.select().from(deps.db.tables.idempotencyKeys)
    expect(JSON.stringify(row)).not.toMatch(/maxFailures|5f8d/)
  })

  test.each(['two words', 'é', 'x'.repeat(256)])('with the name %j is refused', async (name) => {
    const { set, changes } = await managed()
    await expectProblem(await set(5, { 'idempotency-key': name }), 400, 'invalid_input')
    expect(await changes()).toBe(0)
  })
})
