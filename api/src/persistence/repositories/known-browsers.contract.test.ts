import { expect, test } from 'vitest'
import type { DeviceId, UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addDevice, addUser, LATER, NOW, nextId } from '../testing/rows.ts'
import { knownBrowserRepository } from './known-browsers.ts'

describeOnEveryDatabase('known browsers', (open) => {
  const opened = async () => {
    const db = await open()
    const repository = knownBrowserRepository(db)
    const [ann, ben] = [await addUser(db), await addUser(db)]
    const [here, there] = [await addDevice(db), await addDevice(db, { userAgent: 'Opera' })]
    const keep = (deviceId: DeviceId, userId: UserId, before: string | null, tokenHash: string, now = NOW) =>
      db.transaction((tx) => repository.keep(tx, { id: nextId('kno'), deviceId, userId, before, tokenHash, now }))
    const seen = async (deviceId: DeviceId, userId: UserId) => (await repository.find(deviceId, userId))?.seenAt
    return { db, repository, ann, ben, here, there, keep, seen }
  }

  test('nobody is known in a browser where nobody was', async () => {
    const { repository, ann, here, there } = await opened()
    expect(await repository.find(here, ann)).toEqual({ userAgent: 'Firefox', tokenHash: null, seenAt: null })
    expect(await repository.find(there, ann)).toMatchObject({ userAgent: 'Opera' })
    expect(await repository.find('dev_nothing' as never, ann)).toBeNull()
  })

  test('everybody there is known by the newest cookie, one row each, and nobody elsewhere', async () => {
    const { db, repository, ann, ben, here, there, keep, seen } = await opened()
    await keep(here, ann, null, 'one')
    await keep(here, ben, 'one', 'two')
    await keep(here, ann, 'two', 'three', LATER)
    expect([await seen(here, ann), await seen(here, ben)]).toEqual([LATER, NOW])
    expect([await seen(there, ann), await seen(there, ben)]).toEqual([null, null])
    expect(await db.query.select().from(db.tables.knownBrowsers)).toHaveLength(2)
    expect((await repository.find(here, ben))?.tokenHash).toBe('three')
  })

  test('the browser is another device later, and brings everybody along', async () => {
    const { db, ann, here, keep, seen } = await opened()
    await keep(here, ann, null, 'one')
    expect(await seen(await addDevice(db, { knownHash: 'one' }), ann)).toBe(NOW)
    expect(await seen(await addDevice(db, { knownHash: 'other' }), ann)).toBeNull()
  })

  test('somebody is forgotten everywhere, or everywhere but in one browser; others stay', async () => {
    const { db, repository, ann, ben, here, there, keep, seen } = await opened()
    await keep(here, ann, null, 'one')
    await keep(here, ben, 'one', 'two')
    await keep(there, ann, null, 'three')
    const forget = (but: string | null) => db.transaction((tx) => repository.forget(tx, ann, but))
    await forget('three')
    expect([await seen(here, ann), await seen(there, ann), await seen(here, ben)]).toEqual([null, NOW, NOW])
    await forget(null)
    expect([await seen(there, ann), await seen(here, ben)]).toEqual([null, NOW])
  })
})
