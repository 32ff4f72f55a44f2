import { describe, expect, test } from 'vitest'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { setUserPassword } from './set-user-password.ts'
import { acme, createInstance } from './testing/instance.ts'

const instance = async () => createInstance(await openTestDatabase())
const file = (...users: object[]) => acme({ users })
const place = 'organizations[0].users'

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

test('a password does not stand beside a hash', async () => {
  const { faults, deps } = await instance()
  const passwordHash = await deps.passwords.hash('brought along')
  expect(await faults(file({ username: 'ada', password: 'brought along', passwordHash }))).toEqual([
    `${place}[0].passwordHash must not stand beside password.`,
  ])
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
