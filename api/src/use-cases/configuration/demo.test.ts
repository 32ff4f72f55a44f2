import { expect, test } from 'vitest'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { prepareDemo } from './demo.ts'
import { createInstance } from './testing/instance.ts'

const instance = async () => createInstance(await openTestDatabase())

test('two organizations, three people who can sign in, and one application', async () => {
  const { deps, application, user } = await instance()
  const { url, accounts } = await prepareDemo(deps, 'http://localhost:4001/')
  expect(url).toBe('http://localhost:4001')
  expect(accounts.map(({ loginName, organization }) => [loginName, organization])).toEqual([
    ['ada@acme.test', 'Acme'],
    ['grace@acme.test', 'Acme'],
    ['paul@kruste.test', 'Kruste & Krume'],
  ])
  for (const { loginName, password } of accounts) {
    const stored = await deps.repositories.users.findPassword((await user(loginName)).id)
    expect(await deps.passwords.verify(stored!.hash, password)).toBe(true)
  }
  expect(await application('ledger')).toMatchObject({
    redirectUris: ['http://localhost:4001/callback'],
    postLogoutRedirectUris: ['http://localhost:4001/signed-out'],
    grantTypes: ['authorization_code', 'refresh_token'],
  })
  expect((await deps.repositories.organizations.findDefault())?.primaryDomain).toBe('acme.test')
})

test('a second start changes nothing, and follows the address of the application', async () => {
  const { deps, everything, application } = await instance()
  await prepareDemo(deps, 'http://localhost:3001')
  const before = await everything()
  await prepareDemo(deps, 'http://localhost:3001')
  expect(await everything()).toBe(before)
  await prepareDemo(deps, 'http://localhost:4001')
  expect((await application('ledger')).redirectUris).toEqual(['http://localhost:4001/callback'])
})
