import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../../persistence/testing/databases.ts'
import { deleteAccounts } from '../deletion/delete-accounts.ts'
import { acme, createInstance } from './testing/instance.ts'

const FULL = {
  instance: { policies: { login: { passwordCheckLifetime: 3600 } } },
  organizations: [
    {
      primaryDomain: 'acme.test',
      name: 'Acme',
      domains: ['acme.example'],
      branding: { brand: '#336699' },
      policies: { links: { help: 'https://acme.test/help' } },
      applications: [
        { clientId: 'ledger', name: 'Ledger', type: 'web', redirectUris: ['https://ledger.test/callback'] },
      ],
      users: [
        {
          username: 'ada',
          email: 'Ada@Acme.test',
          emailVerified: true,
          givenName: 'Ada',
          password: 'analytical engine',
        },
      ],
    },
    { primaryDomain: 'kruste.test', name: 'Kruste & Krume', default: true },
  ],
}

const LINES = [
  '+ login policy of the instance',
  '+ organization acme.test "Acme"',
  '+ domain acme.example of acme.test',
  '+ branding of acme.test',
  '+ links of acme.test',
  '+ application ledger (web) in acme.test, with a new secret',
  '+ user ada in acme.test, with a first password',
  '+ organization kruste.test "Kruste & Krume"',
  '~ default organization: none -> kruste.test',
]

describeOnEveryDatabase('applying a configuration', (open) => {
  test('makes what it names, and the second time there is nothing to do', async () => {
    const { apply, user, application, everything } = createInstance(await open())
    expect((await apply(FULL)).diff).toEqual(LINES)
    expect(await user('ada')).toMatchObject({
      displayName: 'Ada',
      state: 'active',
      hasPassword: true,
      profile: { givenName: 'Ada' },
      identifiers: expect.arrayContaining([{ kind: 'email', value: 'ada@acme.test', isVerified: true }]),
    })
    expect(await application('ledger')).toMatchObject({ type: 'web', grantTypes: ['authorization_code'] })
    const before = await everything()
    expect(await apply(FULL)).toEqual({ diff: [], secrets: [] })
    expect(await everything()).toBe(before)
  })

  test('computes the same in a dry run, and changes nothing', async () => {
    const { apply, everything } = createInstance(await open())
    const before = await everything()
    expect(await apply(FULL, true)).toEqual({ diff: LINES, secrets: [] })
    expect(await everything()).toBe(before)
    expect((await apply(FULL)).diff).toEqual(LINES)
  })

  test('refuses a bad file as a whole, whatever stands before the fault', async () => {
    const { apply, faults, everything } = createInstance(await open())
    await apply(acme())
    const before = await everything()
    const other = { primaryDomain: 'other.test', name: 'Other', domains: ['acme.test'] }
    expect(await faults({ organizations: [{ primaryDomain: 'new.test', name: 'New' }, other] })).toEqual([
      'organizations[1].domains[0] belongs to another organization.',
    ])
    expect(await everything()).toBe(before)
  })

  test('leaves alone what it does not name', async () => {
    const { apply, everything } = createInstance(await open())
    await apply(FULL)
    const before = await everything('applications', 'users', 'identifiers', 'policies', 'organizationDomains')
    expect((await apply(acme({ name: 'Acme Corp' }))).diff).toEqual([
      '~ organization acme.test: name "Acme" -> "Acme Corp"',
    ])
    expect((await apply({})).diff).toEqual([])
    expect(await everything('applications', 'users', 'identifiers', 'policies', 'organizationDomains')).toBe(before)
  })

  test('writes an event for each change, without a secret in it', async () => {
    const { apply, events } = createInstance(await open())
    await apply(FULL)
    await apply(acme({ users: [{ username: 'ada', state: 'locked' }] }))
    const all = await events()
    expect(all.map(({ type }) => type).toSorted()).toEqual([
      'application.created',
      'organization.changed',
      'organization.changed',
      'organization.created',
      'organization.created',
      'policy.changed',
      'policy.changed',
      'policy.changed',
      'user.created',
      'user.locked',
      'user.password_set',
    ])
    expect(all).toContainEqual({ type: 'user.locked', data: {} })
    expect(JSON.stringify(all)).not.toMatch(/engine|argon2|ada|[\w-]{43}/)
  })

  test('two at once make it once', async () => {
    const { apply } = createInstance(await open())
    const both = await Promise.all([apply(FULL), apply(FULL)])
    expect(both.flatMap(({ diff }) => diff)).toEqual(LINES)
    expect(both.flatMap(({ secrets }) => secrets)).toHaveLength(1)
  })

  test('who was deleted can be made again, with another subject only', async () => {
    const { apply, faults, user, deps, clock } = createInstance(await open())
    const file = (subject: string) => acme({ users: [{ username: 'ada', subject }] })
    await apply(file('imported'))
    const { id } = await user('ada')
    await deps.db.transaction((tx) => deps.repositories.departures.plan(tx, id, clock.now()))
    expect(await deleteAccounts(deps)).toBe(1)
    expect(await faults(file('imported'))).toEqual([
      'organizations[0].users[0].subject belonged to an account that was deleted.',
    ])
    await apply(file('another'))
    expect((await user('ada')).subject).toBe('another')
  })
})
