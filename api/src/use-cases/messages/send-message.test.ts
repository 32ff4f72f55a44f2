import { expect, test } from 'vitest'
import { createWorld, ISSUER, type World } from '../../testing/world.ts'
import { type Addressed, sendMessage, sendNothing } from './send-message.ts'

const CODE = 'KXPT-7QRM'
const LINK = `${ISSUER}/verify#vl_secret`

function toBob(world: World, more: object = {}): Addressed {
  const values = { code: CODE, link: LINK, minutes: 10 }
  const base = { channel: 'email', kind: 'verify_email', to: 'bob@acme.test', language: 'de', values } as const
  return { ...base, organizationId: world.acme, ...more } as Addressed
}

const rows = ({ deps: { db } }: World) => db.query.select().from(db.tables.outboxMessages)
const send = ({ deps }: World, message: Addressed) => deps.db.transaction((tx) => sendMessage(deps, tx, message))

test('a message is one row, due at once, and lives as long as its code', async () => {
  const world = await createWorld()
  await send(world, toBob(world))
  const now = world.clock.now()
  expect(await rows(world)).toMatchObject([
    {
      organizationId: world.acme,
      channel: 'email',
      kind: 'verify_email',
      recipient: 'bob@acme.test',
      language: 'de',
      state: 'queued',
      dueAt: now,
      expiresAt: now + 600_000,
    },
  ])
})

test('it is there if and only if the transaction commits', async () => {
  const world = await createWorld()
  const { deps } = world
  const failing = deps.db.transaction(async (tx) => {
    await sendMessage(deps, tx, toBob(world))
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await rows(world)).toEqual([])
})

test('N045 neither code nor link is in the database, and the box opens in its own row only', async () => {
  const world = await createWorld()
  await send(world, toBob(world))
  await send(world, toBob(world))
  const [one, other] = await rows(world)
  expect(JSON.stringify([one, other])).not.toMatch(/KXPT|vl_secret/)
  expect(world.deps.box.open(one!.content!, `outbox/${one!.id}`)).toContain(CODE)
  expect(() => world.deps.box.open(one!.content!, `outbox/${other!.id}`)).toThrow()
})

test.each([
  [{ kind: 'reset_password', values: { code: CODE, link: LINK, codeMinutes: 10, linkMinutes: 30 } }, 600_000],
  [{ expiresAt: Date.UTC(2026, 0, 1) + 1_000 }, 1_000],
  [{ expiresAt: Date.UTC(2027, 0, 1) }, 600_000],
  [{ kind: 'account_deleted', values: {} }, null],
  [{ kind: 'account_deleted', values: {}, expiresAt: Date.UTC(2026, 0, 1) + 5 }, 5],
])('%j ends after %s ms', async (more, life) => {
  const world = await createWorld()
  await send(world, toBob(world, more))
  const [row] = await rows(world)
  expect(row!.expiresAt).toBe(life === null ? null : world.clock.now() + life)
})

test('N248 what is no single address gets nothing, and its caller notices nothing', async () => {
  const world = await createWorld()
  await send(world, toBob(world, { to: 'a@e.test,bob@acme.test' }))
  await send(world, toBob(world, { to: 'bob@acme.test\r\nBcc: x@e.test' }))
  expect(await rows(world)).toEqual([])
  expect(world.logLines.join()).not.toContain('e.test')
})

test('N035 E6 one recipient gets five of a kind in an hour and twenty in a day, whoever asks', async () => {
  const world = await createWorld()
  for (let at = 0; at < 50; at++) await send(world, toBob(world))
  expect(await rows(world)).toHaveLength(5)
  await send(world, toBob(world, { to: 'BOB@acme.test' }))
  expect(await rows(world)).toHaveLength(5)
  await send(world, toBob(world, { to: 'ann@acme.test' }))
  expect(await rows(world)).toHaveLength(6)
  for (let hour = 0; hour < 12; hour++) {
    world.clock.advance(3_601)
    for (let at = 0; at < 6; at++) await send(world, toBob(world))
  }
  expect((await rows(world)).filter(({ recipient }) => recipient === 'bob@acme.test')).toHaveLength(20)
})

test('N014 a message to nobody is counted like any other, and is over before it begins', async () => {
  const world = await createWorld()
  const { deps } = world
  const buckets = () => deps.db.query.select().from(deps.db.tables.rateBuckets)
  await send(world, toBob(world))
  const ofOne = (await buckets()).length
  await deps.db.transaction((tx) => sendNothing(deps, tx, toBob(world, { to: 'nobody@nobody.invalid' })))
  expect((await buckets()).length).toBe(2 * ofOne)
  expect((await rows(world)).find(({ recipient }) => recipient === 'nobody@nobody.invalid')).toMatchObject({
    state: 'expired',
    content: null,
    dueAt: null,
    userId: null,
  })
  await world.deliver()
  expect(world.messages().map(({ to }) => to)).toEqual(['bob@acme.test'])
})

test('what anybody may ask for is counted together, and keeps no notice back', async () => {
  const world = await createWorld()
  const kinds = ['verify_email', 'address_taken', 'reset_password', 'email_change_code'] as const
  const values = { code: CODE, link: LINK, minutes: 10, codeMinutes: 10, linkMinutes: 30 }
  for (const kind of kinds) for (let at = 0; at < 5; at++) await send(world, toBob(world, { kind, values }))
  expect(await rows(world)).toHaveLength(10)
  const changed = { at: 0, browser: null, system: null, notMeLink: LINK }
  await send(world, toBob(world, { kind: 'password_changed', values: changed }))
  expect(await rows(world)).toHaveLength(11)
})

const sms = (world: World, to: string, address?: string) =>
  toBob(world, { channel: 'sms', kind: 'verify_phone', to, address, values: { code: '123456', minutes: 10 } })

test('R7 text messages are counted per number, client address, country and in all', async () => {
  const world = await createWorld()
  const number = (country: string, nth: number) => `${country}${String(nth).padStart(8, '0')}`
  const count = async () => (await rows(world)).length
  for (let at = 0; at < 30; at++) await send(world, sms(world, number('+49', at), '198.51.100.7'))
  expect(await count()).toBe(20)
  for (let at = 0; at < 1_000; at++) await send(world, sms(world, number('+49', 100 + at)))
  const german = await count()
  expect(german).toBeLessThanOrEqual(200)
  await send(world, sms(world, number('+33', 1)))
  expect(await count()).toBe(german + 1)
  for (const country of ['+31', '+32', '+34', '+39', '+41', '+43', '+44', '+45'])
    for (let at = 0; at < 200; at++) await send(world, sms(world, number(country, at)))
  expect(await count()).toBeLessThanOrEqual(1_000)
}, 60_000)

test('DESIGN I6 a link to another host is a mistake that shows at once', async () => {
  const world = await createWorld()
  const values = { code: CODE, link: 'http://localhost:3000.evil.test/', minutes: 10 }
  await expect(send(world, toBob(world, { values }))).rejects.toThrow('leads away')
})

test('whoever delivers is told after the commit, and not where there was none', async () => {
  const world = await createWorld()
  const { deps } = world
  const seen: number[] = []
  deps.post.bell.onRing(() => void rows(world).then((all) => seen.push(all.length)))
  await deps.db.transaction(async (tx) => {
    await sendMessage(deps, tx, toBob(world))
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(seen).toEqual([])
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(seen).toEqual([1])
  const failing = deps.db.transaction(async (tx) => {
    await sendMessage(deps, tx, toBob(world))
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(seen).toEqual([1])
})
