import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { OrganizationId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { LATER, NOW, nextId, race } from '../testing/rows.ts'
import { leaseRepository } from './leases.ts'

describeOnEveryDatabase('leases', (open) => {
  const opened = async () => {
    const db = await open()
    const leases = leaseRepository(db)
    const take = (holder: string, now = NOW, name = 'clean up', expiresAt = LATER) =>
      db.transaction((tx) => leases.take(tx, { name, holder, now, expiresAt }))
    return { db, leases, take }
  }

  test('exactly one of those who race holds it', async () => {
    const { db, leases } = await opened()
    const contend = () =>
      race(db, 20, (tx, nth) => leases.take(tx, { name: 'seal', holder: `${nth}`, now: NOW, expiresAt: LATER }))
    const first = await contend()
    expect(first.filter(Boolean)).toHaveLength(1)
    expect(await contend()).toEqual(first)
  })

  test('its holder renews it, others get it after its end', async () => {
    const { take } = await opened()
    expect(await take('a')).toBe(true)
    expect(await take('a', NOW, 'clean up', LATER + 10)).toBe(true)
    expect(await take('b', LATER + 10)).toBe(false)
    expect(await take('b', LATER + 11, 'clean up', LATER + 99)).toBe(true)
    expect(await take('a', LATER + 12)).toBe(false)
  })

  test('one transaction at a time enters a part of the work, and sees what the one before did', async () => {
    const { db, leases } = await opened()
    const { organizations } = db.tables
    let inside = 0
    const counts = await race(db, 8, async (tx) => {
      await leases.enter(tx, 'start')
      expect(++inside).toBe(1)
      const known = await tx.select().from(organizations)
      await sleep(5)
      const id = nextId<OrganizationId>('org')
      await tx.insert(organizations).values({ id, name: 'Acme', primaryDomain: id, createdAt: NOW })
      inside--
      return known.length
    })
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  test('each name is held by itself', async () => {
    const { take } = await opened()
    expect(await take('a', NOW, 'one')).toBe(true)
    expect(await take('b', NOW, 'another')).toBe(true)
  })
})
