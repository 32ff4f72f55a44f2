import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { configurationJsonSchema, configurationSchema } from './configuration.ts'

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))

test('the published schema is the one of this version (else: node api/scripts/configuration-schema.ts)', () => {
  expect(read('../configuration.schema.json')).toEqual(configurationJsonSchema())
})

test('the demo is a configuration', () => {
  expect(configurationSchema.safeParse(read('../../examples/demo.json')).error).toBeUndefined()
})

const accepts = (organization: object) =>
  configurationSchema.safeParse({ organizations: [{ primaryDomain: 'acme.test', name: 'Acme', ...organization }] })
    .success
const acceptsApplication = (members: object) =>
  accepts({ applications: [{ clientId: 'ledger', name: 'Ledger', type: 'web', ...members }] })
const acceptsUser = (members: object) => accepts({ users: [{ username: 'ada', ...members }] })

test('a member nobody knows is refused, wherever it stands', () => {
  expect(accepts({})).toBe(true)
  expect(configurationSchema.safeParse({ x: 1 }).success).toBe(false)
  expect(configurationSchema.safeParse({ instance: { x: 1 } }).success).toBe(false)
  expect(accepts({ x: 1 })).toBe(false)
  expect(accepts({ policies: { x: {} } })).toBe(false)
  expect(accepts({ policies: { login: { x: 1 } } })).toBe(false)
  expect(accepts({ branding: { x: 1 } })).toBe(false)
  expect(acceptsApplication({ x: 1 })).toBe(false)
  expect(acceptsApplication({ settings: { x: 1 } })).toBe(false)
  expect(acceptsUser({ x: 1 })).toBe(false)
  expect(acceptsUser({ address: { x: 1 } })).toBe(false)
})

test('what is left out of an application stays unsaid, so that it can be left alone', () => {
  const file = {
    organizations: [
      { primaryDomain: 'a.test', name: 'A', applications: [{ clientId: 'led', name: 'L', type: 'spa', settings: {} }] },
    ],
  }
  const [organization] = configurationSchema.parse(file).organizations
  expect(organization?.applications).toEqual([{ clientId: 'led', name: 'L', type: 'spa', settings: {} }])
})

test.each(['acme.test', 'localhost', 'a-b.example', 'xn--bcher-kva.example'])('%s is a domain', (primaryDomain) => {
  expect(accepts({ primaryDomain })).toBe(true)
})

test.each([
  '',
  'Acme.test',
  'acme..test',
  '-acme.test',
  'acme.test.',
  'acme.test/x',
  'ä.test',
  'a\n.test',
  'acme.test\n',
])('%j is no domain', (primaryDomain) => {
  expect(accepts({ primaryDomain })).toBe(false)
})

describe('an application', () => {
  test.each([
    [{ clientId: 'ab' }, false],
    [{ clientId: 'a'.repeat(128) }, true],
    [{ clientId: 'a'.repeat(129) }, false],
    [{ clientId: 'with space' }, false],
    [{ secretSha256: ['p6O0aer5X7rBul5LUH85VlKt2zKZt0p--XuNp_lKxFk'] }, true],
    // the same bits, written another way, would never be found equal
    [{ secretSha256: ['p6O0aer5X7rBul5LUH85VlKt2zKZt0p--XuNp_lKxFl'] }, false],
    [{ secretSha256: [] }, false],
    [{ settings: { accessTokenLifetime: 43_200 } }, true],
    [{ settings: { accessTokenLifetime: 43_201 } }, false],
    [{ settings: { idTokenLifetime: 43_201 } }, false],
    [{ settings: { clockSkew: 6 } }, false],
    [{ settings: { termsUri: 'https://acme.test/terms' } }, true],
    [{ settings: { termsUri: 'http://acme.test/terms' } }, false],
    [{ settings: { termsUri: null } }, true],
    [{ settings: { additionalOrigins: ['https://acme.test'] } }, true],
    [{ settings: { additionalOrigins: ['https://acme.test/'] } }, false],
    [{ settings: { additionalOrigins: ['javascript:alert(1)'] } }, false],
    [{ settings: { additionalOrigins: ['null'] } }, false],
  ])('%j: %s', (members, isAccepted) => {
    expect(acceptsApplication(members)).toBe(isAccepted)
  })
})

const phc = (memory: number, passes: number) =>
  `$argon2id$v=19$m=${memory},t=${passes},p=1$c29tZXNhbHRzb21l$${'a'.repeat(43)}`

describe('a person', () => {
  test.each([
    [{ email: 'ada@acme.test' }, true],
    [{ email: 'ada' }, false],
    [{ email: 'ada@acme.test\n' }, false],
    [{ phone: '+49 (30) 123-456' }, true],
    [{ phone: '030 123456' }, false],
    [{ username: 'two words' }, false],
    [{ username: 'nul\u0000' }, false],
    [{ subject: 'imported 1' }, false],
    [{ picture: 'https://acme.test/ada.png' }, true],
    [{ picture: 'javascript:alert(1)' }, false],
    [{ website: 'https://acme.test/\u0000' }, false],
    [{ birthdate: '1815-12-10' }, true],
    [{ birthdate: '0000-12-10' }, true],
    [{ birthdate: '1815-13-10' }, false],
    [{ locale: 'pt-BR' }, true],
    [{ roles: ['instance_owner'] }, true],
    [{ roles: ['root'] }, false],
    [{ passwordHash: phc(19_456, 2) }, true],
    [{ passwordHash: phc(1_048_577, 2) }, false],
    [{ passwordHash: phc(19_456, 21) }, false],
    [{ passwordHash: phc(19_456, 2).replace('argon2id', 'argon2i') }, true],
    [{ passwordHash: '{MD5}5f4dcc3b5aa765d61d8327deb882cf99' }, true],
    [{ passwordHash: '' }, false],
    [{ passwordHash: '$2b$12$abcdefghijklmnopqrstuv' }, false],
    [{ password: 'its rules are a policy' }, true],
    [{ password: '' }, false],
    [{ password: 'x'.repeat(1025) }, false],
    [{ passwordMustChange: true }, true],
  ])('%j: %s', (members, isAccepted) => {
    expect(acceptsUser(members)).toBe(isAccepted)
  })
})
