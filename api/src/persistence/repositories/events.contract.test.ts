import { expect, test } from 'vitest'
import type { Event } from '../../domain/events.ts'
import type { EventId, UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { NOW, nextId } from '../testing/rows.ts'
import { eventRepository } from './events.ts'

const DATA = { z: 1, a: [true, null, 'ü"\\'], nested: { empty: {} } }
const event = (change: Partial<Event> = {}): Event => ({
  id: nextId<EventId>('evt'),
  at: NOW,
  type: 'user.signed_in',
  organizationId: 'instance',
  actor: null,
  target: 'usr_ann',
  person: null,
  data: DATA,
  ...change,
})

describeOnEveryDatabase('events', (open) => {
  const opened = async () => {
    const db = await open()
    const events = eventRepository(db)
    const append = (...rows: Event[]) =>
      db.transaction(async (tx) => {
        for (const row of rows) await events.append(tx, row)
      })
    const seal = (id: string, sequence: number, hash: string) =>
      db.transaction((tx) => events.seal(tx, id, sequence, hash))
    const unsealed = (most = 10) => db.transaction((tx) => events.listUnsealed(tx, most))
    return { db, events, append, seal, unsealed }
  }

  test('they come back as they happened, oldest first, at most as many as asked for', async () => {
    const { append, unsealed } = await opened()
    const rows = [event(), event({ actor: 'usr_root', target: null }), event()]
    await append(...rows.toReversed())
    expect(await unsealed()).toEqual(rows.map((row) => ({ ...row, sequence: null, hash: null })))
    expect((await unsealed(2)).map(({ id }) => id)).toEqual([rows[0]!.id, rows[1]!.id])
  })

  test('a seal is set once', async () => {
    const { append, seal, unsealed, events } = await opened()
    const [first, second] = [event(), event()]
    await append(first, second)
    await seal(first.id, 1, 'hash')
    await seal(first.id, 7, 'forged')
    expect(await events.listSealed('instance', 1, 10)).toEqual([{ ...first, sequence: 1, hash: 'hash' }])
    expect((await unsealed()).map(({ id }) => id)).toEqual([second.id])
  })

  test('a place in a chain is taken once', async () => {
    const { append, seal, events } = await opened()
    const [first, second] = [event(), event()]
    await append(first, second)
    await seal(first.id, 1, 'hash')
    await expect(seal(second.id, 1, 'other')).rejects.toThrow(/Failed query|UNIQUE/)
    expect(await events.listSealed('instance', 1, 10)).toHaveLength(1)
  })

  test('those about a person are read newest first, from any place on, at most as many as asked for', async () => {
    const { append, events, seal } = await opened()
    const ann = 'usr_ann' as UserId
    const hers = [
      event({ person: ann }),
      event({ person: ann, organizationId: 'org_a' as never }),
      event({ person: ann }),
    ]
    await append(hers[0]!, event({ person: 'usr_ben' as UserId }), hers[1]!, event(), hers[2]!)
    await seal(hers[0]!.id, 1, 'hash')
    const newest = hers.toReversed().map(({ id }) => id)
    const list = async (most: number, before?: EventId) =>
      (await events.listOfPerson(ann, most, before)).map(({ id }) => id)
    expect(await list(10)).toEqual(newest)
    expect(await list(2)).toEqual(newest.slice(0, 2))
    expect(await list(10, newest[1])).toEqual(newest.slice(2))
    expect(await list(10, newest[2])).toEqual([])
  })

  test('each organization has its own chain, read in order from any place on', async () => {
    const { db, events, append, seal } = await opened()
    const theirs = Array.from({ length: 12 }, () => event({ organizationId: 'org_a' as Event['organizationId'] }))
    const other = event()
    await append(...theirs, other)
    for (const [nth, { id }] of theirs.entries()) await seal(id, nth + 1, `hash ${nth + 1}`)
    await seal(other.id, 1, 'other')
    expect((await events.listSealed('org_a', 9, 3)).map(({ sequence }) => sequence)).toEqual([9, 10, 11])
    expect((await events.listChains()).toSorted()).toEqual(['instance', 'org_a'])
    const last = (of: string) => db.transaction((tx) => events.findLastSealed(tx, of))
    expect(await last('org_a')).toMatchObject({ sequence: 12, hash: 'hash 12' })
    expect(await last('org_b')).toBeNull()
  })
})
