import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { LATER, NOW, race } from '../testing/rows.ts'
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

  test('each name is held by itself', async () => {
    const { take } = await opened()
    expect(await take('a', NOW, 'one')).toBe(true)
    expect(await take('b', NOW, 'another')).toBe(true)
  })
})
