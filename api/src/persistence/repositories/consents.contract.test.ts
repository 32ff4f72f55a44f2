import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, addUser, LATER, NOW } from '../testing/rows.ts'
import { consentRepository } from './consents.ts'

describeOnEveryDatabase('consents', (open) => {
  const setUp = async () => {
    const db = await open()
    const consents = consentRepository(db)
    const [ann, ben] = [await addUser(db), await addUser(db)]
    const [shop, ledger] = [await addApplication(db), await addApplication(db)]
    const give = (userId: typeof ann, applicationId: typeof shop, grantedAt = NOW, scopes = ['openid']) =>
      db.transaction((tx) => consents.give(tx, { userId, applicationId, scopes, grantedAt }))
    return { db, consents, ann, ben, shop, ledger, give }
  }

  test('the newer of two counts', async () => {
    const { consents, ann, shop, give } = await setUp()
    await give(ann, shop)
    await give(ann, shop, LATER, ['openid', 'email'])
    expect(await consents.listOfUser(ann)).toEqual([
      { userId: ann, applicationId: shop, scopes: ['openid', 'email'], grantedAt: LATER },
    ])
  })

  test('taking one back leaves the others, and other people’s', async () => {
    const { db, consents, ann, ben, shop, ledger, give } = await setUp()
    for (const [user, application] of [
      [ann, shop],
      [ann, ledger],
      [ben, shop],
    ] as const)
      await give(user, application)
    expect(await db.transaction((tx) => consents.revoke(tx, ann, shop))).toBe(true)
    expect(await db.transaction((tx) => consents.revoke(tx, ann, shop))).toBe(false)
    expect((await consents.listOfUser(ann)).map(({ applicationId }) => applicationId)).toEqual([ledger])
    expect(await consents.listOfUser(ben)).toHaveLength(1)
  })
})
