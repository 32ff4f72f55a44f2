import { describe, expect, test } from 'vitest'
import type { AuthRequestId, OneTimeCodeId } from '../../domain/ids.ts'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { acme, createInstance, START } from './testing/instance.ts'

const instance = async () => createInstance(await openTestDatabase())
const file = (...users: object[]) => acme({ users })
const place = 'organizations[0].users'

test('metadata is set by name, and null takes one away; what is not named is left alone', async () => {
  const { diff, deps, user } = await instance()
  const ada = (metadata: object) => file({ username: 'ada', metadata })
  expect(await diff(ada({ plan: 'gold', level: '7', none: null }))).toContain(
    '+ user ada in acme.test, metadata plan, metadata level',
  )
  expect(await diff(ada({ plan: 'silver', level: null }))).toEqual([
    '~ user ada in acme.test: metadata plan, without metadata level',
  ])
  expect(await diff(ada({ plan: 'silver' }))).toEqual([])
  expect(await diff(file({ username: 'ada' }))).toEqual([])
  expect(await deps.repositories.userMetadata.findOfUser((await user('ada')).id)).toEqual({ plan: 'silver' })
})

test.each([
  [{ givenName: 'Nobody' }, ' needs a username, an email or a phone.'],
  [{ email: 'ada＠evil.test@acme.test' }, '.email must be an e-mail address.'],
  [{ username: 'ada', emailVerified: true }, '.emailVerified must stand beside email.'],
  [{ username: 'ada', phoneVerified: false }, '.phoneVerified must stand beside phone.'],
])('%j is refused', async (user, message) => {
  const { faults } = await instance()
  expect(await faults(file(user))).toEqual([`${place}[0]${message}`])
})

describe('what somebody is called', () => {
  test('follows the names until a display name is chosen', async () => {
    const { diff, user } = await instance()
    await diff(file({ username: 'ada' }))
    expect((await user('ada')).displayName).toBe('ada')
    await diff(file({ username: 'ada', givenName: 'Ada', familyName: 'Lovelace' }))
    expect((await user('ada')).displayName).toBe('Ada Lovelace')
    await diff(file({ username: 'ada', displayName: 'The Countess' }))
    await diff(file({ username: 'ada', givenName: 'Augusta', address: { locality: 'London' } }))
    expect(await user('ada')).toMatchObject({
      displayName: 'The Countess',
      profile: { givenName: 'Augusta', familyName: 'Lovelace', address: { locality: 'London' } },
    })
  })
})

test('a role is given, and never taken away', async () => {
  const { diff, user } = await instance()
  await diff(file({ username: 'ada' }))
  expect(await diff(file({ username: 'ada', roles: ['instance_owner'] }))).toEqual([
    '~ user ada in acme.test: role instance_owner',
  ])
  expect(await diff(file({ username: 'ada', roles: [] }))).toEqual([])
  expect((await user('ada')).roles).toEqual(['instance_owner'])
})

test('a role of an organization is one in the organization of the person', async () => {
  const { diff, user, deps } = await instance()
  await diff(file({ username: 'ada', roles: ['organization_viewer', 'instance_viewer'] }))
  const { id, organizationId } = await user('ada')
  expect(await deps.repositories.managerRoles.listOfUser(id)).toEqual(
    expect.arrayContaining([
      { role: 'organization_viewer', scope: organizationId },
      { role: 'instance_viewer', scope: 'instance' },
    ]),
  )
  expect(await diff(file({ username: 'ada', roles: ['organization_viewer'] }))).toEqual([])
})

test('a new address ends the links that wait for somebody', async () => {
  const { diff, deps, user } = await instance()
  await diff(file({ username: 'ada', email: 'ada@acme.test' }))
  const { id } = await user('ada')
  const link = {
    tokenHash: 'hash',
    purpose: 'password_setup',
    userId: id,
    createdAt: START,
    expiresAt: START + 1000,
  } as const
  await deps.db.transaction((tx) => deps.repositories.oneTimeLinks.create(tx, link))
  await diff(file({ username: 'ada', givenName: 'Ada' }))
  expect(await deps.db.query.select().from(deps.db.tables.oneTimeLinks)).toHaveLength(1)
  await diff(file({ username: 'ada', email: 'lovelace@acme.test' }))
  expect(await deps.db.query.select().from(deps.db.tables.oneTimeLinks)).toEqual([])
})

test('a new state ends the links and codes that wait for somebody', async () => {
  const { diff, deps, user } = await instance()
  await diff(file({ username: 'ada' }))
  const { id } = await user('ada')
  const code = {
    id: 'otc_1' as OneTimeCodeId,
    purpose: 'reset_password',
    flow: 'req_1' as AuthRequestId,
    userId: id,
    address: 'ada@acme.test',
    codeHash: 'hash',
    linkHash: null,
    codeExpiresAt: START + 1000,
    expiresAt: START + 1000,
    createdAt: START,
  } as const
  await deps.db.transaction((tx) => deps.repositories.oneTimeCodes.create(tx, code))
  await diff(file({ username: 'ada', givenName: 'Ada' }))
  expect(await deps.db.query.select().from(deps.db.tables.oneTimeCodes)).toHaveLength(1)
  await diff(file({ username: 'ada', state: 'locked' }))
  expect(await deps.db.query.select().from(deps.db.tables.oneTimeCodes)).toEqual([])
})
