import { expect, test } from 'vitest'
import type { DeviceId, UserId } from '../../domain/ids.ts'
import type { TrustedDevice } from '../../domain/login/trusted-device.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addDevice, addUser, LATER, NOW, nextId, race } from '../testing/rows.ts'
import { trustedDeviceRepository } from './trusted-devices.ts'

const trust = (userId: UserId, change: Partial<TrustedDevice> = {}): TrustedDevice => ({
  id: nextId('tru'),
  userId,
  organizationId: 'org_home' as never,
  factor: 'totp',
  credential: 'crd_app' as never,
  checkedAt: NOW,
  expiresAt: LATER,
  ...change,
})

describeOnEveryDatabase('trusted devices', (open) => {
  const opened = async () => {
    const db = await open()
    const repository = trustedDeviceRepository(db)
    const [ann, ben] = [await addUser(db), await addUser(db)]
    const [here, there] = [await addDevice(db), await addDevice(db, { userAgent: 'Opera' })]
    const keep = (deviceId: DeviceId, tokenHash: string, row: TrustedDevice) =>
      db.transaction((tx) => repository.keep(tx, { ...row, deviceId, tokenHash }))
    const move = (from: string, deviceId: DeviceId, tokenHash: string, now = NOW) =>
      db.transaction((tx) => repository.move(tx, { tokenHash: from, now }, { deviceId, tokenHash }))
    const usersIn = async (deviceId: DeviceId) => (await repository.listOfDevice(deviceId)).map(({ userId }) => userId)
    return { db, repository, ann, ben, here, there, keep, move, usersIn }
  }

  test('one row a person and browser: who trusts it anew takes the place of before', async () => {
    const { repository, ann, ben, here, there, keep } = await opened()
    await keep(here, 'one', trust(ann))
    await keep(there, 'two', trust(ann))
    await keep(here, 'three', trust(ben, { expiresAt: LATER - 1 }))
    const again = trust(ann, { factor: 'email_code', credential: null, checkedAt: NOW + 5, expiresAt: LATER + 5 })
    expect(await keep(here, 'four', again)).toBe(LATER + 5)
    const rows = await repository.listOfDevice(here)
    expect(rows).toHaveLength(2)
    expect(rows.find(({ userId }) => userId === ann)).toEqual(again)
    expect(await repository.listOfDevice(there)).toHaveLength(1)
  })

  test('a browser that came back as another device brings everybody along, once', async () => {
    const { ann, ben, here, there, keep, move, usersIn } = await opened()
    await keep(here, 'one', trust(ann))
    expect(await keep(here, 'two', trust(ben, { expiresAt: LATER - 1 }))).toBe(LATER)
    // the cookie before the last one is nobody's
    expect(await move('one', there, 'stolen')).toBeNull()
    expect(await move('two', here, 'same')).toBeNull()
    expect(await move('two', there, 'three')).toBe(LATER)
    expect([await usersIn(here), (await usersIn(there)).toSorted()]).toEqual([[], [ann, ben].toSorted()])
    expect(await move('two', here, 'four')).toBeNull()
  })

  test('of those who come with one cookie at once, one is it', async () => {
    const { db, repository, ann, here, keep } = await opened()
    await keep(here, 'one', trust(ann))
    const others = [await addDevice(db), await addDevice(db), await addDevice(db)]
    const all = await race(db, others.length, (tx, nth) => {
      const deviceId = others[nth]!
      return repository.move(tx, { tokenHash: 'one', now: NOW }, { deviceId, tokenHash: `token of ${deviceId}` })
    })
    expect(all.filter((end) => end !== null)).toEqual([LATER])
  })

  test('who is trusted there already stays, and what is over is left behind', async () => {
    const { repository, ann, ben, here, there, keep, move } = await opened()
    const known = trust(ann)
    await keep(there, 'there', known)
    await keep(here, 'one', trust(ann))
    await keep(here, 'two', trust(ben, { expiresAt: NOW }))
    expect(await move('two', there, 'three')).toBeNull()
    expect(await repository.listOfDevice(there)).toEqual([known])
  })

  test('each is listed with its browser for its owner, and goes by its owner alone', async () => {
    const { db, repository, ann, ben, here, there, keep } = await opened()
    const [first, second] = [trust(ann), trust(ann, { checkedAt: NOW + 1 })]
    await keep(here, 'one', first)
    await keep(there, 'two', second)
    await keep(there, 'three', trust(ben))
    const listed = await repository.listOfUser(ann)
    expect(listed.map(({ trust: { id }, userAgent }) => [id, userAgent])).toEqual([
      [second.id, 'Opera'],
      [first.id, 'Firefox'],
    ])
    const remove = (userId: UserId) => db.transaction((tx) => repository.remove(tx, first.id, userId))
    expect([await remove(ben), await remove(ann), await remove(ann)]).toEqual([false, true, false])
    await db.transaction((tx) => repository.removeIn(tx, here, ann))
    expect(await repository.listOfUser(ann)).toHaveLength(1)
    await db.transaction((tx) => repository.removeIn(tx, there, ann))
    expect(await repository.listOfUser(ann)).toEqual([])
    expect(await db.transaction((tx) => repository.removeOfUser(tx, ben))).toBe(1)
    expect(await db.transaction((tx) => repository.removeOfUser(tx, ben))).toBe(0)
  })
})
