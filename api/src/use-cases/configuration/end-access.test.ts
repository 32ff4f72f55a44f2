import { expect, test } from 'vitest'
import type { OrganizationId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../../persistence/testing/databases.ts'
import { addGrant, addSession } from '../../persistence/testing/rows.ts'
import { createInstance, START } from './testing/instance.ts'

const LATER = START + 60_000

describeOnEveryDatabase('whoever is deactivated', (open) => {
  const signedIn = async () => {
    const db = await open()
    const instance = createInstance(db)
    const users = [{ username: 'ada' }, { username: 'bob' }]
    const organization = { primaryDomain: 'acme.test', name: 'Acme' }
    const home = { primaryDomain: 'home.test', name: 'Home', default: true }
    const file = (more: object, people: object[] = users) => ({
      organizations: [home, { ...organization, ...more, users: people }],
    })
    await instance.apply(file({}))
    for (const { username } of users) {
      const { id: userId } = await instance.user(username)
      const sessionId = await addSession(db, { userId, lastUsedAt: START, expiresAt: LATER })
      await addGrant(db, { userId, sessionId, expiresAt: LATER })
      await addGrant(db, { userId, offline: true, expiresAt: LATER })
    }
    /** Who still has what, by user name. */
    const access = async () => {
      const of = async (username: string) => {
        const { id } = await instance.user(username)
        const sessions = (await db.query.select().from(db.tables.sessions)).filter(({ userId }) => userId === id)
        const grants = (await db.query.select().from(db.tables.grants)).filter(({ userId }) => userId === id)
        return [
          sessions.filter(({ endedAt }) => endedAt === null).length,
          grants.filter(({ revokedAt }) => revokedAt === null).length,
        ]
      }
      return { ada: await of('ada'), bob: await of('bob') }
    }
    return { ...instance, db, file, access }
  }

  test('alone loses sessions and grants, offline ones too', async () => {
    const { apply, file, access, events } = await signedIn()
    await apply(file({}, [{ username: 'ada', state: 'deactivated' }]))
    expect(await access()).toEqual({ ada: [0, 0], bob: [1, 2] })
    expect((await events()).filter(({ type }) => type === 'session.ended')).toHaveLength(1)
  })

  test('with the organization loses them as well', async () => {
    const { apply, file, access, deps } = await signedIn()
    await apply(file({ state: 'deactivated' }))
    expect(await access()).toEqual({ ada: [0, 0], bob: [0, 0] })
    const [, acme] = (await deps.db.query.select().from(deps.db.tables.organizations)).toSorted((a) =>
      a.isDefault ? -1 : 1,
    )
    const left = await deps.db.transaction((tx) =>
      deps.repositories.organizations.listUsersWithAccess(tx, acme?.id as OrganizationId),
    )
    expect(left).toEqual([])
  })

  test('was it by the first file; what is no change ends nothing', async () => {
    const { apply, file, access } = await signedIn()
    await apply(file({ name: 'Acme Corp' }, [{ username: 'ada', state: 'locked', givenName: 'Ada' }]))
    expect(await access()).toEqual({ ada: [1, 2], bob: [1, 2] })
  })
})
