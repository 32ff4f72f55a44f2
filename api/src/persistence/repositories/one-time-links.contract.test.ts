import { expect, test } from 'vitest'
import type { SessionId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, LATER, NOW, race } from '../testing/rows.ts'
import { oneTimeLinkRepository } from './one-time-links.ts'

describeOnEveryDatabase('one-time links', (open) => {
  const sent = async () => {
    const db = await open()
    const links = oneTimeLinkRepository(db)
    const userId = await addUser(db)
    const send = (tokenHash: string, to = userId) =>
      db.transaction((tx) =>
        links.create(tx, { tokenHash, purpose: 'password_setup', userId: to, createdAt: NOW, expiresAt: LATER }),
      )
    const consume = (tokenHash: string, now = NOW) =>
      db.transaction((tx) => links.consume(tx, { tokenHash, purpose: 'password_setup', now }))
    await send('link')
    return { db, links, userId, send, consume }
  }

  test('exactly one of those who race for a link gets it', async () => {
    const { db, links, userId } = await sent()
    const key = { tokenHash: 'link', purpose: 'password_setup' } as const
    const all = await race(db, 20, (tx, nth) => links.consume(tx, { ...key, now: NOW + nth }))
    const [winner, ...others] = all.filter((link) => link !== null)
    expect(others).toEqual([])
    expect(winner).toMatchObject({ userId, createdAt: NOW, expiresAt: LATER, consumedAt: NOW + all.indexOf(winner!) })
  })

  test('it opens nothing at its end', async () => {
    const { consume } = await sent()
    expect(await consume('link', LATER)).toBeNull()
    expect(await consume('link', LATER - 1)).not.toBeNull()
  })

  test('a new one ends the one before, of the same person only', async () => {
    const { db, send, consume } = await sent()
    await send('link of another', await addUser(db))
    await send('newer')
    expect(await consume('link')).toBeNull()
    expect(await consume('newer')).not.toBeNull()
    expect(await consume('link of another')).not.toBeNull()
  })

  test('that of a session is found by it, used or not', async () => {
    const { db, links, userId } = await sent()
    const key = { tokenHash: 'passkey', purpose: 'enroll_passkey', userId } as const
    const sessionId = 'ses_one' as SessionId
    await db.transaction((tx) => links.create(tx, { ...key, sessionId, createdAt: NOW, expiresAt: LATER }))
    expect(await links.findOfSession(sessionId, 'enroll_passkey')).toMatchObject({ ...key, consumedAt: null })
    expect(await links.findOfSession('ses_two' as SessionId, 'enroll_passkey')).toBeNull()
    expect(await links.findOfSession(sessionId, 'password_setup')).toBeNull()
    await db.transaction((tx) => links.consume(tx, { ...key, now: NOW + 1 }))
    expect(await links.findOfSession(sessionId, 'enroll_passkey')).toMatchObject({ consumedAt: NOW + 1 })
  })

  test('looking does not consume it', async () => {
    const { links, userId, consume } = await sent()
    const key = { tokenHash: 'link', purpose: 'password_setup' } as const
    expect(await links.find({ ...key, now: NOW })).toMatchObject({ userId })
    expect(await links.find({ ...key, now: LATER })).toBeNull()
    expect(await consume('link')).not.toBeNull()
    expect(await links.find({ ...key, now: NOW })).toBeNull()
  })

  test('those of a person are taken away', async () => {
    const { db, links, userId, send, consume } = await sent()
    await send('link of another', await addUser(db))
    await db.transaction((tx) => links.deleteOfUser(tx, userId))
    expect(await consume('link')).toBeNull()
    expect(await consume('link of another')).not.toBeNull()
  })

  test('what only protects an account stands beside others and stays when what opens is taken away', async () => {
    const { db, links, userId, consume } = await sent()
    const row = { purpose: 'not_me', userId, createdAt: NOW, expiresAt: LATER } as const
    await db.transaction(async (tx) => {
      await links.add(tx, { ...row, tokenHash: 'first' })
      await links.add(tx, { ...row, tokenHash: 'second' })
      await links.deleteOfUser(tx, userId)
    })
    expect(await consume('link')).toBeNull()
    for (const tokenHash of ['first', 'second'])
      expect(await db.transaction((tx) => links.consume(tx, { tokenHash, purpose: 'not_me', now: NOW }))).not.toBeNull()
  })

  test('those of one purpose are taken away, or all of a person', async () => {
    const { db, links, userId, consume } = await sent()
    const row = { userId, createdAt: NOW, expiresAt: LATER } as const
    await db.transaction(async (tx) => {
      await links.add(tx, { ...row, tokenHash: 'not me', purpose: 'not_me' })
      await links.add(tx, { ...row, tokenHash: 'undo', purpose: 'undo_deletion' })
      expect(await links.deleteFor(tx, userId, 'undo_deletion')).toMatchObject([
        { tokenHash: 'undo', consumedAt: null },
      ])
      expect(await links.deleteFor(tx, userId, 'undo_deletion')).toEqual([])
    })
    const left = async () => (await db.query.select().from(db.tables.oneTimeLinks)).map(({ tokenHash }) => tokenHash)
    expect((await left()).toSorted()).toEqual(['link', 'not me'])
    expect(await consume('link')).not.toBeNull()
    await db.transaction((tx) => links.deleteAllOfUser(tx, userId))
    expect(await left()).toEqual([])
  })
})
