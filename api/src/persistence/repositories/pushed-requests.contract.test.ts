import { expect, test } from 'vitest'
import type { ApplicationId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, LATER, NOW, race } from '../testing/rows.ts'
import { pushedRequestRepository } from './pushed-requests.ts'

const ISSUER = 'https://login.test'

describeOnEveryDatabase('pushed requests', (open) => {
  test('the application that sent it finds it until its end', async () => {
    const db = await open()
    const pushed = pushedRequestRepository(db)
    const applicationId = await addApplication(db)
    const parameters = { scope: 'openid profile', state: 'ü"\\', nonce: '' }
    const key = { uriHash: 'uri', applicationId, issuer: ISSUER, now: LATER - 1 }
    const row = { uriHash: 'uri', applicationId, issuer: ISSUER, parameters, expiresAt: LATER }
    await db.transaction((tx) => pushed.create(tx, row))
    expect(await pushed.find(key)).toEqual(parameters)
    expect(await pushed.find({ ...key, now: LATER })).toBeNull()
    expect(await pushed.find({ ...key, applicationId: 'app_other' as ApplicationId })).toBeNull()
    expect(await pushed.find({ ...key, issuer: 'https://elsewhere.test' })).toBeNull()
    expect(await pushed.find({ ...key, uriHash: 'another' })).toBeNull()
  })

  test('one of many spends it, also after its time, and nobody finds it any more', async () => {
    const db = await open()
    const pushed = pushedRequestRepository(db)
    const applicationId = await addApplication(db)
    const row = { uriHash: 'uri', applicationId, issuer: ISSUER, parameters: {}, expiresAt: LATER }
    await db.transaction((tx) => pushed.create(tx, row))
    const spent = await race(db, 5, (tx) => pushed.consume(tx, 'uri', LATER + 1))
    expect(spent.filter(Boolean)).toHaveLength(1)
    expect(await pushed.find({ uriHash: 'uri', applicationId, issuer: ISSUER, now: NOW })).toBeNull()
  })
})
