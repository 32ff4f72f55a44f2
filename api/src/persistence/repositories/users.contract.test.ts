import { DEFAULT_LOGIN_POLICY } from '@vestibule/shared/policy.ts'
import { expect, test } from 'vitest'
import type { CredentialId, OrganizationId, UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addOrganization, NOW, nextId, race } from '../testing/rows.ts'
import { type NewIdentifier, userRepository } from './users.ts'

const username = (value: string): NewIdentifier => ({ kind: 'username', value, verifiedAt: null })
const email = (value: string): NewIdentifier => ({ kind: 'email', value, verifiedAt: NOW })

describeOnEveryDatabase('users', (open) => {
  const opened = async () => {
    const db = await open()
    const users = userRepository(db)
    const home = await addOrganization(db, { name: 'Home' })
    const create = async (identifiers: NewIdentifier[], organizationId: OrganizationId = home) => {
      const id = nextId<UserId>('usr')
      const about = { displayName: 'Ann', profile: { givenName: 'Ann', address: { locality: 'Köln' } } }
      const row = { id, organizationId, kind: 'human', subject: id, ...about, now: NOW, identifiers } as const
      return { id, isCreated: await db.transaction((tx) => users.create(tx, row)) }
    }
    const setPassword = (userId: UserId, hash: string, now = NOW) =>
      db.transaction((tx) => users.setPassword(tx, { id: nextId<CredentialId>('crd'), userId, hash, now }))
    return { db, users, home, create, setPassword }
  }

  test('what is known of a person comes back', async () => {
    const { users, home, create } = await opened()
    const { id } = await create([
      username('ann'),
      email('ann@home.test'),
      { kind: 'phone', value: '+491', verifiedAt: null },
    ])
    expect(await users.findPerson(id)).toMatchObject({
      id,
      organizationId: home,
      organizationName: 'Home',
      kind: 'human',
      state: 'active',
      profile: { givenName: 'Ann', address: { locality: 'Köln' } },
      createdAt: NOW,
      updatedAt: NOW,
    })
    expect(await users.findClaimSource(id)).toMatchObject({
      displayName: 'Ann',
      loginName: 'ann',
      email: { value: 'ann@home.test', verified: true },
      phone: { value: '+491', verified: false },
    })
    expect(await users.findBySubject(id)).toEqual({ id })
  })

  test('nobody is null', async () => {
    const { users } = await opened()
    const nobody = 'usr_of_nobody' as UserId
    const answers = [
      users.findFacts(nobody),
      users.findPerson(nobody),
      users.findClaimSource(nobody),
      users.findBySubject('?'),
    ]
    expect(await Promise.all([...answers, users.findPassword(nobody)])).toEqual([null, null, null, null, null])
    expect(await users.findCandidates([])).toEqual([])
  })

  test('a name is had once in an organization and again in another; of each kind a person has one', async () => {
    const { db, users, home, create } = await opened()
    const ann = await create([username('ann')])
    expect(ann.isCreated).toBe(true)
    expect((await create([username('ann')])).isCreated).toBe(false)
    expect((await create([username('ann')], await addOrganization(db))).isCreated).toBe(true)
    const add = (name: NewIdentifier) => db.transaction((tx) => users.addIdentifier(tx, ann.id, home, name))
    expect(await add(username('another'))).toBe(false)
    expect(await add(email('ann'))).toBe(true)
    expect(await users.listIdentifiers(ann.id)).toHaveLength(2)
  })

  test('of those who race for a name, one gets it', async () => {
    const { db, users, home, create } = await opened()
    const people = await Promise.all(Array.from({ length: 10 }, () => create([])))
    const all = await race(db, 10, (tx, nth) => users.addIdentifier(tx, people[nth]!.id, home, username('ann')))
    expect(all.filter(Boolean)).toHaveLength(1)
  })

  test('candidates are all whom a reading means, in every organization, with their facts', async () => {
    const { db, users, home, create } = await opened()
    const away = await addOrganization(db, { state: 'deactivated' })
    const ann = await create([username('ann@home.test')])
    const ben = await create([email('ann@home.test')], away)
    await create([username('ann')])
    const found = await users.findCandidates([email('ann@home.test'), username('ann@home.test')])
    const facts = { state: 'active', organizationId: home, organizationActive: true }
    expect(found.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toMatchObject([
      { kind: 'email', user: { ...facts, id: ben.id, organizationId: away, organizationActive: false } },
      { kind: 'username', user: { ...facts, id: ann.id }, policy: DEFAULT_LOGIN_POLICY },
    ])
    expect(await users.findCandidates([username('ANN')])).toEqual([])
  })

  test('a name has its owner in its organization only, with the language they chose', async () => {
    const { db, users, home, create } = await opened()
    const { id } = await create([username('ann'), email('ann@home.test')])
    const away = await addOrganization(db)
    await db.transaction((tx) => users.change(tx, id, { profile: { locale: 'de' } }, NOW))
    expect(await users.findOwner(email('ann@home.test'), home)).toEqual({ id, locale: 'de' })
    expect(await users.findOwner(username('ann'), home)).toEqual({ id, locale: 'de' })
    expect(await users.findOwner(username('ann@home.test'), home)).toBeNull()
    expect(await users.findOwner(email('ann@home.test'), away)).toBeNull()
  })

  test('facts come with the password, or without one', async () => {
    const { users, create, setPassword } = await opened()
    const { id } = await create([])
    expect(await users.findFacts(id)).toMatchObject({ user: { id, organizationActive: true }, password: null })
    await setPassword(id, 'hash')
    expect((await users.findFacts(id))?.password).toEqual(await users.findPassword(id))
  })

  test('a person has one password, whoever sets it at the same moment', async () => {
    const { db, users, create, setPassword } = await opened()
    const { id } = await create([])
    await Promise.all(Array.from({ length: 10 }, (_, nth) => setPassword(id, `hash ${nth}`)))
    const before = await users.findPassword(id)
    await setPassword(id, 'last', NOW + 1)
    expect(await users.findPassword(id)).toEqual({ id: before?.id, hash: 'last' })
    expect(await db.query.select().from(db.tables.credentials)).toMatchObject([
      { secret: 'last', createdAt: NOW, changedAt: NOW + 1, lastUsedAt: null },
    ])
  })

  test('only the password that was compared counts as used', async () => {
    const { db, users, create, setPassword } = await opened()
    const { id } = await create([])
    await setPassword(id, 'compared')
    const compared = (await users.findPassword(id))!
    const use = () => db.transaction((tx) => users.markUsed(tx, compared, NOW + 1))
    expect(await use()).toBe(true)
    expect(await db.query.select().from(db.tables.credentials)).toMatchObject([{ lastUsedAt: NOW + 1 }])
    await setPassword(id, 'changed')
    expect(await use()).toBe(false)
  })

  test('a new hash of the same password does not undo a change', async () => {
    const { db, users, create, setPassword } = await opened()
    const { id } = await create([])
    await setPassword(id, 'old')
    const password = await users.findPassword(id)
    const rehash = (from: string, to: string) => db.transaction((tx) => users.rehash(tx, password!.id, from, to))
    await rehash('old', 'costly')
    expect((await users.findPassword(id))?.hash).toBe('costly')
    await setPassword(id, 'changed')
    await rehash('costly', 'too late')
    expect((await users.findPassword(id))?.hash).toBe('changed')
  })
})
