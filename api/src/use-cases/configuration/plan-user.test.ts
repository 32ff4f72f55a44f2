import { describe, expect, test } from 'vitest'
import type { AuthRequestId, OneTimeCodeId } from '../../domain/ids.ts'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { setUserPassword } from './set-user-password.ts'
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

describe('a first password', () => {
  test('is never set again', async () => {
    const { diff, deps, user } = await instance()
    await diff(file({ username: 'ada', password: 'the first password' }))
    expect(await diff(file({ username: 'ada', password: 'another password' }))).toEqual([])
    const { hash } = (await deps.repositories.users.findPassword((await user('ada')).id))!
    expect(await deps.passwords.verify(hash, 'the first password')).toBe(true)
  })

  test('comes to somebody who has none yet', async () => {
    const { diff, user } = await instance()
    await diff(file({ username: 'ada' }))
    expect(await diff(file({ username: 'ada', password: 'the first password' }))).toEqual([
      '~ user ada in acme.test: with a first password',
    ])
    expect(await user('ada')).toMatchObject({ hasPassword: true })
  })

  test('breaks no rule of the policy that counts once the file is applied, in a dry run as well', async () => {
    const { apply, faults, deps } = await instance()
    const strict = { password: { minLength: 15, requireDigit: true } }
    const ada = { username: 'ada', familyName: 'Lovelace' }
    const said = async (password: string, policies = {}) => faults(acme({ policies, users: [{ ...ada, password }] }))
    const at = `${place}[0].password`
    expect(await said('short')).toEqual([`${at} must have at least 12 characters.`])
    expect(await said('x'.repeat(129))).toEqual([`${at} must have at most 128 characters.`])
    expect(await said('password1234')).toEqual([`${at} must not be a common password.`])
    expect(await said('lovelace is mine')).toEqual([
      `${at} must not hold names or addresses of its owner, nor the name of the organization.`,
    ])
    expect(await said('quiet lanterns', strict)).toEqual([`${at} must have at least 15 characters, must have a digit.`])
    const dry = apply(acme({ users: [{ ...ada, password: 'short' }] }), true)
    await expect(dry).rejects.toThrow('must have at least 12 characters')
    expect(await deps.db.query.select().from(deps.db.tables.users)).toEqual([])

    await apply(acme({ policies: strict }))
    expect(await said('quiet lanterns')).toEqual([`${at} must have at least 15 characters, must have a digit.`])
    expect((await apply(acme({ users: [{ ...ada, password: 'quiet lanterns 7' }] }), true)).diff).toHaveLength(1)
    expect(await said('quiet lanterns 7')).toEqual([])
  })

  test('is replaced by its owner at the first sign-in where the file says so', async () => {
    const { diff, faults, deps } = await instance()
    const password = 'the first password'
    await diff(file({ username: 'ada', password, passwordMustChange: true }, { username: 'eve', password }))
    const rows = await deps.db.query.select().from(deps.db.tables.credentials)
    expect(rows.map(({ mustChange }) => mustChange).toSorted()).toEqual([false, true])
    expect(await faults(file({ username: 'joe', passwordMustChange: true }))).toEqual([
      `${place}[0].passwordMustChange must stand beside password or passwordHash.`,
    ])
  })

  test('may be a hash', async () => {
    const { diff, deps, user } = await instance()
    const passwordHash = await deps.passwords.hash('brought along')
    expect(await diff(file({ username: 'ada', passwordHash }))).toContain(
      '+ user ada in acme.test, with a first password',
    )
    const stored = await deps.repositories.users.findPassword((await user('ada')).id)
    expect(stored?.hash).toBe(passwordHash)
  })

  test('is hashed for each person anew, also for more people than may wait for a hash', async () => {
    const { diff, deps } = await instance()
    const many = Array.from({ length: 70 }, (_, index) => ({ username: `user${index}`, password: 'the same for all' }))
    expect(await diff(file(...many))).toHaveLength(72)
    const rows = await deps.db.query.select().from(deps.db.tables.credentials)
    expect(new Set(rows.map(({ secret }) => secret)).size).toBe(70)
  })
})

