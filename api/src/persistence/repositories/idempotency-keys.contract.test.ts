import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { LATER, NOW, race } from '../testing/rows.ts'
import { idempotencyKeyRepository } from './idempotency-keys.ts'

const row = (requestHash = 'asked', expiresAt = LATER) => ({ id: 'name', requestHash, expiresAt })

describeOnEveryDatabase('idempotency keys', (open) => {
  const opened = async () => {
    const db = await open()
    return { db, keys: idempotencyKeyRepository(db) }
  }

  test('are one caller’s, who leaves an answer', async () => {
    const { db, keys } = await opened()
    expect(await db.transaction((tx) => keys.claim(tx, row(), NOW))).toBe(true)
    await db.transaction((tx) => keys.keepAnswer(tx, 'name', 'boxed'))
    expect(await db.transaction((tx) => keys.claim(tx, row('other'), NOW))).toBe(false)
    expect(await db.transaction((tx) => keys.find(tx, 'name'))).toEqual({ requestHash: 'asked', answer: 'boxed' })
    expect(await db.transaction((tx) => keys.find(tx, 'another'))).toBeNull()
  })

  test('are one caller’s of many, and the others find the answer', async () => {
    const { db, keys } = await opened()
    const answers = await race(db, 8, async (tx, nth) => {
      if (await keys.claim(tx, row(), NOW)) await keys.keepAnswer(tx, 'name', `answer of ${nth}`)
      return (await keys.find(tx, 'name'))?.answer
    })
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatch(/^answer of/)
  })

  test('are free again where the transaction failed, and when their time is over', async () => {
    const { db, keys } = await opened()
    const failing = db.transaction(async (tx) => {
      await keys.claim(tx, row(), NOW)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await db.transaction((tx) => keys.claim(tx, row(), NOW))).toBe(true)
    await db.transaction((tx) => keys.keepAnswer(tx, 'name', 'boxed'))
    expect(await db.transaction((tx) => keys.claim(tx, row('other', LATER + 9), LATER - 1))).toBe(false)
    expect(await db.transaction((tx) => keys.claim(tx, row('other', LATER + 9), LATER))).toBe(true)
    expect(await db.transaction((tx) => keys.find(tx, 'name'))).toEqual({ requestHash: 'other', answer: null })
  })
})
