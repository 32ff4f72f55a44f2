import { expect, test } from 'vitest'
import type { AuthRequestId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, LATER, NOW, nextId, race } from '../testing/rows.ts'
import { enrollmentRepository } from './enrollments.ts'

describeOnEveryDatabase('enrollments', (open) => {
  const opened = async () => {
    const db = await open()
    const enrollments = enrollmentRepository(db)
    const [userId, other] = [await addUser(db), await addUser(db)]
    const row = { flow: nextId<AuthRequestId>('req'), factor: 'totp' as const, userId, secret: 'one', expiresAt: LATER }
    await db.transaction((tx) => enrollments.begin(tx, row))
    return { db, enrollments, row, other }
  }

  test('one is found by its owner, in its flow, before its end', async () => {
    const { enrollments, row, other } = await opened()
    expect(await enrollments.find(row, NOW)).toEqual(row)
    expect(await enrollments.find({ ...row, userId: other }, NOW)).toBeNull()
    expect(await enrollments.find({ ...row, flow: nextId<AuthRequestId>('req') }, NOW)).toBeNull()
    expect(await enrollments.find({ ...row, factor: 'email_code' }, NOW)).toBeNull()
    expect(await enrollments.find(row, LATER)).toBeNull()
  })

  test('a new one takes the place of the one before, whose secret completes nothing any more', async () => {
    const { db, enrollments, row } = await opened()
    await db.transaction((tx) => enrollments.begin(tx, { ...row, secret: 'two' }))
    expect(await enrollments.find(row, NOW)).toMatchObject({ secret: 'two' })
    expect(await db.transaction((tx) => enrollments.complete(tx, row, NOW))).toBe(false)
  })

  test('exactly one caller completes it', async () => {
    const { db, enrollments, row } = await opened()
    const all = await race(db, 10, (tx) => enrollments.complete(tx, row, NOW))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(await enrollments.find(row, NOW)).toBeNull()
  })

  test('those of one person go', async () => {
    const { db, enrollments, row, other } = await opened()
    await db.transaction((tx) => enrollments.deleteOfUser(tx, other))
    expect(await enrollments.find(row, NOW)).not.toBeNull()
    await db.transaction((tx) => enrollments.deleteOfUser(tx, row.userId))
    expect(await enrollments.find(row, NOW)).toBeNull()
  })
})
