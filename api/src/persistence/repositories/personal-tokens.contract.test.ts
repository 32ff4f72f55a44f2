import { expect, test } from 'vitest'
import type { GrantId, PersonalTokenId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, LATER, NOW, nextId } from '../testing/rows.ts'
import { personalTokenRepository } from './personal-tokens.ts'

describeOnEveryDatabase('personal tokens', (open) => {
  test('they are listed and removed for whose they are, once', async () => {
    const db = await open()
    const tokens = personalTokenRepository(db)
    const [robot, other] = [await addUser(db), await addUser(db)]
    const id = nextId<PersonalTokenId>('pat')
    const row = {
      id,
      userId: robot,
      grantId: 'grt_x' as GrantId,
      name: 'CI',
      scopes: ['openid'],
      createdAt: NOW,
      expiresAt: LATER,
    }
    await db.transaction((tx) => tokens.create(tx, row))
    expect(await tokens.listOfUser(robot)).toEqual([row])
    expect(await tokens.listOfUser(other)).toEqual([])
    const remove = (by: typeof robot) => db.transaction((tx) => tokens.remove(tx, by, id))
    expect(await remove(other)).toBeNull()
    expect(await remove(robot)).toEqual(row)
    expect(await remove(robot)).toBeNull()
  })
})
