import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, NOW } from '../testing/rows.ts'
import { passwordHistoryRepository } from './password-history.ts'

describeOnEveryDatabase('the history of passwords', (open) => {
  const opened = async () => {
    const db = await open()
    const history = passwordHistoryRepository(db)
    const userId = await addUser(db)
    const add = (secret: string, { now = NOW, keep = 3, of = userId } = {}) =>
      db.transaction((tx) => history.add(tx, { userId: of, secret, now, keep }))
    return { db, history, userId, add }
  }

  test('is as long as is asked for, the latest first', async () => {
    const { history, userId, add } = await opened()
    for (const [nth, secret] of ['a', 'b', 'c', 'd'].entries()) await add(secret, { now: NOW + nth })
    expect(await history.list(userId, 10)).toEqual(['d', 'c', 'b'])
    expect(await history.list(userId, 2)).toEqual(['d', 'c'])
    expect(await history.list(userId, 0)).toEqual([])
  })

  test('two in one moment are both there, in their order', async () => {
    const { history, userId, add } = await opened()
    await add('a')
    await add('b')
    await add('c', { now: NOW - 5_000 })
    expect(await history.list(userId, 10)).toEqual(['c', 'b', 'a'])
  })

  test('where nothing is kept, what was kept before goes', async () => {
    const { db, history, userId, add } = await opened()
    const other = await addUser(db)
    await add('a')
    await add('of another', { of: other })
    await add('b', { keep: 0 })
    expect(await history.list(userId, 10)).toEqual([])
    expect(await history.list(other, 10)).toEqual(['of another'])
  })
})
