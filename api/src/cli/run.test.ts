import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openSqlite } from '../persistence/open-sqlite.ts'
import { createInstallation } from './testing/terminal.ts'
import { USAGE } from './usage.ts'

const file = { organizations: [{ primaryDomain: 'acme.test', name: 'Acme', users: [{ username: 'ada' }] }] }

test.each([[['help']], [['--help']], [[]], [['apply', '--help']]])('%j explains the commands', async (args) => {
  expect(await createInstallation().type(args)).toEqual({ code: 0, out: `${USAGE}\n`, err: '' })
})

test.each([
  [['fly'], 'there is no command fly.'],
  [['user'], 'there is no command user.'],
  [['keys', 'forget'], 'there is no command keys forget.'],
  [['apply'], 'apply takes one thing after it.'],
  [['migrate', 'now'], 'migrate takes nothing after it.'],
  [['migrate', '--dry-run'], 'migrate knows no --dry-run.'],
  [['doctor', '--organization', 'acme.test'], 'doctor knows no --organization.'],
  [['constructor'], 'there is no command constructor.'],
])('%j is not understood', async (args, sentence) => {
  const { code, out, err } = await createInstallation().type(args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err.split('\n')[0]).toBe(`vestibule: ${sentence}`)
})

test('an unknown option is not understood', async () => {
  const { code, err } = await createInstallation().type(['apply', 'file', '--force'])
  expect(code).toBe(2)
  expect(err).toContain('--force')
})

describe('apply', () => {
  const lines = [
    '+ organization acme.test "Acme"',
    '+ user ada in acme.test',
    '~ default organization: none -> acme.test',
  ]

  test('prints the difference, before and when it is made, and that there is none', async () => {
    const { type, file: write } = createInstallation()
    const path = write(file)
    const dry = await type(['apply', path, '--dry-run'])
    expect(dry.out.split('\n')).toEqual([...lines, '3 changes to make. This was a dry run: nothing was changed.', ''])
    expect((await type(['apply', path])).out.split('\n')).toEqual([...lines, '3 changes made.', ''])
    expect(await type(['apply', path])).toEqual({ code: 0, out: 'No change.\n', err: '' })
  })

  test('refuses a bad file with the path of the fault before anything is opened', async () => {
    const { type, file: write, dataDir } = createInstallation()
    expect(await type(['apply', write({ organizations: [{ primaryDomain: 'acme.test' }] })])).toEqual({
      code: 2,
      out: '',
      err: 'Refused, and nothing was changed:\norganizations[0].name is missing.\n',
    })
    expect(existsSync(dataDir)).toBe(false)
  })

  test('refuses what contradicts the instance', async () => {
    const { type, file: write } = createInstallation()
    await type(['apply', write(file)])
    const other = { organizations: [{ primaryDomain: 'other.test', name: 'Other', domains: ['acme.test'] }] }
    expect(await type(['apply', write(other)])).toEqual({
      code: 2,
      out: '',
      err: 'Refused, and nothing was changed:\norganizations[0].domains[0] belongs to another organization.\n',
    })
  })

  test('shows the secret of a new application once', async () => {
    const { type, file: write } = createInstallation()
    const [acme] = file.organizations
    const path = write({
      organizations: [{ ...acme, applications: [{ clientId: 'ledger', name: 'Ledger', type: 'web' }] }],
    })
    expect((await type(['apply', path])).out).toMatch(/^The secret of ledger\..*\n {2}[\w-]{43}\n/m)
    expect((await type(['apply', path])).out).toBe('No change.\n')
  })

  test('says which file it can not read', async () => {
    expect(await createInstallation().type(['apply', '/nowhere.json'])).toEqual({
      code: 2,
      out: '',
      err: 'vestibule: /nowhere.json can not be read: ENOENT.\n',
    })
  })
})

test('migrate names what it applies', async () => {
  const { type } = createInstallation()
  expect((await type(['migrate'])).out).toMatch(/^\+ migration 0000_\w+\n(\+ .*\n)*The database is up to date now\.\n$/)
  expect(await type(['migrate'])).toEqual({ code: 0, out: 'The database is up to date.\n', err: '' })
})