describe('somebody is found', () => {
  test('by the strongest name the file gives; the others become what it says', async () => {
    const { diff, user } = await instance()
    await diff(file({ username: 'ada', email: 'ada@acme.test', emailVerified: true }))
    expect(
      await diff(file({ username: 'ADA', email: 'lovelace@acme.test', phone: '+49 30 123456', phoneVerified: true })),
    ).toEqual([
      '~ user ada in acme.test: email "ada@acme.test" -> "lovelace@acme.test", emailVerified true -> false, phone none -> "+4930123456", phoneVerified false -> true',
    ])
    const { identifiers } = await user('ada')
    expect(identifiers.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
      { kind: 'email', value: 'lovelace@acme.test', isVerified: false },
      { kind: 'phone', value: '+4930123456', isVerified: true },
      { kind: 'username', value: 'ada', isVerified: false },
    ])
  })

  test('by a weaker name only where a stronger one is missing, so nobody is renamed into somebody else', async () => {
    const { diff, faults, user } = await instance()
    await diff(file({ email: 'ada@acme.test' }, { username: 'grace', email: 'grace@acme.test' }))
    const { id } = await user('ada@acme.test')
    expect(await diff(file({ username: 'ada', email: 'ada@acme.test' }))).toEqual([
      '~ user ada in acme.test: username none -> "ada", displayName "ada@acme.test" -> "ada"',
    ])
    expect((await user('ada')).id).toBe(id)
    expect(await faults(file({ username: 'mallory', email: 'grace@acme.test' }))).toEqual([
      `${place}[0].email belongs to another user of this organization.`,
    ])
  })

  test('by the subject, and then may be called otherwise', async () => {
    const { diff, user } = await instance()
    await diff(file({ username: 'ada', subject: 'imported-1' }))
    expect(await diff(file({ username: 'countess', subject: 'imported-1' }))).toEqual([
      '~ user countess in acme.test: username "ada" -> "countess", displayName "ada" -> "countess"',
    ])
    expect((await user('countess')).subject).toBe('imported-1')
  })

  test('once', async () => {
    const { diff, faults } = await instance()
    await diff(file({ username: 'ada', email: 'ada@acme.test' }))
    expect(await faults(file({ username: 'ada' }, { email: 'ada@acme.test' }))).toEqual([
      `${place}[1] is the same as ${place}[0].`,
    ])
    expect(await faults(file({ username: 'eve' }, { username: 'EVE' }))).toEqual([
      `${place}[1].username is the same as ${place}[0].username.`,
    ])
  })

  test('in the own organization: the same name elsewhere is somebody else', async () => {
    const { diff } = await instance()
    await diff(file({ username: 'ada' }))
    const elsewhere = { organizations: [{ primaryDomain: 'other.test', name: 'Other', users: [{ username: 'ada' }] }] }
    expect(await diff(elsewhere)).toEqual(['+ organization other.test "Other"', '+ user ada in other.test'])
  })
})

describe('a subject', () => {
  test('does not change, and does not move', async () => {
    const { diff, faults } = await instance()
    await diff(file({ username: 'ada', subject: 'imported-1' }))
    expect(await faults(file({ username: 'ada', subject: 'imported-2' }))).toEqual([
      `${place}[0].subject can not change: this user has another one.`,
    ])
    const elsewhere = {
      primaryDomain: 'other.test',
      name: 'Other',
      users: [{ username: 'ada', subject: 'imported-1' }],
    }
    expect(await faults({ organizations: [elsewhere] })).toEqual([
      `${place}[0].subject belongs to a user of another organization.`,
    ])
  })
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

test('a password does not stand beside a hash', async () => {
  const { faults, deps } = await instance()
  const passwordHash = await deps.passwords.hash('brought along')
  expect(await faults(file({ username: 'ada', password: 'brought along', passwordHash }))).toEqual([
    `${place}[0].passwordHash must not stand beside password.`,
  ])
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

test('an operator sets the password of one person', async () => {
  const { diff, deps } = await instance()
  const other = { primaryDomain: 'other.test', name: 'Other', users: [{ username: 'ada' }] }
  await diff({ organizations: [...file({ username: 'ada', password: 'the first password' }).organizations, other] })
  const set = (loginName: string, organization: string | null) =>
    setUserPassword(deps, { loginName, organization }, { newPassword: 'the second password' })
  expect(await set('nobody', null)).toBe('nobody')
  expect(await set('ada', null)).toBe('several')
  expect(await set('ada', 'nowhere.test')).toBe('nobody')
  expect(
    await setUserPassword(deps, { loginName: 'ada', organization: 'acme.test' }, { newPassword: 'the first password' }),
  ).toMatchObject({ broken: ['reused'] })
  expect(await set('ada', 'acme.test')).toBe('done')
  const [credential, ...others] = await deps.db.query.select().from(deps.db.tables.credentials)
  expect(others).toEqual([])
  expect(await deps.passwords.verify(credential!.secret, 'the second password')).toBe(true)
})
