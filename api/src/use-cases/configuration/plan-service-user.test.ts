import { expect, test } from 'vitest'
import { tokenHash } from '../../crypto/token.ts'
import { newKey } from '../../testing/assertions.ts'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { acme, createInstance } from './testing/instance.ts'

const key = newKey()
const instance = async () => createInstance(await openTestDatabase())
const robot = (more: object = {}) => ({ clientId: 'robot', name: 'Robot', ...more })
const file = (...serviceUsers: object[]) => acme({ serviceUsers })
const keys = [{ id: 'one', publicKey: key.jwk, expiresAt: '2027-01-01T00:00:00Z' }]

test('a service user is made with its client, keys and roles, and then there is nothing to do', async () => {
  const { diff, application } = await instance()
  const whole = robot({
    subject: '165467338479501569',
    secretSha256: [tokenHash('a secret')],
    keys,
    roles: ['organization_owner'],
    settings: { accessTokenFormat: 'jwt' },
  })
  expect(await diff(file(whole))).toContain('+ service user robot in acme.test, key one, role organization_owner')
  expect(await application('robot')).toMatchObject({
    type: 'service',
    secretHashes: [tokenHash('a secret')],
    settings: { accessTokenFormat: 'jwt' },
  })
  expect(await diff(file(whole))).toEqual([])
  expect(await diff(file(robot()))).toEqual([])
})

test('it is changed where the file says something else, and what is left out stays', async () => {
  const { diff, application } = await instance()
  await diff(file(robot({ keys, settings: { accessTokenFormat: 'jwt' } })))
  const changed = robot({ name: 'Robbie', state: 'deactivated', secretSha256: [tokenHash('b')] })
  expect(await diff(file(changed))).toEqual([
    '~ service user robot in acme.test: name "Robot" -> "Robbie", state "active" -> "deactivated", secretSha256 replaced',
  ])
  expect(await application('robot')).toMatchObject({ name: 'Robbie', settings: { accessTokenFormat: 'jwt' } })
  expect(await diff(file(robot({ name: 'Robbie', state: 'active' })))).toHaveLength(1)
})

test.each([
  [[robot(), robot()], 'serviceUsers[1].clientId is the same as organizations[0].serviceUsers[0].clientId.'],
  [
    [robot({ keys: [...keys, ...keys] })],
    'serviceUsers[0].keys[1].id is the same as organizations[0].serviceUsers[0].keys[0].id.',
  ],
  [
    [robot({ keys: [{ id: 'one', publicKey: key.privateKey.export({ format: 'jwk' }) }] })],
    'serviceUsers[0].keys[0].publicKey is a private key: only the public half belongs here.',
  ],
])('%#: refused', async (serviceUsers, fault) => {
  const { faults } = await instance()
  expect(await faults(file(...serviceUsers))).toEqual([`organizations[0].${fault}`])
})

test('AP5 its name is no application’s and no subject', async () => {
  const { diff, faults } = await instance()
  await diff(acme({ applications: [{ clientId: 'robot', name: 'R', type: 'web' }] }))
  expect(await faults(file(robot()))).toEqual([
    'organizations[0].serviceUsers[0].clientId is the name of an application.',
  ])
  await diff(file({ clientId: 'other', name: 'Other', subject: 'imported' }))
  expect(await faults(acme({ applications: [{ clientId: 'other', name: 'O', type: 'web' }] }))).toEqual([
    'organizations[0].applications[0].clientId is the name of a service user.',
  ])
  expect(await faults(file({ clientId: 'other', name: 'Other', subject: 'another' }))).toEqual([
    'organizations[0].serviceUsers[0].subject never changes.',
  ])
  expect(await faults(file({ clientId: 'third', name: 'Third', subject: 'imported' }))).toEqual([
    'organizations[0].serviceUsers[0].subject is taken.',
  ])
  expect(await faults(acme({ users: [{ subject: 'imported', username: 'ada' }] }))).toEqual([
    'organizations[0].users[0] is a service user.',
  ])
})