describe('keys rotate', () => {
  const keysOf = async (dataDir: string) => {
    const db = openSqlite(`${dataDir}/vestibule.db`)
    const rows = await db.query.select().from(db.tables.signingKeys)
    await db.close()
    return rows
  }

  test('makes a key of each algorithm for later, and one for now where there was none', async () => {
    const { type, dataDir, clock } = createInstallation()
    const { code, out } = await type(['keys', 'rotate'])
    expect(code).toBe(0)
    expect(out).toMatch(/^(\+ (RS256|ES256|EdDSA) +[\w-]{43} signs from 2026-06-01T00:10:03\.000Z\n){3}$/)
    const rows = await keysOf(dataDir)
    expect(rows.map(({ usedFrom }) => usedFrom - clock.at).toSorted((a, b) => a - b)).toEqual([
      0, 0, 0, 603_000, 603_000, 603_000,
    ])
  })

  test('makes none under another master key', async () => {
    const { type, env, dataDir } = createInstallation()
    await type(['keys', 'rotate'])
    env.MASTER_KEY = Buffer.from('another key, which is long enough, but another').toString('base64url')
    const { code, err } = await type(['keys', 'rotate'])
    expect(code).toBe(2)
    expect(err).toContain('The master key does not open the stored signing keys')
    expect(await keysOf(dataDir)).toHaveLength(6)
  })
})

describe('user set-password', () => {
  const installed = async () => {
    const installation = createInstallation()
    await installation.type(['apply', installation.file(file)])
    return installation
  }

  test('reads it from standard input', async () => {
    const { type } = await installed()
    const { code, out } = await type(
      ['user', 'set-password', 'ada', '--organization', 'acme.test'],
      'a long password\n',
    )
    expect(code).toBe(0)
    expect(out).toMatch(/^The password of ada is set\./)
  })

  test.each([
    [['ada'], 'too short\n', 'vestibule: the password must have at least 12 characters.\n'],
    [['ada'], '', 'vestibule: the password must have at least 12 characters.\n'],
    [['ada'], 'password1234', 'vestibule: the password must not be a common password.\n'],
    [['ada'], 'one line is right\ntwo are not\n', 'vestibule: standard input must hold the password in one line.\n'],
    [['eve'], 'a long password', 'vestibule: nobody is called eve.\n'],
    [['ada', '--organization', 'other.test'], 'a long password', 'vestibule: nobody is called ada in other.test.\n'],
  ])('%j with %j is refused', async (args, input, err) => {
    const { type } = await installed()
    expect(await type(['user', 'set-password', ...args], input)).toEqual({ code: 2, out: '', err })
  })
})

describe('user unlock', () => {
  const users = [{ username: 'ada', state: 'locked' }, { username: 'ben' }]
  const installed = async () => {
    const installation = createInstallation()
    await installation.type(['apply', installation.file({ organizations: [{ ...file.organizations[0], users }] })])
    return installation
  }

  test('opens an account once', async () => {
    const { type } = await installed()
    expect(await type(['user', 'unlock', 'ada'])).toEqual({ code: 0, out: 'ada is unlocked.\n', err: '' })
    expect(await type(['user', 'unlock', 'ada'])).toEqual({ code: 0, out: 'ada was not locked.\n', err: '' })
    expect((await type(['user', 'unlock', 'ben'])).out).toBe('ben was not locked.\n')
  })

  test.each([
    [['eve'], 'nobody is called eve.'],
    [['ada', '--organization', 'other.test'], 'nobody is called ada in other.test.'],
  ])('%j is refused', async (args, sentence) => {
    const { type } = await installed()
    expect(await type(['user', 'unlock', ...args])).toEqual({ code: 2, out: '', err: `vestibule: ${sentence}\n` })
  })
})

test.each([
  [{ PUBLIC_URL: 'http://login.example.com' }, 'PUBLIC_URL must be https'],
  [{ MASTER_KEY: 'short' }, 'MASTER_KEY needs 32 random bytes'],
])('bad settings (%j) are said in one sentence', async (bad, sentence) => {
  const { type, env, file: write } = createInstallation()
  Object.assign(env, bad)
  const { code, err } = await type(['apply', write(file)])
  expect(code).toBe(2)
  expect(err).toContain(sentence)
})
