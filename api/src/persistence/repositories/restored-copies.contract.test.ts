import { expect, test } from 'vitest'
import type { PersonalTokenId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addGrant, addSession, addUser, LATER, NOW, nextId } from '../testing/rows.ts'
import { grantRepository } from './grants.ts'
import { oneTimeLinkRepository } from './one-time-links.ts'
import { restoredCopyRepository } from './restored-copies.ts'

describeOnEveryDatabase('a restored copy', (open) => {
  test('sessions and grants end once, what ended before keeps its time, and personal tokens stay', async () => {
    const db = await open()
    const copies = restoredCopyRepository(db)
    const { sessions, personalTokens } = db.tables
    await addSession(db)
    const ended = await addSession(db, { endedAt: NOW - 1 })
    const userId = await addUser(db)
    const token = nextId<PersonalTokenId>('pat')
    const personal = await addGrant(db, { machineCredential: token, sessionId: null })
    const others = [
      await addGrant(db),
      await addGrant(db, { offline: true }),
      await addGrant(db, { machineCredential: 'a key', sessionId: null }),
      await addGrant(db, { machineCredential: null, sessionId: null }),
    ]
    const row = { id: token, userId, grantId: personal, name: 'nightly', scopes: [], createdAt: NOW, expiresAt: LATER }
    await db.query.insert(personalTokens).values(row)

    const end = () => db.transaction((tx) => copies.end(tx, NOW))
    expect(await end()).toEqual({ sessions: 1, grants: 4 })
    expect(await end()).toEqual({ sessions: 0, grants: 0 })
    const grants = grantRepository(db)
    for (const id of others) expect((await grants.findWithOwner(id))?.revokedAt).toBe(NOW)
    expect((await grants.findWithOwner(personal))?.revokedAt).toBeNull()
    const rows = await db.query.select().from(sessions)
    expect(rows.find(({ id }) => id === ended)?.endedAt).toBe(NOW - 1)
  })

  test('links that let somebody in are gone, those that protect an account work on', async () => {
    const db = await open()
    const links = oneTimeLinkRepository(db)
    const userId = await addUser(db)
    for (const purpose of ['password_setup', 'not_me'] as const)
      await db.transaction((tx) =>
        links.create(tx, { tokenHash: purpose, purpose, userId, createdAt: NOW, expiresAt: LATER }),
      )
    await db.transaction((tx) => restoredCopyRepository(db).end(tx, NOW))
    const found = async (purpose: 'password_setup' | 'not_me') =>
      (await links.find({ tokenHash: purpose, purpose, now: NOW })) !== null
    expect([await found('password_setup'), await found('not_me')]).toEqual([false, true])
  })
})
