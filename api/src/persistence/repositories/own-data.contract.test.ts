import { expect, test } from 'vitest'
import type { CredentialId, GrantId, UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import {
  addApplication,
  addDevice,
  addGrant,
  addMessage,
  addOrganization,
  addSession,
  addUser,
  NOW,
  nextId,
} from '../testing/rows.ts'
import { ownDataRepository } from './own-data.ts'

describeOnEveryDatabase('own data', (open) => {
  const opened = async () => {
    const db = await open()
    const addCredential = async (userId: UserId) => {
      const id = nextId<CredentialId>('crd')
      const row = { id, userId, type: 'password', secret: 'the secret', createdAt: NOW, changedAt: NOW } as const
      await db.query.insert(db.tables.credentials).values(row)
      return id
    }
    return { db, own: ownDataRepository(db), addCredential, ann: await addUser(db), ben: await addUser(db) }
  }
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)

  test('each list holds what is kept of this person, newest first, at most so many, and nothing of others', async () => {
    const { db, own, addCredential, ann, ben } = await opened()
    const organizationId = await addOrganization(db)
    const [applicationId, deviceId] = [await addApplication(db, { name: 'Shop' }), await addDevice(db)]
    const made: Record<'credentials' | 'sessions' | 'grants' | 'messages', string[]> = {
      credentials: [await addCredential(ann)],
      sessions: [],
      grants: [],
      messages: [],
    }
    for (const endedAt of [null, NOW, null]) {
      made.sessions.unshift(await addSession(db, { userId: ann, deviceId, endedAt }))
      made.grants.unshift(await addGrant(db, { userId: ann, applicationId, revokedAt: endedAt }))
      made.messages.unshift(await addMessage(db, { userId: ann, organizationId }))
    }
    await addCredential(ben)
    await addSession(db, { userId: ben, deviceId })
    await addGrant(db, { userId: ben, applicationId })
    await addMessage(db, { userId: ben, organizationId })

    expect(ids(await own.listCredentials(ann, 10))).toEqual(made.credentials)
    expect(ids(await own.listSessions(ann, 2))).toEqual(made.sessions.slice(0, 2))
    expect(ids(await own.listGrants(ann, 2))).toEqual(made.grants.slice(0, 2))
    expect(ids(await own.listMessages(ann, 2))).toEqual(made.messages.slice(0, 2))
    expect((await own.listGrants(ann, 1))[0]).toMatchObject({ id: made.grants[0] as GrantId, application: 'Shop' })
    expect(JSON.stringify(await own.listCredentials(ann, 10))).not.toContain('the secret')
  })

  test('the picture comes back, and that of nobody else', async () => {
    const { db, own, ann, ben } = await opened()
    const content = Uint8Array.of(1, 2, 3)
    await db.query.insert(db.tables.avatars).values({ userId: ann, hash: 'a', content, createdAt: NOW })
    expect(Uint8Array.from((await own.findPicture(ann))!)).toEqual(content)
    expect(await own.findPicture(ben)).toBeNull()
  })
})
