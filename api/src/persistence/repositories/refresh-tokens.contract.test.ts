import { expect, test } from 'vitest'
import type { ApplicationId, GrantId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, addGrant, LATER, NOW, race } from '../testing/rows.ts'
import { grantRepository } from './grants.ts'
import { refreshTokenRepository } from './refresh-tokens.ts'

const MUCH_LATER = LATER + 60_000

describeOnEveryDatabase('refresh tokens', (open) => {
  const issued = async () => {
    const db = await open()
    const tokens = refreshTokenRepository(db)
    const applicationId = await addApplication(db)
    const grantId = await addGrant(db, { applicationId, offline: true })
    const key = { tokenHash: 'token', applicationId, issuer: 'https://login.test' }
    const ends = { expiresAt: LATER, absoluteExpiresAt: MUCH_LATER }
    await db.transaction((tx) => tokens.create(tx, { ...key, ...ends, grantId, dpopJkt: 'thumbprint', issuedAt: 1 }))
    const find = (change: Partial<typeof key> = {}) => db.transaction((tx) => tokens.find(tx, { ...key, ...change }))
    return { db, tokens, key, grantId, find }
  }

  test('exactly one of those who race for a token rotates it', async () => {
    const { db, tokens, key, find } = await issued()
    const all = await race(db, 20, (tx, nth) => tokens.consume(tx, { ...key, now: NOW + nth }))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect((await find())?.token.consumedAt).toBe(NOW + all.indexOf(true))
  })

  test.each([
    ['another application', { applicationId: 'app_other' as ApplicationId }],
    ['another issuer', { issuer: 'https://other.test' }],
    ['nobody any more at its idle end', { now: LATER }],
  ])('%s rotates nothing and spoils nothing', async (_, change) => {
    const { db, tokens, key } = await issued()
    const consume = (other: object) => db.transaction((tx) => tokens.consume(tx, { ...key, now: NOW, ...other }))
    expect(await consume(change)).toBe(false)
    expect(await consume({})).toBe(true)
  })

  test('it is found with its grant, by its own client only', async () => {
    const { find, grantId } = await issued()
    const found = await find()
    expect(found?.token).toMatchObject({ expiresAt: LATER, absoluteExpiresAt: MUCH_LATER, consumedAt: null })
    expect(found?.grant).toMatchObject({ id: grantId, offline: true, scopes: ['openid'], alive: true })
    expect(await find({ applicationId: 'app_other' as ApplicationId })).toBeNull()
    expect(await find({ issuer: 'https://other.test' })).toBeNull()
  })

  test('it is found after its grant was revoked, which is said', async () => {
    const { db, find, grantId } = await issued()
    await db.transaction((tx) => grantRepository(db).revoke(tx, grantId as GrantId, NOW))
    expect((await find())?.grant.alive).toBe(false)
  })

  test('a used one is remembered to its absolute end', async () => {
    const { db, tokens, key, find } = await issued()
    await db.transaction((tx) => tokens.consume(tx, { ...key, now: NOW }))
    const clean = (before: number) => db.transaction((tx) => tokens.deleteExpiredBefore(tx, before, 10))
    expect(await clean(MUCH_LATER)).toBe(0)
    expect(await find()).not.toBeNull()
    expect(await clean(MUCH_LATER + 1)).toBe(1)
    expect(await find()).toBeNull()
  })
})
