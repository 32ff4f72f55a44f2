import { expect, test } from 'vitest'
import type { ApplicationId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, LATER, NOW, race } from '../testing/rows.ts'
import { pushedRequestRepository } from './pushed-requests.ts'

describeOnEveryDatabase('pushed requests', (open) => {
  test('the application that sent it finds it until its end', async () => {
    const db = await open()
    const pushed = pushedRequestRepository(db)
    const applicationId = await addApplication(db)
    const parameters = { scope: 'openid profile', state: 'ü"\\', nonce: '' }
    await db.transaction((tx) => pushed.create(tx, { uriHash: 'uri', applicationId, parameters, expiresAt: LATER }))
    expect(await pushed.find('uri', applicationId, LATER - 1)).toEqual(parameters)
    expect(await pushed.find('uri', applicationId, LATER)).toBeNull()
    expect(await pushed.find('uri', 'app_other' as ApplicationId, NOW)).toBeNull()
    expect(await pushed.find('another', applicationId, NOW)).toBeNull()
  })

  test('one of many spends it, also after its time, and nobody finds it any more', async () => {
    const db = await open()
    const pushed = pushedRequestRepository(db)
    const applicationId = await addApplication(db)
    await db.transaction((tx) => pushed.create(tx, { uriHash: 'uri', applicationId, parameters: {}, expiresAt: LATER }))
    const spent = await race(db, 5, (tx) => pushed.consume(tx, 'uri', LATER + 1))
    expect(spent.filter(Boolean)).toHaveLength(1)
    expect(await pushed.find('uri', applicationId, NOW)).toBeNull()
  })
})
