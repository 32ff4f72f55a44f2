import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { GrantId, SessionId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, addGrant, addOrganization, addUser, grantRow, NOW, nextId, race } from '../testing/rows.ts'
import { grantRepository } from './grants.ts'

const SESSION = 'ses_here' as SessionId
const ELSEWHERE = 'ses_elsewhere' as SessionId

describeOnEveryDatabase('grants', (open) => {
  const opened = async () => {
    const db = await open()
    const grants = grantRepository(db)
    const isRevoked = async (id: GrantId) => (await grants.findWithOwner(id))?.revokedAt !== null
    return { db, grants, isRevoked }
  }

  test.each([[null], [{ userinfo: ['email'], idToken: ['name'] }]])(
    'it comes back as it was given, with claims %j',
    async (claims) => {
      const { db, grants } = await opened()
      const organizationId = await addOrganization(db)
      const userId = await addUser(db, { subject: 'imported', organizationId })
      const row = { ...grantRow(nextId<GrantId>('grt'), await addApplication(db), userId), claims }
      await db.transaction((tx) => grants.create(tx, row))
      const state = { subject: 'imported', organizationId, revokedAt: null, alive: true, locked: false }
      expect(await grants.findWithOwner(row.id)).toEqual({ ...row, ...state })
      expect(await grants.findWithOwner('grt_of_nobody' as GrantId)).toBeNull()
    },
  )

  test.each([
    ['users', 'locked', { alive: false, locked: true }],
    ['users', 'deactivated', { alive: false, locked: false }],
    ['organizations', 'deactivated', { alive: false, locked: false }],
  ] as const)('it is not alive when %s says %s', async (table, state, expected) => {
    const { db, grants } = await opened()
    const id = await addGrant(db)
    await db.query.update(db.tables[table] as typeof db.tables.users).set({ state })
    expect(await grants.findWithOwner(id)).toMatchObject(expected)
  })

  test('it is revoked once, and then it is neither alive nor locked', async () => {
    const { db, grants } = await opened()
    const id = await addGrant(db)
    const all = await race(db, 10, (tx, nth) => grants.revoke(tx, id, NOW + nth))
    expect(all.filter(Boolean)).toHaveLength(1)
    const revokedAt = NOW + all.indexOf(true)
    expect(await grants.findWithOwner(id)).toMatchObject({ revokedAt, alive: false, locked: false })
  })

  test.each([
    ['is kept', true, false],
    ['ends too', false, true],
  ])('with its sessions a grant ends; one for offline access %s', async (_, keepOffline, offlineEnds) => {
    const { db, grants, isRevoked } = await opened()
    const online = await addGrant(db, { sessionId: SESSION })
    const offline = await addGrant(db, { sessionId: SESSION, offline: true })
    const other = await addGrant(db, { sessionId: ELSEWHERE })
    await db.transaction((tx) => grants.revokeOfSessions(tx, [SESSION, 'ses_of_nobody' as SessionId], keepOffline, NOW))
    expect(await isRevoked(online)).toBe(true)
    expect(await isRevoked(offline)).toBe(offlineEnds)
    expect(await isRevoked(other)).toBe(false)
  })

  test('no session ends nothing, and an earlier end stays', async () => {
    const { db, grants, isRevoked } = await opened()
    const id = await addGrant(db, { sessionId: SESSION })
    await db.transaction((tx) => grants.revokeOfSessions(tx, [], false, NOW))
    expect(await isRevoked(id)).toBe(false)
    await db.transaction((tx) => grants.revoke(tx, id, NOW - 9))
    await db.transaction((tx) => grants.revokeOfSessions(tx, [SESSION], false, NOW))
    expect((await grants.findWithOwner(id))?.revokedAt).toBe(NOW - 9)
  })

  test('with a person all of theirs end, for offline access too', async () => {
    const { db, grants, isRevoked } = await opened()
    const userId = await addUser(db)
    const theirs = [await addGrant(db, { userId }), await addGrant(db, { userId, offline: true })]
    const other = await addGrant(db)
    await db.transaction((tx) => grants.revokeOfUser(tx, userId, NOW))
    expect(await Promise.all(theirs.map(isRevoked))).toEqual([true, true])
    expect(await isRevoked(other)).toBe(false)
  })

  test.each([
    [true, false],
    [false, true],
  ])('but for those of a session that goes on; with its offline access: %s', async (offline, offlineEnds) => {
    const { db, grants, isRevoked } = await opened()
    const userId = await addUser(db)
    const of = (row: object) => addGrant(db, { userId, ...row })
    const own = [await of({ sessionId: SESSION }), await of({ sessionId: SESSION, offline: true })]
    const others = [await of({}), await of({ offline: true })]
    await db.transaction((tx) => grants.revokeOfUser(tx, userId, NOW, { sessionId: SESSION, offline }))
    expect(await Promise.all(own.map(isRevoked))).toEqual([false, offlineEnds])
    expect(await Promise.all(others.map(isRevoked))).toEqual([true, true])
  })

  test('what an application holds of a person is one use of it, of what is alive', async () => {
    const { db, grants } = await opened()
    const [userId, shop, ledger] = [await addUser(db), await addApplication(db), await addApplication(db)]
    const held = { userId, applicationId: shop }
    await addGrant(db, { ...held, createdAt: NOW - 5, scopes: ['openid', 'email'] })
    await addGrant(db, { ...held, createdAt: NOW - 2, scopes: ['openid', 'phone'] })
    await addGrant(db, { ...held, createdAt: NOW - 9, revokedAt: NOW - 1 })
    await addGrant(db, { ...held, createdAt: NOW - 9, expiresAt: NOW })
    await addGrant(db, { userId, applicationId: ledger, createdAt: NOW })
    await addGrant(db, { applicationId: shop })
    const uses = (await grants.listUses(userId, NOW)).toSorted((a, b) => a.first - b.first)
    expect(uses.map(({ scopes, ...use }) => ({ ...use, scopes: scopes.toSorted() }))).toEqual([
      { applicationId: shop, first: NOW - 5, last: NOW - 2, scopes: ['email', 'openid', 'phone'] },
      { applicationId: ledger, first: NOW, last: NOW, scopes: ['openid'] },
    ])
  })

  test('what one application holds of one person ends, and nothing else', async () => {
    const { db, grants, isRevoked } = await opened()
    const [userId, applicationId] = [await addUser(db), await addApplication(db)]
    const theirs = [
      await addGrant(db, { userId, applicationId }),
      await addGrant(db, { userId, applicationId, offline: true }),
    ]
    const others = [await addGrant(db, { userId }), await addGrant(db, { applicationId })]
    const end = () => db.transaction((tx) => grants.revokeOfApplication(tx, userId, applicationId, NOW))
    expect([await end(), await end()]).toEqual([2, 0])
    expect(await Promise.all([...theirs, ...others].map(isRevoked))).toEqual([true, true, false, false])
  })

  test('the parties of a session are its active applications, each once, with whom they know', async () => {
    const { db, grants } = await opened()
    const userId = await addUser(db, { subject: 'imported' })
    const [shop, off, ledger] = [await addApplication(db), await addApplication(db), await addApplication(db)]
    await db.query
      .update(db.tables.applications)
      .set({ state: 'deactivated' })
      .where(eq(db.tables.applications.id, off))
    for (const applicationId of [shop, shop, off]) await addGrant(db, { userId, applicationId, sessionId: SESSION })
    await addGrant(db, { userId, applicationId: ledger, sessionId: SESSION, revokedAt: NOW })
    await addGrant(db, { userId, applicationId: ledger, sessionId: ELSEWHERE })
    const parties = await db.transaction((tx) => grants.listParties(tx, [SESSION]))
    expect(parties.map(({ application, ...party }) => ({ ...party, id: application.id }))).toEqual(
      expect.arrayContaining(
        [shop, ledger].map((id) => ({ id, sessionId: SESSION, subject: 'imported', issuer: 'https://login.test' })),
      ),
    )
    expect(parties).toHaveLength(2)
    expect(await db.transaction((tx) => grants.listParties(tx, []))).toEqual([])
  })
})
