import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, NOW } from '../testing/rows.ts'
import { avatarRepository } from './avatars.ts'

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte)

describeOnEveryDatabase('avatars', (open) => {
  const opened = async () => {
    const db = await open()
    const avatars = avatarRepository(db)
    const set = (userId: Awaited<ReturnType<typeof addUser>>, hash: string, content = EVERY_BYTE) =>
      db.transaction((tx) => avatars.set(tx, { userId, hash, content, createdAt: NOW }))
    const read = async (hash: string) => {
      const content = await avatars.findContent(hash)
      return content && Uint8Array.from(content)
    }
    return { db, avatars, set, read }
  }

  test('every byte comes back', async () => {
    const { db, set, read } = await opened()
    await set(await addUser(db), 'a')
    expect(await read('a')).toEqual(EVERY_BYTE)
    expect(await read('b')).toBeNull()
  })

  test('a new one takes the place of the one before', async () => {
    const { db, set, read } = await opened()
    const ann = await addUser(db)
    await set(ann, 'a')
    await set(ann, 'b', Uint8Array.of(1))
    expect([await read('a'), await read('b')]).toEqual([null, Uint8Array.of(1)])
  })

  test('of two people with the same picture one may take theirs away', async () => {
    const { db, avatars, set, read } = await opened()
    const [ann, ben] = [await addUser(db), await addUser(db)]
    await set(ann, 'a')
    await set(ben, 'a')
    await db.transaction((tx) => avatars.remove(tx, ann))
    expect(await read('a')).toEqual(EVERY_BYTE)
    await db.transaction((tx) => avatars.remove(tx, ben))
    expect(await read('a')).toBeNull()
  })

  test('it goes with its owner', async () => {
    const { db, set, read } = await opened()
    await set(await addUser(db), 'a')
    await db.query.delete(db.tables.users)
    expect(await read('a')).toBeNull()
  })
})
