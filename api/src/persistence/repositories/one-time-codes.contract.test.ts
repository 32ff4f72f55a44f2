import { expect, test } from 'vitest'
import type { AuthRequestId, OneTimeCodeId } from '../../domain/ids.ts'
import { MOST_ATTEMPTS } from '../../domain/one-time-code.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, LATER, NOW, nextId, race } from '../testing/rows.ts'
import { type CodePlace, type NewOneTimeCode, oneTimeCodeRepository } from './one-time-codes.ts'

describeOnEveryDatabase('one-time codes', (open) => {
  const place = { flow: 'req_1' as AuthRequestId, purpose: 'verify_email' } as const

  const sent = async () => {
    const db = await open()
    const codes = oneTimeCodeRepository(db)
    const send = async (row: Partial<NewOneTimeCode> = {}) => {
      const id = nextId<OneTimeCodeId>('otc')
      const base = {
        ...place,
        id,
        userId: null,
        address: 'ann@acme.test',
        codeHash: `code of ${id}`,
        linkHash: `link of ${id}`,
      }
      const times = { codeExpiresAt: LATER, expiresAt: LATER, createdAt: NOW }
      await db.transaction((tx) => codes.create(tx, { ...base, ...times, ...row }))
      return id
    }
    const attempt = (now = NOW, at: CodePlace = place) => db.transaction((tx) => codes.countAttempt(tx, at, now))
    return { db, codes, send, attempt, id: await send() }
  }

  test('so many attempts and no more, however many try at once', async () => {
    const { db, codes, attempt } = await sent()
    const tries = await race(db, 20, (tx) => codes.countAttempt(tx, place, NOW))
    expect(tries.filter(Boolean)).toHaveLength(MOST_ATTEMPTS)
    expect(await attempt()).toBeNull()
  })

  test('exactly one of those who race consumes it', async () => {
    const { db, codes, id } = await sent()
    const all = await race(db, 20, (tx) => codes.consume(tx, { id }, NOW))
    expect(all.filter(Boolean)).toHaveLength(1)
  })

  test('what was consumed can not be tried, found or consumed again', async () => {
    const { db, codes, attempt, id } = await sent()
    await db.transaction((tx) => codes.consume(tx, { id }, NOW))
    expect(await attempt()).toBeNull()
    expect(await codes.findOutstanding(place)).toBeNull()
    expect(await codes.findByLink({ linkHash: `link of ${id}`, purpose: 'verify_email' }, NOW)).toBeNull()
    expect(await db.transaction((tx) => codes.consume(tx, { id }, NOW))).toBe(false)
  })

  test('a new one ends the one before and starts to count anew', async () => {
    const { db, codes, send, attempt, id } = await sent()
    for (let count = 0; count < MOST_ATTEMPTS; count++) await attempt()
    const newer = await send()
    expect(await db.transaction((tx) => codes.consume(tx, { id }, NOW))).toBe(false)
    expect(await codes.findByLink({ linkHash: `link of ${id}`, purpose: 'verify_email' }, NOW)).toBeNull()
    expect(await attempt()).toMatchObject({ id: newer, attempts: 1, codeHash: `code of ${newer}` })
  })

  test('flow and purpose are part of the question', async () => {
    const { codes, attempt, id } = await sent()
    expect(await attempt(NOW, { ...place, flow: 'req_2' as AuthRequestId })).toBeNull()
    expect(await attempt(NOW, { ...place, purpose: 'reset_password' })).toBeNull()
    expect(await codes.findByLink({ linkHash: `link of ${id}`, purpose: 'reset_password' }, NOW)).toBeNull()
    expect(await codes.findByLink({ linkHash: `link of ${id}`, purpose: 'verify_email' }, NOW)).toMatchObject({ id })
  })

  test('the code ends before the link where it lives shorter, and both end', async () => {
    const { db, codes, send, attempt } = await sent()
    const id = await send({ codeExpiresAt: NOW + 10 })
    expect(await attempt(NOW + 9)).not.toBeNull()
    expect(await attempt(NOW + 10)).toBeNull()
    const link = { linkHash: `link of ${id}`, purpose: 'verify_email' } as const
    expect(await codes.findByLink(link, LATER - 1)).not.toBeNull()
    expect(await codes.findByLink(link, LATER)).toBeNull()
    expect(await db.transaction((tx) => codes.consume(tx, { id }, LATER))).toBe(false)
    expect(await db.transaction((tx) => codes.consume(tx, { id }, LATER - 1))).toBe(true)
  })

  test('those of a person are taken away, and no others', async () => {
    const { db, codes, send } = await sent()
    const userId = await addUser(db)
    const other = { flow: 'req_2' as AuthRequestId, purpose: 'reset_password' } as const
    await send({ ...other, userId })
    await db.transaction((tx) => codes.deleteOfUser(tx, userId))
    expect(await codes.findOutstanding(other)).toBeNull()
    expect(await codes.findOutstanding(place)).not.toBeNull()
  })

  test('whom it has to be about is part of the question', async () => {
    const { db, codes, send, attempt } = await sent()
    const [userId, other] = [await addUser(db), await addUser(db)]
    const id = await send({ userId })
    const link = { linkHash: `link of ${id}`, purpose: 'verify_email' } as const
    for (const nobody of [other, null]) {
      expect(await attempt(NOW, { ...place, userId: nobody })).toBeNull()
      expect(await codes.findByLink({ ...link, userId: nobody }, NOW)).toBeNull()
      expect(await db.transaction((tx) => codes.consumeByLink(tx, { ...link, userId: nobody }, NOW))).toBeNull()
    }
    expect(await attempt(NOW, { ...place, userId })).toMatchObject({ id })
    const elsewhere = { ...link, flow: 'req_2' as AuthRequestId }
    expect(await db.transaction((tx) => codes.consumeByLink(tx, elsewhere, NOW))).toBeNull()
    expect(await db.transaction((tx) => codes.consumeByLink(tx, { ...link, ...place, userId }, NOW))).not.toBeNull()
  })

  test('of those who race with the link, or with the link and the code, one consumes it', async () => {
    const { db, codes, id } = await sent()
    const link = { linkHash: `link of ${id}`, purpose: 'verify_email' } as const
    const all = await race(db, 20, async (tx, nth) =>
      nth % 2 === 0 ? codes.consume(tx, { id }, NOW) : (await codes.consumeByLink(tx, link, NOW)) !== null,
    )
    expect(all.filter(Boolean)).toHaveLength(1)
  })

  test('what it opened is open until its end, for one', async () => {
    const { db, codes, id } = await sent()
    const useUp = (now: number, at: Parameters<typeof codes.useUp>[1] = place) =>
      db.transaction((tx) => codes.useUp(tx, at, now))
    expect(await codes.isProven(place, NOW)).toBe(false)
    expect(await useUp(NOW)).toBe(false)
    await db.transaction((tx) => codes.consume(tx, { id }, NOW))
    expect(await codes.isProven(place, LATER - 1)).toBe(true)
    expect(await codes.isProven(place, LATER)).toBe(false)
    expect(await codes.isProven({ ...place, userId: await addUser(db) }, NOW)).toBe(false)
    expect(await useUp(LATER)).toBe(false)
    expect(await useUp(NOW, { ...place, flow: 'req_2' as AuthRequestId })).toBe(false)
    const all = await race(db, 20, (tx) => codes.useUp(tx, place, NOW))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(await codes.isProven(place, NOW)).toBe(false)
  })

  test('what it opened for a person is taken away with the rest', async () => {
    const { db, codes, send } = await sent()
    const userId = await addUser(db)
    const id = await send({ userId })
    await db.transaction((tx) => codes.consume(tx, { id }, NOW))
    await db.transaction((tx) => codes.deleteOfUser(tx, userId))
    expect(await codes.isProven(place, NOW)).toBe(false)
  })
})
