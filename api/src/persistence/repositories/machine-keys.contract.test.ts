import { expect, test } from 'vitest'
import type { UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, LATER, NOW, race } from '../testing/rows.ts'
import { machineKeyRepository } from './machine-keys.ts'

describeOnEveryDatabase('machine keys', (open) => {
  const opened = async () => {
    const db = await open()
    const keys = machineKeyRepository(db)
    const add = (userId: UserId, id: string, more: object = {}) =>
      db.transaction((tx) =>
        keys.create(tx, {
          userId,
          id,
          publicJwk: { kty: 'x' },
          thumbprint: id,
          createdAt: NOW,
          expiresAt: LATER,
          ...more,
        }),
      )
    return {
      db,
      keys,
      add,
      robot: await addUser(db, { kind: 'service' }),
      other: await addUser(db, { kind: 'service' }),
    }
  }

  test('one counts for its service user, under its name, until its end', async () => {
    const { keys, add, robot, other } = await opened()
    expect(await add(robot, 'one')).toBe(true)
    expect(await keys.find({ userId: robot, id: 'one', now: LATER - 1 })).toMatchObject({ publicJwk: { kty: 'x' } })
    expect(await keys.find({ userId: robot, id: 'one', now: LATER })).toBeNull()
    expect(await keys.find({ userId: other, id: 'one', now: NOW })).toBeNull()
    await add(robot, 'endless', { expiresAt: null })
    expect(await keys.find({ userId: robot, id: 'endless', now: LATER * 2 })).not.toBeNull()
  })

  test('N184 the same key is nobody else’s, and a name is used once', async () => {
    const { db, keys, add, robot, other } = await opened()
    await add(robot, 'one')
    expect(await add(other, 'two', { thumbprint: 'one' })).toBe(false)
    expect(await add(robot, 'one', { thumbprint: 'three' })).toBe(false)
    expect(await add(other, 'one', { thumbprint: 'three' })).toBe(true)
    expect(await db.transaction((tx) => keys.countOfUser(tx, robot))).toBe(1)
  })

  test('its use is noted, and of several who delete it one does', async () => {
    const { db, keys, add, robot } = await opened()
    await add(robot, 'one')
    const key = { userId: robot, id: 'one', now: NOW + 5 }
    expect(await db.transaction((tx) => keys.use(tx, key))).toBe(true)
    expect(await keys.listOfUser(robot)).toMatchObject([{ id: 'one', lastUsedAt: NOW + 5 }])
    expect(await db.transaction((tx) => keys.use(tx, { ...key, now: LATER }))).toBe(false)
    const all = await race(db, 5, (tx) => keys.remove(tx, robot, 'one'))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(await db.transaction((tx) => keys.use(tx, key))).toBe(false)
  })
})
