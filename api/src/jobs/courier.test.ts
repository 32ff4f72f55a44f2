import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Deps } from '../deps.ts'
import { DeliveryFailed } from '../domain/delivery.ts'
import { createWorld, type World } from '../testing/world.ts'
import { sendMessage } from '../use-cases/messages/send-message.ts'
import { startCourier } from './courier.ts'

const withPost = (world: World, deliver: Deps['post']['deliver']): Deps => ({
  ...world.deps,
  post: { ...world.deps.post, deliver },
})

const send = (deps: Deps, { acme }: World, to: string) =>
  deps.db.transaction((tx) =>
    sendMessage(deps, tx, {
      channel: 'email',
      kind: 'account_locked',
      to,
      language: 'en',
      organizationId: acme,
      values: { at: deps.clock.now(), until: deps.clock.now() },
    }),
  )
const rows = ({ db }: Deps) => db.query.select().from(db.tables.outboxMessages)
async function until(condition: () => boolean | Promise<boolean>): Promise<number> {
  const began = performance.now()
  while (!(await condition())) {
    if (performance.now() - began > 15_000) throw new Error('it did not come to that')
    await sleep(5)
  }
  return performance.now() - began
}

test('who waits for a message waits for no timer', async () => {
  const world = await createWorld()
  const stop = startCourier(world.deps)
  await sleep(50)
  for (let at = 0; at < 5; at++) {
    await send(world.deps, world, `bob${at}@acme.test`)
    expect(await until(() => world.messages().length === at + 1)).toBeLessThan(500)
  }
  await stop()
})

test('what another process wrote is found without a bell', async () => {
  const world = await createWorld()
  const other: Deps = { ...world.deps, post: { ...world.deps.post, bell: { ring: () => {}, onRing: () => () => {} } } }
  const stop = startCourier(world.deps)
  await sleep(50)
  await send(other, world, 'bob@acme.test')
  await until(() => world.messages().length === 1)
  await stop()
})

test('a provider that hangs holds up eight at a time and nobody’s request; all get out in the end', async () => {
  const world = await createWorld()
  let underway = 0
  let most = 0
  const gates: (() => void)[] = []
  const deps = withPost(world, async () => {
    most = Math.max(most, ++underway)
    await new Promise<void>((resolve) => gates.push(resolve))
    underway--
  })
  const stop = startCourier(deps)
  const began = performance.now()
  for (let at = 0; at < 20; at++) await send(deps, world, `bob${at}@acme.test`)
  expect(performance.now() - began).toBeLessThan(2_000)
  await until(() => underway === 8)
  await until(async () => {
    for (const open of gates.splice(0)) open()
    return (await rows(deps)).every(({ state }) => state === 'sent')
  })
  expect(most).toBe(8)
  await stop()
})

test('R19 two processes on one database: each message goes out once', async () => {
  const world = await createWorld()
  const sent: string[] = []
  const deliver: Deps['post']['deliver'] = async ({ to }) => {
    await sleep(2)
    sent.push(to)
  }
  const [one, other] = [withPost(world, deliver), withPost(world, deliver)]
  const stops = [startCourier(one), startCourier(other)]
  const names = Array.from({ length: 40 }, (_, at) => `bob${at}@acme.test`)
  for (const to of names) await send(one, world, to)
  await until(async () => (await rows(one)).every(({ state }) => state === 'sent'))
  await Promise.all(stops.map((stop) => stop()))
  expect(sent.toSorted()).toEqual(names.toSorted())
})

test('R13 stopping waits for what is nearly there, and gives back the rest', async () => {
  const world = await createWorld()
  const deps = withPost(world, ({ to }, signal) =>
    to.startsWith('quick')
      ? sleep(200)
      : new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new DeliveryFailed('timeout')), { once: true }),
        ),
  )
  const stop = startCourier(deps)
  await send(deps, world, 'quick@acme.test')
  await send(deps, world, 'hanging@acme.test')
  await until(async () => (await rows(deps)).every(({ state }) => state === 'sending'))
  const began = performance.now()
  await stop()
  expect(performance.now() - began).toBeLessThan(4_000)
  const states = (await rows(deps)).map(({ recipient, state, attempts }) => [recipient, state, attempts])
  expect(states.toSorted()).toEqual([
    ['hanging@acme.test', 'queued', 0],
    ['quick@acme.test', 'sent', 1],
  ])
})

test('R13 what is claimed at the very moment of stopping is not left behind', async () => {
  const world = await createWorld()
  const claiming = Promise.withResolvers<void>()
  const repositories = { ...world.deps.repositories }
  const { claim } = repositories.outboxMessages
  const slowClaim: typeof claim = async (...args) => {
    claiming.resolve()
    await sleep(100)
    return claim(...args)
  }
  repositories.outboxMessages = { ...repositories.outboxMessages, claim: slowClaim }
  const deps = { ...world.deps, repositories }
  await send(deps, world, 'bob@acme.test')
  const stop = startCourier(deps)
  await claiming.promise
  await stop()
  const states = (await rows(deps)).map(({ state }) => state)
  await sleep(200)
  expect(states).toEqual(['sent'])
})

test('a database that does not answer is asked again', async () => {
  const world = await createWorld()
  let failures = 0
  const broken = async () => {
    failures++
    throw new Error('no database')
  }
  const repositories = { ...world.deps.repositories }
  repositories.outboxMessages = { ...repositories.outboxMessages, findFirstDue: broken }
  const deps = { ...world.deps, repositories }
  const stop = startCourier(deps)
  await send(deps, world, 'bob@acme.test')
  await until(() => failures > 3)
  repositories.outboxMessages = world.deps.repositories.outboxMessages
  await until(() => world.messages().length === 1)
  await stop()
  expect(world.logLines.join()).toContain('the outbox could not be read')
})
