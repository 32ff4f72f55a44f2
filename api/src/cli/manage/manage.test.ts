import { describe, expect, test } from 'vitest'
import { openSqlite } from '../../persistence/open-sqlite.ts'
import { createInstallation } from '../testing/terminal.ts'
import { MANAGE_COMMANDS } from './commands.ts'

const file = {
  organizations: [
    {
      primaryDomain: 'acme.test',
      name: 'Acme',
      users: [{ username: 'ada', email: 'ada@acme.test' }],
      applications: [{ clientId: 'ledger', name: 'Ledger', type: 'web' }],
      serviceUsers: [{ clientId: 'robot', name: 'Robot' }],
    },
    { primaryDomain: 'beta.test', name: 'Beta' },
  ],
}

async function installed() {
  const installation = createInstallation()
  await installation.type(['apply', installation.file(file)])
  const type = async (line: string) => {
    const { code, out, err } = await installation.type(line.split(' '))
    return { code, out, err }
  }
  const json = async <T>(line: string): Promise<T> => {
    const { code, out, err } = await type(`${line} --json`)
    expect([line, code, err]).toEqual([line, 0, ''])
    return JSON.parse(out) as T
  }
  const events = async () => {
    const db = openSqlite(`${installation.dataDir}/vestibule.db`)
    const rows = await db.query.select().from(db.tables.events)
    await db.close()
    return rows
  }
  return { type, json, events }
}

type Users = { users: { id: string; username: string | null; state: string }[] }

describe('people', () => {
  test('are listed, made, shown, shut out, let in and deleted, by the operator’s word', async () => {
    const { type, json, events } = await installed()
    expect((await type('user list')).out).toMatch(/^usr_\w+ {2}ada {2}ada@acme\.test {2}ada {2}active {2}\S+\n$/)
    const link = await type('user create bob@acme.test --given-name Bob --setup-link')
    expect(link.out.split('\n')[1]).toMatch(/\/setup#/)
    const bob = await json<{ id: string; displayName: string }>('user show bob@acme.test')
    expect(bob).toMatchObject({ displayName: 'Bob', state: 'active' })
    for (const [action, state] of [
      ['deactivate', 'deactivated'],
      ['reactivate', 'active'],
      ['lock', 'locked'],
    ] as const) {
      expect(await json(`user ${action} bob@acme.test`)).toMatchObject({ id: bob.id, state })
      expect((await json<Users>(`user list --state ${state}`)).users.map(({ id }) => id)).toContain(bob.id)
    }
    expect((await type('user delete bob@acme.test')).out).toBe('Done.\n')
    expect(await type('user show bob@acme.test')).toMatchObject({
      code: 2,
      err: 'vestibule: nobody is called bob@acme.test.\n',
    })
    const told = (await events()).filter(({ target }) => target === bob.id)
    expect(told.map(({ type: name, actor }) => [name, actor])).toEqual([
      ['user.created', null],
      ['user.deactivated', null],
      ['user.reactivated', null],
      ['user.locked', null],
      ['user.deleted', null],
    ])
  })

  test('come in pages, with where to go on', async () => {
    const { type, json } = await installed()
    for (const name of ['ben', 'cleo']) await type(`user create ${name}`)
    const seen: string[] = []
    let page = await type('user list --limit 1')
    for (; page.err !== ''; page = await type(`user list --limit 1 --after ${page.err.trim().split(' ').at(-1)}`))
      seen.push(page.out)
    expect(new Set([...seen, page.out]).size).toBe(3)
    expect((await json<Users>('user list --organization beta.test')).users).toEqual([])
    expect((await json<{ sessions: object[] }>('user sessions ada')).sessions).toEqual([])
    expect((await json<{ factors: object[] }>('user factors ada')).factors).toEqual([])
    expect((await type('user sign-out ada')).out).toBe('There was nothing to do.\n')
  })

  test.each([
    ['user create ada', 'username is taken.'],
    ['user list --state gone', '--state is one of active, locked, deactivated.'],
    ['user list --limit 0', '--limit is 1 to 100.'],
    ['user list --after nonsense', '--after is of another list.'],
    ['user list --organization nowhere.test', 'no organization is nowhere.test.'],
    ['user lock nobody', 'nobody is called nobody.'],
    ['user factor delete ada crd_0', 'that is not there.'],
    ['event list --since yesterday', '--since is a moment like 2026-01-31T12:00:00Z.'],
    ['service-user delete ledger', 'no service user is called ledger.'],
    ['application delete robot', 'no application is called robot.'],
    ['service-user key delete robot key_0', 'that is not there.'],
  ])('%s is refused: %s', async (line, sentence) => {
    const { type } = await installed()
    expect(await type(line)).toEqual({ code: 2, out: '', err: `vestibule: ${sentence}\n` })
  })
})

test('service users with their keys and tokens', async () => {
  const { type, json } = await installed()
  await type('service-user create loader --name Loader')
  const { serviceUsers } = await json<{ serviceUsers: { clientId: string }[] }>('service-user list')
  expect(serviceUsers.map(({ clientId }) => clientId).toSorted()).toEqual(['loader', 'robot'])
  await type('service-user key loader')
  await type('service-user token loader')
  const [key] = (await json<{ keys: { id: string }[] }>('service-user key list loader')).keys
  const [token] = (await json<{ tokens: { id: string }[] }>('service-user token list loader')).tokens
  expect((await type(`service-user key delete loader ${key?.id}`)).out).toBe('Done.\n')
  expect((await type(`service-user token delete loader ${token?.id}`)).out).toBe('Done.\n')
  expect((await json<{ keys: object[] }>('service-user key list loader')).keys).toEqual([])
  expect(await json('service-user deactivate loader')).toMatchObject({ state: 'deactivated' })
  expect(await json('service-user reactivate loader')).toMatchObject({ state: 'active' })
  expect((await type('service-user delete loader')).out).toBe('Done.\n')
})

test('organizations, applications and events', async () => {
  const { type, json } = await installed()
  await type('organization create gamma.test --name Gamma')
  const { organizations } = await json<{ organizations: { primaryDomain: string }[] }>('organization list')
  expect(organizations.map(({ primaryDomain }) => primaryDomain).toSorted()).toEqual([
    'acme.test',
    'beta.test',
    'gamma.test',
  ])
  expect(await json('organization deactivate gamma.test')).toMatchObject({ state: 'deactivated' })
  expect(await json('organization reactivate gamma.test')).toMatchObject({ state: 'active' })
  expect(await json('application list')).toMatchObject({ applications: [{ clientId: 'ledger', secrets: 1 }] })
  expect((await type('application secret ledger --keep-previous')).out).toMatch(/^[\w-]{43}\n$/)
  expect(await json('application show ledger')).toMatchObject({ secrets: 2 })
  expect((await type('application delete ledger')).out).toBe('Done.\n')
  expect(await json('event list --user ada')).toEqual({ events: [], next: null })
})

test('the help names every command', async () => {
  const { out } = await (await installed()).type('help')
  for (const name of Object.keys(MANAGE_COMMANDS)) {
    const [first = '', ...rest] = name.split(' ')
    expect([name, out.includes(first) && out.includes(rest.at(-1) ?? '')]).toEqual([name, true])
  }
})
