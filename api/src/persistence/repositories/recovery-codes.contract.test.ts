import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, race } from '../testing/rows.ts'
import { recoveryCodeRepository } from './recovery-codes.ts'

describeOnEveryDatabase('recovery codes', (open) => {
  const opened = async () => {
    const db = await open()
    const codes = recoveryCodeRepository(db)
    const [ann, ben] = [await addUser(db), await addUser(db)]
    await db.transaction((tx) => codes.replace(tx, ann, ['one', 'two', 'three']))
    return { db, codes, ann, ben }
  }

  test('of those who bring one code, one uses it, and the others stay', async () => {
    const { db, codes, ann } = await opened()
    const all = await race(db, 10, (tx) => codes.use(tx, { userId: ann, codeHash: 'one' }))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(await codes.countLeft(ann)).toBe(2)
  })

  test('a code is of one person, and looking uses nothing up', async () => {
    const { db, codes, ann, ben } = await opened()
    const has = (userId: typeof ann, codeHash: string) => db.transaction((tx) => codes.has(tx, { userId, codeHash }))
    expect([await has(ann, 'two'), await has(ben, 'two'), await has(ann, 'four')]).toEqual([true, false, false])
    expect(await db.transaction((tx) => codes.use(tx, { userId: ben, codeHash: 'two' }))).toBe(false)
    expect([await codes.countLeft(ann), await codes.countLeft(ben)]).toEqual([3, 0])
  })

  test('new ones end those before', async () => {
    const { db, codes, ann } = await opened()
    await db.transaction((tx) => codes.replace(tx, ann, ['four', 'five']))
    expect(await db.transaction((tx) => codes.use(tx, { userId: ann, codeHash: 'one' }))).toBe(false)
    expect(await codes.countLeft(ann)).toBe(2)
    await db.transaction((tx) => codes.deleteOfUser(tx, ann))
    expect(await codes.countLeft(ann)).toBe(0)
  })
})
