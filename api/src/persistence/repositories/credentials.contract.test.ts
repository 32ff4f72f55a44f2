import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { CredentialId, UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, NOW, nextId, race } from '../testing/rows.ts'
import { credentialRepository } from './credentials.ts'
import { userRepository } from './users.ts'

describeOnEveryDatabase('credentials', (open) => {
  const opened = async () => {
    const db = await open()
    const credentials = credentialRepository(db)
    const users = userRepository(db)
    const [ann, ben] = [await addUser(db), await addUser(db)]
    await db.transaction(async (tx) => {
      for (const userId of [ann, ben])
        await users.setPassword(tx, { id: nextId<CredentialId>('crd'), userId, hash: `hash of ${userId}`, now: NOW })
    })
    const mustChange = async (userId: UserId) =>
      (await db.query.select().from(db.tables.credentials).where(eq(db.tables.credentials.userId, userId)))[0]
        ?.mustChange
    return { db, credentials, users, ann, ben, mustChange }
  }

  test('a new password is demanded of one person', async () => {
    const { db, credentials, ann, ben, mustChange } = await opened()
    await db.transaction((tx) => credentials.demandNewPassword(tx, ann))
    expect([await mustChange(ann), await mustChange(ben)]).toEqual([true, false])
  })

  test('a time step of an app is used by one caller, and none before it is used after it', async () => {
    const { db, credentials, ann, ben } = await opened()
    const id = nextId<CredentialId>('crd')
    await db.transaction((tx) => credentials.add(tx, { id, userId: ann, type: 'totp', secret: 'boxed', now: NOW }))
    expect(await credentials.listTotp(ann)).toEqual([{ id, userId: ann, secret: 'boxed' }])
    expect(await credentials.listTotp(ben)).toEqual([])
    const use = (step: number) => db.transaction((tx) => credentials.useStep(tx, { id, step, now: NOW }))
    const all = await race(db, 10, (tx) => credentials.useStep(tx, { id, step: 7, now: NOW }))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect([await use(6), await use(7), await use(8)]).toEqual([false, false, true])
  })

  test('the password of one person is taken away', async () => {
    const { db, credentials, users, ann, ben } = await opened()
    await db.transaction((tx) => credentials.removePassword(tx, ann))
    expect(await users.findPassword(ann)).toBeNull()
    expect(await users.findPassword(ben)).not.toBeNull()
  })
})
