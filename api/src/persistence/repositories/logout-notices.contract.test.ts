import { expect, test } from 'vitest'
import type { LogoutNoticeId, SessionId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, LATER, NOW, nextId, race } from '../testing/rows.ts'
import { logoutNoticeRepository } from './logout-notices.ts'

describeOnEveryDatabase('logout notices', (open) => {
  const written = async (count = 1) => {
    const db = await open()
    const notices = logoutNoticeRepository(db)
    const applicationId = await addApplication(db)
    const rows = Array.from({ length: count }, (_, nth) => ({
      id: nextId<LogoutNoticeId>('ntc'),
      applicationId,
      sessionId: 'ses_of_ann' as SessionId,
      subject: 'ann',
      issuer: 'https://login.test',
      createdAt: NOW + nth,
    }))
    await db.transaction((tx) => notices.create(tx, rows))
    const claim = (holder: string, now = NOW + 10, most = 10) =>
      db.transaction((tx) => notices.claim(tx, { holder, now, until: now + 1000, most }))
    const found = () => db.query.select().from(db.tables.logoutNotices)
    return { db, notices, rows, claim, found }
  }

  test('each goes to one of those who ask at the same moment, the oldest first, and its attempt is counted', async () => {
    const { db, notices, rows } = await written(6)
    expect(await notices.findFirstDue()).toBe(NOW)
    const claimed = () =>
      race(db, 4, (tx, nth) => notices.claim(tx, { holder: `worker ${nth}`, now: NOW + 10, until: LATER, most: 2 }))
    // who waited for a row that another one took goes away with fewer, and asks again
    const claims = [await claimed(), await claimed(), await claimed()].flat(2)
    expect(claims.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id))
    expect(claims.map(({ attempts }) => attempts)).toEqual(Array(6).fill(1))
    expect(await notices.findFirstDue()).toBe(LATER)
  })

  test('nothing to write writes nothing', async () => {
    const { notices, db, found } = await written(0)
    await db.transaction((tx) => notices.create(tx, []))
    expect([await found(), await notices.findFirstDue()]).toEqual([[], null])
  })

  test('what was postponed comes again at its time, what was given back at once, without the attempt', async () => {
    const { db, notices, claim, rows } = await written()
    const own = { id: rows[0]!.id, holder: 'one' }
    await claim('one')
    expect(await db.transaction((tx) => notices.postpone(tx, own, NOW + 500, 'timeout'))).toBe(true)
    expect(await claim('two', NOW + 499)).toEqual([])
    expect(await claim('one', NOW + 500)).toMatchObject([{ attempts: 2, lastError: 'timeout' }])
    expect(await db.transaction((tx) => notices.giveBack(tx, own, { attempts: 1, now: NOW + 501 }))).toBe(true)
    expect(await claim('two', NOW + 501)).toMatchObject([{ attempts: 2, holder: 'two' }])
  })

  test('a claim that ran out is somebody else’s, and whoever lost it settles nothing', async () => {
    const { db, notices, claim, rows, found } = await written()
    await claim('slow')
    await claim('quick', NOW + 2000)
    const slow = { id: rows[0]!.id, holder: 'slow' }
    expect(await db.transaction((tx) => notices.markDead(tx, slow, 'timeout'))).toBe(false)
    expect(await db.transaction((tx) => notices.markSent(tx, { ...slow, holder: 'quick' }))).toBe(true)
    expect(await found()).toMatchObject([{ state: 'sent', dueAt: null, holder: null }])
    expect(await notices.findFirstDue()).toBeNull()
  })
})
