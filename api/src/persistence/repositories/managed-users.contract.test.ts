import { expect, test } from 'vitest'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addOrganization, addUser, NOW, nextId } from '../testing/rows.ts'
import { managedUserRepository } from './managed-users.ts'

const EVERYBODY = { kind: 'human' as const, state: null, names: null, after: null, most: 100 }

describeOnEveryDatabase('users as managers see them', (open) => {
  const opened = async () => {
    const db = await open()
    const repository = managedUserRepository(db)
    const [home, other] = [await addOrganization(db), await addOrganization(db)]
    const name = (userId: UserId, kind: 'email' | 'username', value: string, organizationId: OrganizationId = home) =>
      db.query.insert(db.tables.identifiers).values({ userId, organizationId, kind, value, verifiedAt: NOW })
    const list = (wanted: Partial<Parameters<typeof repository.list>[1]> = {}) =>
      db.transaction((tx) => repository.list(tx, { organizationId: home, ...EVERYBODY, ...wanted }))
    const idsOf = async (wanted?: Parameters<typeof list>[0]) => (await list(wanted)).map(({ id }) => id)
    return { db, repository, home, other, name, list, idsOf }
  }

  test('come with their names, by their ids, and from one organization only', async () => {
    const { db, repository, home, other, name, list, idsOf } = await opened()
    const [ann, bob] = [await addUser(db, { organizationId: home }), await addUser(db, { organizationId: home })]
    await addUser(db, { organizationId: other })
    await addUser(db, { organizationId: home, kind: 'service' })
    await name(ann, 'email', 'ann@home.test')
    await name(ann, 'username', 'ann')
    expect(await idsOf()).toEqual([ann, bob])
    const [first, second] = await list()
    expect(first?.identifiers.map(({ value }) => value).toSorted()).toEqual(['ann', 'ann@home.test'])
    expect(second?.identifiers).toEqual([])
    expect(await db.transaction((tx) => repository.find(ann, tx))).toMatchObject({ id: ann, organizationId: home })
    expect(await db.transaction((tx) => repository.find(nextId<UserId>('usr'), tx))).toBeNull()
  })

  test('go on behind one, and are as many as are wanted', async () => {
    const { db, home, idsOf } = await opened()
    const ids: UserId[] = []
    for (let nth = 0; nth < 5; nth++) ids.push(await addUser(db, { organizationId: home }))
    expect(await idsOf({ most: 2 })).toEqual(ids.slice(0, 2))
    expect(await idsOf({ most: 2, after: ids[1]! })).toEqual(ids.slice(2, 4))
    expect(await idsOf({ after: ids[4]! })).toEqual([])
  })

  test('are found by state and by name', async () => {
    const { db, home, other, name, idsOf } = await opened()
    const ann = await addUser(db, { organizationId: home })
    const bob = await addUser(db, { organizationId: home, state: 'locked' })
    const far = await addUser(db, { organizationId: other })
    await name(bob, 'email', 'bob@home.test')
    await name(far, 'email', 'far@home.test', other)
    expect(await idsOf({ state: 'active' })).toEqual([ann])
    expect(await idsOf({ state: 'locked' })).toEqual([bob])
    expect(await idsOf({ state: 'deactivated' })).toEqual([])
    const email = (value: string) => [{ kind: 'email' as const, value }]
    expect(await idsOf({ names: email('bob@home.test') })).toEqual([bob])
    expect(await idsOf({ names: email('bob@home.test'), state: 'active' })).toEqual([])
    expect(await idsOf({ names: [{ kind: 'username', value: 'bob@home.test' }] })).toEqual([])
    expect(await idsOf({ names: email('far@home.test') })).toEqual([])
    expect(await idsOf({ names: [] })).toEqual([])
  })
})
