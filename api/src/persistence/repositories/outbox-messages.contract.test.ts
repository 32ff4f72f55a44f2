import { expect, test } from 'vitest'
import type { MessageId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addMessage, addOrganization, LATER, messageRow, NOW, nextId, race } from '../testing/rows.ts'
import { outboxMessageRepository } from './outbox-messages.ts'

describeOnEveryDatabase('the outbox', (open) => {
  const opened = async () => {
    const db = await open()
    const outbox = outboxMessageRepository(db)
    const organizationId = await addOrganization(db)
    const row = async (id: MessageId) => (await readAll(db)).find((message) => message.id === id)!
    const claim = (holder: string, now = NOW, most = 10) =>
      db.transaction((tx) => outbox.claim(tx, { channel: 'email', holder, now, until: now + 60_000, most }))
    const settle = <T>(work: (tx: Executor) => Promise<T>) => db.transaction(work)
    return { db, outbox, organizationId, row, claim, settle }
  }
  const readAll = (db: Database) => db.query.select().from(db.tables.outboxMessages)

  test('a message is due at once, and claimed with its attempt counted', async () => {
    const { db, outbox, organizationId, claim } = await opened()
    const id = nextId<MessageId>('msg')
    await db.transaction((tx) => outbox.create(tx, messageRow(id, organizationId)))
    expect(await outbox.findFirstDue('email')).toBe(NOW)
    expect(await outbox.findFirstDue('sms')).toBeNull()
    expect(await claim('a', NOW - 1)).toEqual([])
    const [claimed, ...others] = await claim('a')
    expect(others).toEqual([])
    expect(claimed).toMatchObject({
      id,
      content: 'boxed',
      state: 'sending',
      attempts: 1,
      holder: 'a',
      dueAt: NOW + 60_000,
    })
    expect(await claim('b')).toEqual([])
  })

  test('one that is over before it begins is never due, and leaves nothing of what it said', async () => {
    const { db, outbox, organizationId, row, claim } = await opened()
    const id = nextId<MessageId>('msg')
    await db.transaction((tx) => outbox.createOver(tx, messageRow(id, organizationId)))
    expect(await row(id)).toMatchObject({ state: 'expired', content: null, dueAt: null, holder: null, attempts: 0 })
    expect(await outbox.findFirstDue('email')).toBeNull()
    expect(await claim('a')).toEqual([])
    expect(await db.transaction((tx) => outbox.deleteFinishedBefore(tx, NOW + 1, 10))).toBe(1)
  })

  test('of those who race each message is claimed by exactly one', async () => {
    const { db, outbox } = await opened()
    const ids = await Promise.all(Array.from({ length: 30 }, () => addMessage(db)))
    const claims = await race(db, 8, (tx, nth) =>
      outbox.claim(tx, { channel: 'email', holder: `${nth}`, now: NOW, until: LATER, most: 10 }),
    )
    const claimed = claims.flat().map(({ id }) => id)
    expect(new Set(claimed).size).toBe(claimed.length)
    const rest = await race(db, 3, (tx) =>
      outbox.claim(tx, { channel: 'email', holder: 'late', now: NOW, until: LATER, most: 30 }),
    )
    expect([...claimed, ...rest.flat().map(({ id }) => id)].toSorted()).toEqual(ids.toSorted())
    const holders = new Map((await readAll(db)).map(({ id, holder }) => [id, holder]))
    claims.forEach((batch, nth) => {
      for (const { id } of batch) expect(holders.get(id)).toBe(`${nth}`)
    })
  })

  test('one that was sent can be forgotten, by whoever holds it', async () => {
    const { db, outbox, claim, settle } = await opened()
    const id = await addMessage(db)
    await claim('a')
    await settle((tx) => outbox.forget(tx, { id, holder: 'b' }))
    expect(await readAll(db)).toHaveLength(1)
    await settle((tx) => outbox.forget(tx, { id, holder: 'a' }))
    expect(await readAll(db)).toEqual([])
  })

  test('those about one person are taken away', async () => {
    const { db, outbox, settle } = await opened()
    const [ann, ben] = ['usr_ann' as UserId, 'usr_ben' as UserId]
    await addMessage(db, { userId: ann })
    const kept = [await addMessage(db, { userId: ben }), await addMessage(db)]
    await settle((tx) => outbox.deleteOfUser(tx, ann))
    expect((await readAll(db)).map(({ id }) => id).toSorted()).toEqual(kept.toSorted())
  })

  test('what waits longest comes first, and no more than asked for', async () => {
    const { db, claim } = await opened()
    const [late, early] = [await addMessage(db, { dueAt: NOW - 1 }), await addMessage(db, { dueAt: NOW - 2 })]
    expect((await claim('a', NOW, 1)).map(({ id }) => id)).toEqual([early])
    expect((await claim('a', NOW, 1)).map(({ id }) => id)).toEqual([late])
  })

  test('a claim that ran out is taken by somebody else, and its first holder settles nothing any more', async () => {
    const { db, outbox, row, claim, settle } = await opened()
    const id = await addMessage(db)
    await claim('a')
    const [again] = await claim('b', NOW + 60_000)
    expect(again).toMatchObject({ id, holder: 'b', attempts: 2 })
    expect(await settle((tx) => outbox.markSent(tx, { id, holder: 'a' }, NOW))).toBe(false)
    expect(await settle((tx) => outbox.postpone(tx, { id, holder: 'a' }, NOW, 'timeout'))).toBe(false)
    expect(await settle((tx) => outbox.giveBack(tx, { id, holder: 'a' }, { attempts: 0, now: NOW }))).toBe(false)
    expect(await row(id)).toMatchObject({ state: 'sending', holder: 'b', content: 'boxed' })
  })

  test('what was sent or has expired is wiped and never due again', async () => {
    const { db, outbox, row, claim, settle } = await opened()
    const [sent, expired] = [await addMessage(db), await addMessage(db)]
    await claim('a')
    expect(await settle((tx) => outbox.markSent(tx, { id: sent, holder: 'a' }, NOW + 5))).toBe(true)
    expect(await settle((tx) => outbox.markExpired(tx, { id: expired, holder: 'a' }))).toBe(true)
    const gone = { content: null, dueAt: null, holder: null }
    expect(await row(sent)).toMatchObject({ ...gone, state: 'sent', sentAt: NOW + 5, lastError: null })
    expect(await row(expired)).toMatchObject({ ...gone, state: 'expired', sentAt: null })
    expect(await outbox.findFirstDue('email')).toBeNull()
    expect(await settle((tx) => outbox.markSent(tx, { id: sent, holder: 'a' }, NOW))).toBe(false)
  })

  test('a failed attempt comes back at its time, one given back at once and uncounted', async () => {
    const { db, outbox, row, claim, settle } = await opened()
    const [failed, returned] = [await addMessage(db), await addMessage(db)]
    await claim('a')
    await settle((tx) => outbox.postpone(tx, { id: failed, holder: 'a' }, NOW + 5_000, 'deferred'))
    await settle((tx) => outbox.giveBack(tx, { id: returned, holder: 'a' }, { attempts: 0, now: NOW }))
    expect(await row(failed)).toMatchObject({ state: 'queued', attempts: 1, lastError: 'deferred', holder: null })
    expect((await claim('b', NOW + 4_999)).map(({ id, attempts }) => [id, attempts])).toEqual([[returned, 1]])
    expect((await claim('b', NOW + 5_000)).map(({ id, attempts }) => [id, attempts])).toEqual([[failed, 2]])
  })

  test('the dead of an organization are listed, newest first, page by page, and of no other', async () => {
    const { db, outbox, organizationId } = await opened()
    const dead = { organizationId, state: 'dead', dueAt: null, lastError: 'refused' } as const
    const ids = [await addMessage(db, dead), await addMessage(db, dead), await addMessage(db, dead)].toReversed()
    await addMessage(db, { ...dead, organizationId: await addOrganization(db) })
    await addMessage(db, { organizationId })
    const first = await outbox.listDead(organizationId, 2)
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    expect((await outbox.listDead(organizationId, 2, ids[1])).map(({ id }) => id)).toEqual(ids.slice(2))
  })

  test('a dead one is revived by its own organization, before its end', async () => {
    const { db, outbox, organizationId, row, claim, settle } = await opened()
    const dead = { organizationId, state: 'dead', dueAt: null, attempts: 12 } as const
    const [lasting, over] = [await addMessage(db, dead), await addMessage(db, { ...dead, expiresAt: NOW })]
    const other = await addOrganization(db)
    const revive = (id: MessageId, of = organizationId) =>
      settle((tx) => outbox.revive(tx, { id, organizationId: of, now: NOW }))
    expect([await revive(lasting, other), await revive(over), await revive(lasting), await revive(lasting)]).toEqual([
      false,
      false,
      true,
      false,
    ])
    expect((await claim('a')).map(({ id }) => id)).toEqual([lasting])
    expect(await row(over)).toMatchObject({ state: 'dead' })
  })

  test('what waits is counted by channel', async () => {
    const { db, outbox, claim } = await opened()
    await addMessage(db, { channel: 'sms' })
    await addMessage(db)
    await claim('a')
    await addMessage(db, { dueAt: null, state: 'dead' })
    const waiting = await outbox.countWaiting()
    expect(waiting.toSorted((a, b) => a.channel.localeCompare(b.channel))).toEqual([
      { channel: 'email', waiting: 1 },
      { channel: 'sms', waiting: 1 },
    ])
  })

  test('messages go with their organization', async () => {
    const { db, organizationId } = await opened()
    await addMessage(db, { organizationId })
    await db.query.delete(db.tables.organizations)
    expect(await readAll(db)).toEqual([])
  })
})
