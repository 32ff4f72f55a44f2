import { describe, expect, test } from 'vitest'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { acme, createInstance } from './testing/instance.ts'

const instance = async () => createInstance(await openTestDatabase())
const file = (...users: object[]) => acme({ users })
const place = 'organizations[0].users'

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
