import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser } from '../testing/rows.ts'
import { userMetadataRepository } from './user-metadata.ts'

describeOnEveryDatabase('user metadata', (open) => {
  const opened = async () => {
    const db = await open()
    const metadata = userMetadataRepository(db)
    const userId = await addUser(db)
    const set = (key: string, value: string | null, whose = userId) =>
      db.transaction((tx) => metadata.set(tx, { userId: whose, key, value }))
    return { db, metadata, userId, set }
  }

  test('a value is set, replaced and taken away, of one person only', async () => {
    const { db, metadata, userId, set } = await opened()
    const other = await addUser(db)
    await set('plan', 'gold')
    await set('level', '7')
    await set('plan', 'silver')
    await set('plan', 'none', other)
    expect(await metadata.findOfUser(userId)).toEqual({ level: '7', plan: 'silver' })
    await set('level', null)
    await set('nothing', null)
    expect(await metadata.findOfUser(userId)).toEqual({ plan: 'silver' })
    expect(await metadata.listOfUsers([userId, other])).toHaveLength(2)
    expect(await metadata.listOfUsers([])).toEqual([])
  })

  test('it goes with the person', async () => {
    const { db, metadata, userId, set } = await opened()
    await set('plan', 'gold')
    await db.query.delete(db.tables.users)
    expect(await metadata.findOfUser(userId)).toEqual({})
  })
})
