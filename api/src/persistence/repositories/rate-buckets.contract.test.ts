import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { LATER, NOW, race } from '../testing/rows.ts'
import { rateBucketRepository } from './rate-buckets.ts'

describeOnEveryDatabase('rate buckets', (open) => {
  const opened = async () => {
    const db = await open()
    const buckets = rateBucketRepository(db)
    const take = (now = NOW, key = 'ann', resetsAt = LATER) =>
      db.transaction((tx) => buckets.take(tx, { key, now, resetsAt }))
    return { db, buckets, take }
  }

  test('fifty at once are counted as fifty, each once', async () => {
    const { db, buckets } = await opened()
    const all = await race(db, 50, (tx) => buckets.take(tx, { key: 'ann', now: NOW, resetsAt: LATER }))
    expect(all.map(({ used }) => used).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, nth) => nth + 1),
    )
  })

  test('the end of the first one stands, and at that moment the count begins anew', async () => {
    const { take } = await opened()
    expect(await take()).toEqual({ used: 1, resetsAt: LATER })
    expect(await take(LATER - 1, 'ann', LATER + 50)).toEqual({ used: 2, resetsAt: LATER })
    expect(await take(LATER, 'ann', LATER + 50)).toEqual({ used: 1, resetsAt: LATER + 50 })
    expect(await take(LATER, 'ann', LATER + 99)).toEqual({ used: 2, resetsAt: LATER + 50 })
  })

  test('fifty at once at its end are counted as fifty', async () => {
    const { db, buckets, take } = await opened()
    await take()
    const all = await race(db, 50, (tx) => buckets.take(tx, { key: 'ann', now: LATER, resetsAt: LATER + 50 }))
    expect(Math.max(...all.map(({ used }) => used))).toBe(50)
    expect(new Set(all.map(({ resetsAt }) => resetsAt))).toEqual(new Set([LATER + 50]))
  })

  test('each key has its own', async () => {
    const { take } = await opened()
    await take()
    expect(await take(NOW, 'ben')).toMatchObject({ used: 1 })
    expect(await take()).toMatchObject({ used: 2 })
  })

  test('what fails takes its attempt back', async () => {
    const { db, buckets, take } = await opened()
    const failing = db.transaction(async (tx) => {
      await buckets.take(tx, { key: 'ann', now: NOW, resetsAt: LATER })
      throw new Error('boom')
    })
    await expect(failing).rejects.toThrow('boom')
    expect(await take()).toMatchObject({ used: 1 })
  })
})
