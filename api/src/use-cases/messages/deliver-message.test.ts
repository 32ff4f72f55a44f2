import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Deps } from '../../deps.ts'
import { DeliveryFailed, type DeliveryFault } from '../../domain/delivery.ts'
import { createWorld, ISSUER } from '../../testing/world.ts'
import { listDeadMessages, reviveMessage } from './dead-messages.ts'
import { claimMessages, deliverMessage } from './deliver-message.ts'
import { sendMessage } from './send-message.ts'

const CODE = 'KXPT-7QRM'
const never = new AbortController().signal

/** A world with one mail to bob in its outbox; `deliver` takes the place of the provider. */
async function withMail(deliver?: Deps['post']['deliver']) {
  const world = await createWorld()
  const deps: Deps = deliver ? { ...world.deps, post: { ...world.deps.post, deliver } } : world.deps
  const send = (more: object = {}) =>
    deps.db.transaction((tx) =>
      sendMessage(deps, tx, {
        channel: 'email',
        kind: 'verify_email',
        to: 'bob@acme.test',
        language: 'de',
        organizationId: world.acme,
        values: { code: CODE, link: `${ISSUER}/verify#vl_x`, minutes: 10 },
        ...more,
      } as never),
    )
  await send()
  const rows = () => deps.db.query.select().from(deps.db.tables.outboxMessages)
  const claim = (holder = 'one') => claimMessages(deps, { channel: 'email', holder, most: 10 })
  const attempt = async () => {
    for (const message of await claim()) await deliverMessage(deps, message, never)
    return (await rows())[0]!
  }
  return { ...world, deps, send, rows, claim, attempt }
}

const failing = (fault: DeliveryFault) => async () => {
  throw new DeliveryFailed(fault)
}

test('a message goes out in its language and is wiped: N045', async () => {
  const { attempt, messages, acme, deps } = await withMail()
  await deps.repositories.organizations.findLook(acme)
  const row = await attempt()
  expect(row).toMatchObject({ state: 'sent', content: null, dueAt: null, attempts: 1 })
  expect(messages()).toMatchObject([
    { to: 'bob@acme.test', kind: 'verify_email', code: CODE, link: `${ISSUER}/verify#vl_x`, at: row.sentAt },
  ])
  expect(messages()[0]!.subject).toBe('Bestätigen Sie Ihre E-Mail-Adresse')
  expect(deps.tallies.messages.of('email', 'sent')).toBe(1)
})

test('N293 451 three times, then it is taken: each pause is longer, and it goes out once', async () => {
  let attempts = 0
  const world = await withMail(async () => {
    if (++attempts <= 3) throw new DeliveryFailed('deferred')
  })
  const pauses: number[] = []
  for (let at = 0; at < 3; at++) {
    const { dueAt, state, lastError } = await world.attempt()
    expect([state, lastError]).toEqual(['queued', 'deferred'])
    pauses.push(dueAt! - world.clock.now())
    expect(await world.claim()).toEqual([])
    world.clock.advance(Math.ceil(pauses.at(-1)! / 1000))
  }
  expect(await world.attempt()).toMatchObject({ state: 'sent', attempts: 4 })
  expect(await world.claim()).toEqual([])
  expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses)
  expect(attempts).toBe(4)
})

test('N293 nothing is sent after its code is over, and no attempt is planned for then', async () => {
  let sent = 0
  const late = await withMail(async () => void sent++)
  late.clock.advance(600)
  expect(await late.attempt()).toMatchObject({ state: 'expired', content: null, dueAt: null })
  expect(sent).toBe(0)

  const failed = await withMail(failing('unreachable'))
  failed.clock.advance(599)
  expect(await failed.attempt()).toMatchObject({ state: 'expired', content: null })
})

test('an attempt is broken off when the code is over', async () => {
  const world = await withMail(
    (_parcel, signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new DeliveryFailed('timeout')), { once: true }),
      ),
  )
  world.clock.at += 599_900
  expect(await world.attempt()).toMatchObject({ state: 'expired' })
})

test.each(['refused', 'recipient_refused'] as const)(
  '%s is dead at once, with an event that names no recipient',
  async (fault) => {
    const { attempt, deps, acme, events } = await withMail(failing(fault))
    expect(await attempt()).toMatchObject({ state: 'dead', lastError: fault, dueAt: null })
    const dead = (await events()).find(({ type }) => type === 'message.undeliverable')
    expect(dead).toMatchObject({ organizationId: acme, data: { channel: 'email', kind: 'verify_email', fault } })
    expect(JSON.stringify(dead)).not.toContain('bob@')
    expect(deps.tallies.messages.of('email', 'dead')).toBe(1)
  },
)

