import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { SessionId, UserId } from '../../domain/ids.ts'
import type { Check } from '../../domain/session.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addDevice, addUser, LATER, NOW, nextId, race } from '../testing/rows.ts'
import { sessionRepository } from './sessions.ts'

const checkedAt = (at: number): Check[] => [{ factor: 'password', at }]

describeOnEveryDatabase('sessions', (open) => {
  const opened = async () => {
    const db = await open()
    const sessions = sessionRepository(db)
    const deviceId = await addDevice(db, { userAgent: 'Safari' })
    const userId = await addUser(db)
    const begin = async (user = userId, device = deviceId) => {
      const id = nextId<SessionId>('ses')
      const row = {
        id,
        deviceId: device,
        userId: user,
        loginName: 'ann',
        checks: checkedAt(NOW),
        now: NOW,
        expiresAt: LATER,
      }
      await db.transaction(async (tx) => {
        await sessions.create(tx, row)
        await sessions.replaceOthers(tx, row)
      })
      return id
    }
    const read = async (id: SessionId) => (await sessions.findWithUser(id))?.session
    return { db, sessions, deviceId, userId, begin, read }
  }

  test('a new one takes the place of older ones of the same account in the same browser, and of no other', async () => {
    const { db, userId, begin, read } = await opened()
    const older = await begin()
    const elsewhere = await begin(userId, await addDevice(db))
    const other = await begin(await addUser(db))
    const newer = await begin()
    expect((await read(older))?.forgottenAt).toBe(NOW)
    for (const id of [elsewhere, other, newer]) expect((await read(id))?.forgottenAt).toBeNull()
  })

  test('of those who saw the same version, one adds a check', async () => {
    const { db, sessions, begin, read } = await opened()
    const id = await begin()
    const all = await race(db, 20, (tx, nth) =>
      sessions.addCheck(tx, { id, version: 0, checks: checkedAt(NOW + nth), now: NOW + nth }),
    )
    expect(all.filter(Boolean)).toHaveLength(1)
    const at = NOW + all.indexOf(true)
    expect(await read(id)).toMatchObject({ version: 1, checks: checkedAt(at), lastUsedAt: at })
  })

  test('an ended one takes no check', async () => {
    const { db, sessions, begin, read } = await opened()
    const id = await begin()
    await db.transaction((tx) => sessions.end(tx, [id], NOW))
    const added = db.transaction((tx) =>
      sessions.addCheck(tx, { id, version: 0, checks: checkedAt(LATER), now: LATER }),
    )
    expect(await added).toBe(false)
    expect(await read(id)).toMatchObject({ checks: checkedAt(NOW), endedAt: NOW })
  })

  test('each is ended once, by one who says so', async () => {
    const { db, sessions, userId, begin, read } = await opened()
    const ids = [await begin(userId, await addDevice(db)), await begin()]
    const all = await race(db, 10, (tx, nth) => sessions.end(tx, ids, NOW + nth))
    expect(all.flat().toSorted()).toEqual(ids.toSorted())
    expect((await read(ids[0]!))?.endedAt).toBe(NOW + all.findIndex((ended) => ended.includes(ids[0]!)))
    expect(await db.transaction((tx) => sessions.end(tx, [], NOW))).toEqual([])
  })

  test('its use moves nothing but the moment of its last use', async () => {
    const { db, sessions, begin, read } = await opened()
    const id = await begin()
    const before = await read(id)
    await db.transaction((tx) => sessions.touch(tx, id, NOW + 5))
    expect(await read(id)).toEqual({ ...before, lastUsedAt: NOW + 5 })
  })

  test('its own browser forgets it, once', async () => {
    const { db, sessions, deviceId, begin, read } = await opened()
    const id = await begin()
    const forget = async (device = deviceId) => db.transaction((tx) => sessions.forget(tx, id, device, NOW))
    expect(await forget(await addDevice(db))).toBe(false)
    expect(await forget()).toBe(true)
    expect(await forget()).toBe(false)
    expect((await read(id))?.forgottenAt).toBe(NOW)
  })

  test('those of a person are listed until they end, with their browser', async () => {
    const { db, sessions, userId, begin } = await opened()
    const id = await begin()
    const ended = await begin(userId, await addDevice(db))
    await begin(await addUser(db))
    await db.transaction((tx) => sessions.end(tx, [ended], NOW))
    const live = await sessions.listLiveOfUser(userId, LATER - 1)
    expect(live.map(({ session, userAgent }) => [session.id, userAgent])).toEqual([[id, 'Safari']])
    expect(await sessions.listLiveOfUser(userId, LATER)).toEqual([])
  })

  test('the browser of an own one is known, also after its end', async () => {
    const { db, sessions, userId, begin } = await opened()
    const [id, ended] = [await begin(), await begin(userId, await addDevice(db))]
    const foreign = await begin(await addUser(db))
    await db.transaction((tx) => sessions.end(tx, [ended], NOW))
    const known = await sessions.listBrowsers(userId, [id, ended, foreign])
    expect(new Map(known.map((row) => [row.id, row.userAgent]))).toEqual(
      new Map([
        [id, 'Safari'],
        [ended, 'Firefox'],
      ]),
    )
    expect(await sessions.listBrowsers(userId, [])).toEqual([])
  })

  test('the browsers that a person used are known, each once', async () => {
    const { db, sessions, userId, deviceId, begin } = await opened()
    await begin()
    await begin()
    const other = await addDevice(db)
    await begin(userId, other)
    await begin(await addUser(db), await addDevice(db))
    const known = await db.transaction((tx) => sessions.listDevices(userId, tx))
    expect(known.toSorted()).toEqual([deviceId, other].toSorted())
  })

  test('it comes with its owner, and goes with them', async () => {
    const { db, sessions, userId, begin } = await opened()
    const id = await begin()
    expect(await sessions.findWithUser(id)).toMatchObject({ session: { id }, user: { id: userId, subject: userId } })
    await db.query.delete(db.tables.users).where(eq(db.tables.users.id, userId as UserId))
    expect(await sessions.findWithUser(id)).toBeNull()
  })
})
