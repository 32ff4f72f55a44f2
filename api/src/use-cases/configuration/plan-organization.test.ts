import { describe, expect, test } from 'vitest'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { acme, createInstance } from './testing/instance.ts'

const instance = async () => createInstance(await openTestDatabase())
const other = { primaryDomain: 'other.test', name: 'Other' }

describe('the default organization', () => {
  test('is the first of the file where there was none', async () => {
    const { diff } = await instance()
    expect(await diff({ organizations: [other, ...acme().organizations] })).toContain(
      '~ default organization: none -> other.test',
    )
    expect(await diff(acme({ name: 'Acme Corp' }))).toHaveLength(1)
  })

  test('is taken over by the one that is marked', async () => {
    const { diff, deps, events } = await instance()
    await diff({ organizations: [other] })
    expect(await diff(acme({ default: true }))).toEqual([
      '+ organization acme.test "Acme"',
      '~ default organization: other.test -> acme.test',
    ])
    const rows = await deps.db.query.select().from(deps.db.tables.organizations)
    expect(rows.filter(({ isDefault }) => isDefault).map(({ primaryDomain }) => primaryDomain)).toEqual(['acme.test'])
    expect((await events()).filter(({ type }) => type === 'organization.changed')).toHaveLength(3)
  })

  test('is one', async () => {
    const { faults } = await instance()
    expect(
      await faults({ organizations: [{ ...other, default: true }, ...acme({ default: true }).organizations] }),
    ).toEqual(['organizations[1].default is the same as organizations[0].default.'])
  })

  test('is active', async () => {
    const { faults, diff } = await instance()
    const expected = ['organizations[0].state must be active: it is the default organization.']
    expect(await faults(acme({ state: 'deactivated' }))).toEqual(expected)
    await diff(acme())
    expect(await faults(acme({ state: 'deactivated' }))).toEqual(expected)
    const [inactive] = acme({ state: 'deactivated' }).organizations
    expect(await diff({ organizations: [inactive!, { ...other, default: true }] })).toContain(
      '~ organization acme.test: state "active" -> "deactivated"',
    )
  })
})

describe('a domain belongs to one organization', () => {
  test('that has it', async () => {
    const { diff, faults } = await instance()
    await diff(acme({ domains: ['acme.example', 'acme.example', 'acme.test'] }))
    expect(await faults({ organizations: [{ ...other, primaryDomain: 'acme.example' }] })).toEqual([
      'organizations[0].primaryDomain belongs to another organization.',
    ])
    expect(await faults({ organizations: [{ ...other, domains: ['other.example', 'acme.example'] }] })).toEqual([
      'organizations[0].domains[1] belongs to another organization.',
    ])
  })

  test('or that the file names first', async () => {
    const { faults } = await instance()
    expect(await faults({ organizations: [...acme().organizations, { ...other, domains: ['acme.test'] }] })).toEqual([
      'organizations[1].domains[0] is the same as organizations[0].primaryDomain.',
    ])
  })
})

describe('a login domain', () => {
  const atAcme = acme({ loginDomain: 'acme.localhost' })

  test('is given, left alone where nothing is said of it, and taken away by null', async () => {
    const { diff, events } = await instance()
    expect(await diff(atAcme)).toContain('+ organization acme.test "Acme", at acme.localhost')
    expect(await diff(atAcme)).toEqual([])
    expect(await diff(acme())).toEqual([])
    expect(await diff(acme({ loginDomain: 'sign-in.localhost' }))).toEqual([
      '~ organization acme.test: loginDomain "acme.localhost" -> "sign-in.localhost"',
    ])
    expect(await diff(acme({ loginDomain: null }))).toEqual([
      '~ organization acme.test: loginDomain "sign-in.localhost" -> none',
    ])
    expect(await diff(acme({ loginDomain: null }))).toEqual([])
    expect((await events()).filter(({ type }) => type === 'organization.changed').slice(-2)).toMatchObject([
      { data: { changed: ['loginDomain'] } },
      { data: { changed: ['loginDomain'] } },
    ])
  })

  test('belongs to one organization', async () => {
    const { diff, faults } = await instance()
    await diff(atAcme)
    expect(await faults({ organizations: [{ ...other, loginDomain: 'acme.localhost' }] })).toEqual([
      'organizations[0].loginDomain is the login domain of another organization.',
    ])
    expect(
      await faults({
        organizations: [
          ...acme({ loginDomain: 'x.localhost' }).organizations,
          { ...other, loginDomain: 'x.localhost' },
        ],
      }),
    ).toEqual(['organizations[1].loginDomain is the same as organizations[0].loginDomain.'])
  })

  test.each(['localhost', 'login.acme.example', '127.0.0.1'])(
    'is never %s beside http://localhost:3000',
    async (domain) => {
      const { faults } = await instance()
      expect(await faults(acme({ loginDomain: domain }))).toEqual([
        'organizations[0].loginDomain must be a name that ends in .localhost, as PUBLIC_URL is http, and not the one of PUBLIC_URL.',
      ])
    },
  )

  test.each(['Acme.localhost', 'acme.localhost:3000', 'acme.localhost.', 'http://acme.localhost', ''])(
    'is written as a host name, and never as %s',
    async (loginDomain) => {
      const { faults } = await instance()
      expect(await faults(acme({ loginDomain }))).toEqual([
        expect.stringMatching(/^organizations\[0\]\.loginDomain must (be a domain in lower case|not be empty)/),
      ])
    },
  )
})

describe('a policy', () => {
  test('is owned whole: what is left out has its default', async () => {
    const { diff } = await instance()
    await diff(
      acme({ branding: { brand: '#336699', corners: 'round' }, policies: { login: { passwordCheckLifetime: 60 } } }),
    )
    expect(await diff(acme({ branding: { brand: '#336699' }, policies: { login: {} } }))).toEqual([
      '~ branding of acme.test: corners "round" -> "soft"',
      '~ login policy of acme.test: passwordCheckLifetime 60 -> 864000',
    ])
  })

  test('that is written as it is by default is the own one of its owner from then on', async () => {
    const { diff } = await instance()
    await diff(acme())
    expect(await diff(acme({ policies: { links: {} } }))).toEqual(['+ links of acme.test'])
    expect(await diff(acme({ policies: { links: {} } }))).toEqual([])
  })

  test('that the row knows in part has its default for the rest', async () => {
    const { diff, deps } = await instance()
    await diff(acme({ branding: {} }))
    await deps.db.query.update(deps.db.tables.policies).set({ value: { brand: '#1c5c50' } })
    expect(await diff(acme({ branding: {} }))).toEqual([])
  })
})