test('a notice that never gets out is dead after twelve attempts and a day', async () => {
  const world = await withMail(failing('unreachable'))
  const { deps, clock, attempt } = world
  await deps.db.query.update(deps.db.tables.outboxMessages).set({ expiresAt: null })
  const began = clock.now()
  let row = await attempt()
  for (let at = 0; at < 20 && row.state === 'queued'; at++) {
    clock.at = row.dueAt!
    row = await attempt()
  }
  expect(row).toMatchObject({ state: 'dead', attempts: 12 })
  expect((clock.now() - began) / 3_600_000).toBeGreaterThan(15)
})

test('managers see the dead of their own organization, without what they said, and have one sent again', async () => {
  const world = await withMail(failing('refused'))
  const { deps, acme, attempt } = world
  const { id, createdAt } = await attempt()
  const globex = await world.addOrganization('globex.test')
  expect(await listDeadMessages(deps, acme)).toEqual([
    { id, channel: 'email', kind: 'verify_email', to: 'bob@acme.test', fault: 'refused', attempts: 1, createdAt },
  ])
  expect(await listDeadMessages(deps, globex)).toEqual([])
  await expect(reviveMessage(deps, globex, id)).rejects.toMatchObject({ code: 'not_found' })
  await reviveMessage(deps, acme, id)
  await world.deliver()
  expect(world.messages()).toMatchObject([{ code: CODE }])
  await expect(reviveMessage(deps, acme, id)).rejects.toMatchObject({ code: 'not_found' })
})

test('R13 a claim that is given back is due at once, and the attempt is not counted', async () => {
  const stopping = new AbortController()
  const { claim, rows, deps } = await withMail(async () => {
    stopping.abort()
    throw new DeliveryFailed('timeout')
  })
  for (const message of await claim()) await deliverMessage(deps, message, stopping.signal)
  expect((await rows())[0]).toMatchObject({ state: 'queued', attempts: 0, holder: null, lastError: null })
  expect(await claim('two')).toHaveLength(1)
})

test('N296 R19 whoever died with a claim loses it, and the message goes out once more at most', async () => {
  const { claim, clock, deps, rows, messages } = await withMail()
  const [lost] = await claim('dead process')
  expect(await claim('other')).toEqual([])
  clock.advance(41)
  const [taken] = await claim('other')
  await deliverMessage(deps, taken!, never)
  await deliverMessage(deps, lost!, never)
  expect(messages()).toHaveLength(2)
  expect(new Set(messages().map(({ id }) => id)).size).toBe(1)
  expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2 }])
})

test('R21 a row that can not be read is dead, and the others go out', async () => {
  const { send, rows, deps, messages, deliver } = await withMail()
  const { outboxMessages } = deps.db.tables
  await send({ to: 'ann@acme.test' })
  await send({ to: 'eve@acme.test' })
  const all = await rows()
  const [bob, ann] = ['bob', 'ann'].map((name) => all.find(({ recipient }) => recipient === `${name}@acme.test`))
  // somebody who can write the database can not have one person's code sent to another
  await deps.db.query.update(outboxMessages).set({ content: ann!.content }).where(eq(outboxMessages.id, bob!.id))
  await deps.db.query.update(outboxMessages).set({ content: 'nonsense' }).where(eq(outboxMessages.id, ann!.id))
  await deliver()
  expect(messages().map(({ to }) => to)).toEqual(['eve@acme.test'])
  const faults = (await rows()).map(({ state, lastError }) => [state, lastError])
  expect(faults.toSorted()).toEqual([
    ['dead', 'unreadable'],
    ['dead', 'unreadable'],
    ['sent', null],
  ])
})

test('a template that throws is a mistake of ours: logged without what it held, and tried again', async () => {
  const { attempt, logLines } = await withMail(async () => {
    throw new RangeError(`secret ${CODE}`)
  })
  expect(await attempt()).toMatchObject({ state: 'queued', lastError: 'internal' })
  expect(logLines.join()).not.toMatch(/KXPT|bob@/)
})

test('nothing is set up: a message waits, and goes out when it is', async () => {
  const world = await createWorld({ env: { NODE_ENV: 'production' } })
  expect([world.deps.post.has('email'), world.deps.post.has('sms'), world.deps.post.sink]).toEqual([false, false, null])
  await world.deps.db.transaction((tx) =>
    sendMessage(world.deps, tx, {
      channel: 'email',
      kind: 'account_deleted',
      to: 'bob@acme.test',
      language: 'en',
      organizationId: world.acme,
      values: {},
    }),
  )
  await world.deliver()
  const [row] = await world.deps.db.query.select().from(world.deps.db.tables.outboxMessages)
  expect(row).toMatchObject({ state: 'queued', lastError: 'not_set_up' })
})
