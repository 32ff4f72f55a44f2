import { expect, test } from 'vitest'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { acme, createInstance } from './testing/instance.ts'

const instance = async () => createInstance(await openTestDatabase())

test('languages of the instance and of an organization, and whose they are', async () => {
  const { diff, deps } = await instance()
  const file = (allowed: string[]) => ({
    instance: { policies: { languages: { default: 'de' } } },
    ...acme({ policies: { languages: { default: 'ja', allowed } } }),
  })
  expect(await diff(file(['ja', 'de']))).toEqual(
    expect.arrayContaining(['+ languages of the instance', '+ languages of acme.test']),
  )
  expect(await diff(file(['ja', 'fr']))).toEqual(['~ languages of acme.test: allowed ["ja","de"] -> ["ja","fr"]'])
  const { organizations, policies } = deps.repositories
  const id = (await organizations.findDefault())!.id
  expect(await policies.resolve('languages', id)).toEqual({
    value: { default: 'ja', allowed: ['ja', 'fr'] },
    source: 'organization',
  })
  expect(await policies.resolve('languages', null)).toEqual({
    value: { default: 'de', allowed: null },
    source: 'instance',
  })
})

test('a default that is not allowed is refused', async () => {
  const { faults } = await instance()
  expect(await faults(acme({ policies: { languages: { default: 'fr', allowed: ['de'] } } }))).toEqual([
    'organizations[0].policies.languages.default must be one of the allowed languages.',
  ])
})
