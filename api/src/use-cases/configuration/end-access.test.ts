import { expect, test } from 'vitest'
import type { Deps } from '../../deps.ts'
import type { DeviceId, OrganizationId, TrustedDeviceId, UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../../persistence/testing/databases.ts'
import { addGrant, addSession } from '../../persistence/testing/rows.ts'
import { createInstance, START } from './testing/instance.ts'

const LATER = START + 60_000

const policy = (trustedDeviceLifetime: number) => ({ policies: { login: { trustedDeviceLifetime } } })

/** A browser was trusted a minute ago, for two. */
async function addTrust({ db }: Deps, userId: UserId): Promise<void> {
  const { devices, trustedDevices, users } = db.tables
  const all = await db.query.select().from(users)
  const { organizationId } = all.find(({ id }) => id === userId)!
  const id = `dev_${userId}` as DeviceId
  const seen = { userAgent: '', createdAt: START, lastSeenAt: START }
  await db.query.insert(devices).values({ id, tokenHash: id, ...seen })
  await db.query.insert(trustedDevices).values({
    id: `tru_${userId}` as TrustedDeviceId,
    tokenHash: id,
    deviceId: id,
    userId,
    organizationId,
    factor: 'totp',
    checkedAt: START - 60_000,
    expiresAt: START + 60_000,
  })
}

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
    await instance.apply({ ...file({}), instance: policy(120) })
    for (const { username } of users) {
      const { id: userId } = await instance.user(username)
      const sessionId = await addSession(db, { userId, lastUsedAt: START, expiresAt: LATER })
      await addGrant(db, { userId, sessionId, expiresAt: LATER })
      await addGrant(db, { userId, offline: true, expiresAt: LATER })
      await addTrust(instance.deps, userId)
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
    /** Who is trusted by some browser, by user name. */
    const trusted = async () => {
      const now = START
      const rows = await db.query.select().from(db.tables.trustedDevices)
      const lasting = rows.filter(({ expiresAt }) => expiresAt > now).map(({ userId }) => userId)
      const names = users.map(async ({ username }) => {
        const { id } = await instance.user(username)
        return lasting.includes(id) ? [username] : []
      })
      return (await Promise.all(names)).flat()
    }
    return { ...instance, db, file, access, trusted }
  }

  test('or locked, is trusted by no browser any more; somebody with another name neither', async () => {
    const { apply, file, trusted } = await signedIn()
    expect(await trusted()).toEqual(['ada', 'bob'])
    await apply(file({}, [{ username: 'ada', state: 'locked' }]))
    expect(await trusted()).toEqual(['bob'])
    await apply(file({}, [{ username: 'ada', state: 'active' }]))
    expect(await trusted()).toEqual(['bob'])
    await apply(file({}, [{ username: 'bob', email: 'bob@acme.test' }]))
    expect(await trusted()).toEqual([])
  })

  test('with the organization is trusted by none either', async () => {
    const { apply, file, trusted } = await signedIn()
    await apply(file({ state: 'deactivated' }))
    expect(await trusted()).toEqual([])
  })

  test.each([
    ['an organization', true],
    ['the instance', false],
  ])('the login policy of %s shortens trust, and what it ended does not come back', async (_whose, isOwn) => {
    const { apply, file, trusted } = await signedIn()
    const set = (seconds: number) => apply(isOwn ? file(policy(seconds)) : { ...file({}), instance: policy(seconds) })
    await set(120)
    expect(await trusted()).toEqual(['ada', 'bob'])
    await set(60)
    expect(await trusted()).toEqual([])
    await set(120)
    expect(await trusted()).toEqual([])
  })

  test('the policy of the instance is nothing to an organization that has its own', async () => {
    const { apply, file, trusted } = await signedIn()
    await apply(file(policy(120)))
    await apply({ ...file({}), instance: policy(0) })
    expect(await trusted()).toEqual(['ada', 'bob'])
  })

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

  test('or locked, as by a manager: sessions end, and what was granted for offline access waits', async () => {
    const { apply, file, access, events } = await signedIn()
    await apply(file({}, [{ username: 'ada', state: 'locked' }]))
    expect(await access()).toEqual({ ada: [0, 1], bob: [1, 2] })
    const types = (await events()).map(({ type }) => type)
    expect(types.filter((type) => ['user.locked', 'session.ended'].includes(type))).toHaveLength(2)
  })

  test('and is let in again, is so by the event that a manager leaves', async () => {
    const { apply, file, events } = await signedIn()
    for (const state of ['locked', 'active', 'deactivated', 'active'])
      await apply(file({}, [{ username: 'ada', state }]))
    const types = (await events()).map(({ type }) => type).filter((type) => type.startsWith('user.'))
    expect(types.toSorted()).toEqual([
      'user.created',
      'user.created',
      'user.deactivated',
      'user.locked',
      'user.reactivated',
      'user.unlocked',
    ])
  })

  test('was it by the first file; what is no change ends nothing', async () => {
    const { apply, file, access } = await signedIn()
    const ada = { username: 'ada', state: 'locked' }
    await apply(file({}, [ada]))
    const before = await access()
    await apply(
      file({ name: 'Acme Corp' }, [
        { ...ada, givenName: 'Ada' },
        { username: 'bob', givenName: 'Bob' },
      ]),
    )
    expect(await access()).toEqual(before)
  })
})
