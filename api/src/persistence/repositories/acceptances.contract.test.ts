import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, NOW } from '../testing/rows.ts'
import { acceptanceRepository } from './acceptances.ts'

describeOnEveryDatabase('acceptances', (open) => {
  test('the first acceptance of a text counts, and another text is another one', async () => {
    const db = await open()
    const acceptances = acceptanceRepository(db)
    const userId = await addUser(db)
    const text = { userId, document: 'terms', version: '1', link: 'https://a.test/1', language: 'de' } as const
    await db.transaction(async (tx) => {
      await acceptances.create(tx, { ...text, acceptedAt: NOW })
      await acceptances.create(tx, { ...text, acceptedAt: NOW + 1 })
      await acceptances.create(tx, { ...text, version: '2', acceptedAt: NOW + 2 })
      await acceptances.create(tx, { ...text, document: 'privacy', acceptedAt: NOW + 3 })
    })
    const kept = await acceptances.listOfUser(userId)
    expect(kept.map(({ document, version, acceptedAt }) => [document, version, acceptedAt - NOW]).toSorted()).toEqual([
      ['privacy', '1', 3],
      ['terms', '1', 0],
      ['terms', '2', 2],
    ])
  })
})
