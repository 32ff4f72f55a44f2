import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, addGrant, addOrganization, addUser, LATER, NOW, nextId } from '../testing/rows.ts'
import { accessTokenRepository } from './access-tokens.ts'

const PROFILE = { givenName: 'Ann', address: { locality: 'Köln' } }

describeOnEveryDatabase('access tokens', (open) => {
  const issued = async () => {
    const db = await open()
    const organizationId = await addOrganization(db)
    const userId = nextId<UserId>('usr')
    await addUser(db, { id: userId, organizationId, subject: 'imported', profile: PROFILE, updatedAt: NOW + 7 })
    const applicationId = await addApplication(db)
    const grantId = await addGrant(db, { applicationId, userId, claims: { userinfo: ['email'], idToken: [] } })
    const tokens = accessTokenRepository(db)
    const more = { dpopJkt: 'thumbprint', audience: null, issuedAt: NOW, expiresAt: LATER }
    const row = { tokenHash: 'token', grantId, scopes: ['openid', 'email'], ...more }
    await db.transaction((tx) => tokens.create(tx, row))
    return {
      db,
      tokens,
      organizationId,
      userId,
      applicationId,
      grantId,
      find: (now = NOW) => tokens.findValid('token', now),
    }
  }

  test('a valid one says whose it is, what for, and what may be said about them', async () => {
    const { db, find, userId, organizationId, applicationId, grantId } = await issued()
    const names = [
      { kind: 'username', value: 'ann', verifiedAt: null },
      { kind: 'email', value: 'ann@acme.test', verifiedAt: NOW },
      { kind: 'phone', value: '+491', verifiedAt: null },
    ] as const
    await db.query.insert(db.tables.identifiers).values(names.map((name) => ({ ...name, organizationId, userId })))
    expect(await find()).toMatchObject({
      scopes: ['openid', 'email'],
      dpopJkt: 'thumbprint',
      grantId,
      applicationId,
      clientId: applicationId,
      issuer: 'https://login.test',
      audience: [applicationId],
      issuedAt: NOW,
      expiresAt: LATER,
      subject: 'imported',
      claims: { userinfo: ['email'], idToken: [] },
      user: {
        id: userId,
        source: {
          displayName: 'Ann',
          profile: PROFILE,
          updatedAt: NOW + 7,
          loginName: 'ann',
          email: { value: 'ann@acme.test', verified: true },
          phone: { value: '+491', verified: false },
        },
      },
    })
  })

  test('who has no names has none', async () => {
    const { find } = await issued()
    expect((await find())?.user?.source).toMatchObject({ loginName: null, email: null, phone: null })
  })

  test('it counts until its end, and nobody else has it', async () => {
    const { find, tokens } = await issued()
    expect(await find(LATER - 1)).not.toBeNull()
    expect(await find(LATER)).toBeNull()
    expect(await tokens.findValid('other', NOW)).toBeNull()
  })

  test.each(['user', 'organization', 'application', 'grant'] as const)('it ends with its %s', async (owner) => {
    const { db, find, userId, organizationId, applicationId, grantId } = await issued()
    const { users, organizations, applications, grants } = db.tables
    const ended = { state: 'deactivated' } as const
    expect(await find()).not.toBeNull()
    if (owner === 'user') await db.query.update(users).set(ended).where(eq(users.id, userId))
    if (owner === 'organization')
      await db.query.update(organizations).set(ended).where(eq(organizations.id, organizationId))
    if (owner === 'application')
      await db.query.update(applications).set(ended).where(eq(applications.id, applicationId))
    if (owner === 'grant') await db.query.update(grants).set({ revokedAt: NOW }).where(eq(grants.id, grantId))
    expect(await find()).toBeNull()
  })

  test('an application has one for itself, which ends with its organization', async () => {
    const { db, tokens } = await issued()
    const organizationId = await addOrganization(db)
    const applicationId = await addApplication(db, { organizationId, clientId: 'robot' })
    const grantId = await addGrant(db, { applicationId, userId: null, sessionId: null, acr: '' })
    const row = {
      tokenHash: 'own',
      grantId,
      scopes: [],
      dpopJkt: null,
      audience: ['api'],
      issuedAt: NOW,
      expiresAt: LATER,
    }
    await db.transaction((tx) => tokens.create(tx, row))
    expect(await tokens.findValid('own', NOW)).toMatchObject({ subject: 'robot', user: null, audience: ['api'] })
    const { organizations } = db.tables
    await db.query.update(organizations).set({ state: 'deactivated' }).where(eq(organizations.id, organizationId))
    expect(await tokens.findValid('own', NOW)).toBeNull()
  })

  test('only the application that it was issued to ends it', async () => {
    const { db, tokens, find, applicationId } = await issued()
    const other = await addApplication(db)
    const revoke = (by: typeof other, issuer = 'https://login.test') =>
      db.transaction((tx) => tokens.revoke(tx, { tokenHash: 'token', applicationId: by, issuer }))
    await revoke(other)
    await revoke(applicationId, 'https://elsewhere.test')
    expect(await find()).not.toBeNull()
    await revoke(applicationId)
    expect(await find()).toBeNull()
  })

  test('a locked user has no valid token', async () => {
    const { db, find, userId } = await issued()
    await db.query.update(db.tables.users).set({ state: 'locked' }).where(eq(db.tables.users.id, userId))
    expect(await find()).toBeNull()
  })
})
