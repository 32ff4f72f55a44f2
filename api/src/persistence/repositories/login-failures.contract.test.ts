import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { NOW, race } from '../testing/rows.ts'
import { type CountedGuess, type LoginFailures, loginFailureRepository } from './login-failures.ts'

const SECOND = 1_000
const WAITS = [1, 2, 4, 8, 16, 30]
const LOCK = 900 * SECOND
const KEPT = 9_000 * SECOND

/** Four are free, the tenth locks for a quarter of an hour. */
const at = (now: number, more: Partial<CountedGuess> = {}): CountedGuess => ({
  key: 'usr_ann',
  now,
  mostFailures: 10,
  freeFailures: 4,
  waitEnds: WAITS.map((wait) => now + wait * SECOND),
  lockEndsAt: now + LOCK,
  forgottenAt: now + KEPT,
  lockForgottenAt: now + LOCK + KEPT,
  ...more,
})

describeOnEveryDatabase('login failures', (open) => {
  const opened = async () => {
    const db = await open()
    const failures = loginFailureRepository(db)
    const guess = (now: number, more?: Partial<CountedGuess>) =>
      db.transaction((tx) => failures.count(tx, at(now, more)))
    /** Fails this often, as soon as each wait is over; answers the last row and the moment. */
    const fail = async (times: number, now = NOW, more?: Partial<CountedGuess>) => {
      let row = (await guess(now, more))!
      for (let nth = 1; nth < times; nth++) {
        now = Math.max(now, row.waitEndsAt ?? 0, row.lockEndsAt ?? 0)
        row = (await guess(now, more))!
      }
      return { row, now }
    }
    return { db, failures, guess, fail }
  }

  test('four failures are free, and from the fifth on each wait is longer, up to half a minute', async () => {
    const { guess } = await opened()
    let now = NOW
    const waits: number[] = []
    for (let nth = 1; nth <= 12; nth++) {
      const row = await guess(now, { mostFailures: null })
      expect(row).toMatchObject({ failures: nth, total: nth, locks: 0, lockEndsAt: null })
      const end: number = row!.waitEndsAt ?? now
      waits.push((end - now) / SECOND)
      now = end
    }
    expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30])
  })

  test('while a wait lasts nothing is counted, and at its end it goes on', async () => {
    const { failures, guess, fail } = await opened()
    const { row, now } = await fail(6)
    expect(row.waitEndsAt).toBe(now + 2 * SECOND)
    expect(await guess(now + 2 * SECOND - 1)).toBeNull()
    expect(await failures.find('usr_ann')).toEqual(row)
    expect(await guess(now + 2 * SECOND)).toMatchObject({ failures: 7 })
  })

  test('the failure that is one too many locks, and the count begins anew behind the lock', async () => {
    const { guess, fail } = await opened()
    const { row, now } = await fail(10)
    expect(row).toMatchObject({ failures: 0, total: 10, locks: 1, lockEndsAt: now + LOCK })
    expect(row.forgottenAt).toBe(now + LOCK + KEPT)
    expect(await guess(now + LOCK - 1)).toBeNull()
    expect(await guess(now + LOCK)).toMatchObject({ failures: 1, total: 11, locks: 1 })
    expect((await fail(9, now + LOCK)).row).toMatchObject({ failures: 0, total: 20, locks: 2 })
  })

  test.each([1, 2])('a limit of %i', async (mostFailures) => {
    const { guess } = await opened()
    for (let nth = 1; nth < mostFailures; nth++) expect(await guess(NOW, { mostFailures })).toMatchObject({ locks: 0 })
    expect(await guess(NOW, { mostFailures })).toMatchObject({ failures: 0, locks: 1, lockEndsAt: NOW + LOCK })
    expect(await guess(NOW + LOCK - 1, { mostFailures })).toBeNull()
    for (let nth = 1; nth < mostFailures; nth++) await guess(NOW + LOCK, { mostFailures })
    expect(await guess(NOW + LOCK, { mostFailures })).toMatchObject({ failures: 0, locks: 2 })
  })

  test('where nothing is free the first failure waits', async () => {
    const { guess } = await opened()
    expect(await guess(NOW, { freeFailures: 0 })).toMatchObject({ failures: 1, waitEndsAt: NOW + SECOND })
    expect(await guess(NOW + SECOND, { freeFailures: 0 })).toMatchObject({ waitEndsAt: NOW + 3 * SECOND })
  })

  test('guesses at the same moment do not wait for each other, whose clock is ever ahead', async () => {
    const { guess } = await opened()
    await guess(NOW)
    expect(await guess(NOW - 5)).toMatchObject({ failures: 2 })
  })

  test('a hundred at once: as many are looked at as the limit allows, each counted once', async () => {
    const { db, failures } = await opened()
    const all = await race(db, 100, (tx) => failures.count(tx, at(NOW, { freeFailures: 100 })))
    const counted = all.filter((row) => row !== null)
    expect(counted.map(({ total }) => total).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(counted.filter((row) => row.lockEndsAt !== null)).toHaveLength(1)
  })

  test('what was forgotten counts no more, locks included', async () => {
    const { guess, fail } = await opened()
    const { row } = await fail(10)
    expect(await guess(row.forgottenAt)).toMatchObject({ failures: 1, total: 1, locks: 0 })
  })

  test('each failure keeps the row longer', async () => {
    const { guess } = await opened()
    await guess(NOW)
    expect((await guess(NOW + KEPT - 1))!.forgottenAt).toBe(NOW + KEPT - 1 + KEPT)
  })

  test('a lock can be made longer by whoever began it', async () => {
    const { db, failures, guess, fail } = await opened()
    const { row, now } = await fail(10)
    await db.transaction((tx) => failures.extendLock(tx, { ...row, lockEndsAt: now + 2 * LOCK }))
    expect(await guess(now + 2 * LOCK - 1)).toBeNull()
    expect(await guess(now + 2 * LOCK)).toMatchObject({ failures: 1 })
  })

  test('a proof forgets everything of one person, and says how much there was', async () => {
    const { db, failures, guess, fail } = await opened()
    const { now } = await fail(12)
    await guess(NOW, { key: 'usr_ben' })
    const forget = () => db.transaction((tx) => failures.delete(tx, 'usr_ann'))
    expect([await forget(), await forget()]).toEqual([12, 0])
    expect(await guess(now)).toMatchObject({ failures: 1, total: 1, locks: 0 })
    expect(await failures.find('usr_ben')).toMatchObject({ total: 1 })
  })

  test('a guess that was never compared is taken back, with the wait and the lock it began', async () => {
    const { db, failures, guess, fail } = await opened()
    const takeBack = (row: LoginFailures) => db.transaction((tx) => failures.takeBack(tx, { ...row, mostFailures: 10 }))
    const waiting = await fail(6)
    await takeBack(waiting.row)
    expect(await failures.find('usr_ann')).toMatchObject({ failures: 5, total: 5, waitEndsAt: null })
    const locked = await fail(5, waiting.now)
    expect(locked.row.locks).toBe(1)
    await takeBack(locked.row)
    expect(await failures.find('usr_ann')).toMatchObject({ failures: 9, total: 9, locks: 0, lockEndsAt: null })
    expect(await guess(locked.now)).toMatchObject({ failures: 0, locks: 1 })
  })

  test.each([9, 10])('the %ith of a row that is gone meanwhile is not taken back from the next', async (times) => {
    const { db, failures, guess, fail } = await opened()
    const { row, now } = await fail(times)
    await db.transaction((tx) => failures.delete(tx, 'usr_ann'))
    await guess(now)
    await db.transaction((tx) => failures.takeBack(tx, { ...row, mostFailures: 10 }))
    expect(await failures.find('usr_ann')).toMatchObject({ failures: 1, total: 1 })
  })
})
