import { expect, test } from 'vitest'
import type { ApplicationId } from '../../domain/ids.ts'
import type { Database } from '../database.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, addGrant, LATER, NOW, race } from '../testing/rows.ts'
import { type AuthorizationCode, authorizationCodeRepository } from './authorization-codes.ts'

describeOnEveryDatabase('authorization codes', (open) => {
  const issued = async (change: Partial<AuthorizationCode> = {}) => {
    const db = await open()
    const codes = authorizationCodeRepository(db)
    const row = { ...(await codeRow(db)), ...change }
    await db.transaction((tx) => codes.create(tx, row))
    const { codeHash, applicationId, issuer } = row
    return { db, codes, row, key: { codeHash, applicationId, issuer } }
  }

  test('exactly one of those who race for a code gets it, and it says when', async () => {
    const { db, codes, row, key } = await issued()
    const all = await race(db, 20, (tx, nth) => codes.consume(tx, { ...key, now: NOW + nth }))
    const [winner, ...others] = all.filter((code) => code !== null)
    expect(others).toEqual([])
    expect(winner).toMatchObject(row)
    const found = await db.transaction((tx) => codes.find(tx, key))
    expect(found?.consumedAt).toBe(NOW + all.indexOf(winner!))
  })

  test.each([
    ['another application', { applicationId: 'app_other' as ApplicationId }],
    ['another issuer', { issuer: 'https://other.test' }],
    ['another code', { codeHash: 'other' }],
    ['nobody any more at its end', { now: LATER }],
  ])('%s gets nothing and spoils nothing', async (_, change) => {
    const { db, codes, key } = await issued()
    const consume = (other: object) => db.transaction((tx) => codes.consume(tx, { ...key, now: NOW, ...other }))
    expect(await consume(change)).toBeNull()
    expect(await consume({})).not.toBeNull()
  })

  test('what a request did not send comes back as null', async () => {
    const { db, codes, row, key } = await issued({ codeChallenge: null, nonce: null })
    expect(await db.transaction((tx) => codes.find(tx, key))).toEqual({ ...row, consumedAt: null })
  })
})

async function codeRow(db: Database) {
  const applicationId = await addApplication(db)
  return {
    codeHash: 'code',
    grantId: await addGrant(db, { applicationId }),
    applicationId,
    issuer: 'https://login.test',
    redirectUri: 'https://rp.test/cb',
    codeChallenge: 'challenge' as string | null,
    dpopJkt: 'thumbprint',
    nonce: 'nonce' as string | null,
    expiresAt: LATER,
  }
}
