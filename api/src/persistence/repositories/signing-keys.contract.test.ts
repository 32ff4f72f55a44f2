import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { NOW } from '../testing/rows.ts'
import { type SigningKeyRow, signingKeyRepository } from './signing-keys.ts'

const key = (kid: string): SigningKeyRow => ({
  kid,
  algorithm: 'ES256',
  publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } as SigningKeyRow['publicJwk'],
  privateKey: 'sealed',
  createdAt: NOW,
  usedFrom: NOW + 600_000,
})

describeOnEveryDatabase('signing keys', (open) => {
  test('they come back as they were made, and those named go', async () => {
    const db = await open()
    const keys = signingKeyRepository(db)
    await db.transaction(async (tx) => {
      for (const kid of ['a', 'b', 'c']) await keys.create(tx, key(kid))
    })
    const list = async () => (await keys.list()).toSorted((one, other) => (one.kid < other.kid ? -1 : 1))
    expect(await list()).toEqual([key('a'), key('b'), key('c')])
    await db.transaction((tx) => keys.delete(tx, []))
    expect(await list()).toHaveLength(3)
    await db.transaction((tx) => keys.delete(tx, ['a', 'c', 'nobody']))
    expect(await list()).toEqual([key('b')])
  })
})
