import { describe, expect, test } from 'vitest'
import { fingerprint } from './harness/database.ts'
import { type Answer, codeOf, json, send } from './harness/http.ts'
import { SERVICES } from './harness/machines.ts'
import { CONFIGURATION, passwordOf, person, secretOf, withA } from './harness/people.ts'
import { expectRefused, expectUnchanged } from './harness/refusal.ts'
import { openWorld } from './harness/world.ts'
import { ADM, type Call, MANAGE, ME, SETUP } from './paths.ts'

const MAIL_PASSWORD = 'canary-password-of-the-mail-server'
const managers = [
  person({ name: 'mgrA', roles: ['organization_owner'] }),
  person({ name: 'umA', roles: ['organization_user_manager'] }),
  person({ name: 'viewerA', roles: ['organization_viewer'] }),
]
const [organizationA] = CONFIGURATION.organizations
const world = await openWorld({
  env: { MAIL_URL: `smtps://mailer:${MAIL_PASSWORD}@mail.test`, MAIL_FROM: 'no-reply@a.test' },
  configuration: withA({
    ...SERVICES,
    applications: [...organizationA!.applications, ...SERVICES.applications],
    users: [...organizationA!.users, ...managers],
    projects: [{ id: 'ledgers', name: 'Ledgers', roles: ['clerk'] }],
  }),
})
const { rp } = world

const [orgA, orgB] = [await world.organization('a.test'), await world.organization('b.test')]
const [bob, carol] = [await world.person('bob'), await world.person('carol')]
const svcA = await world.idBy('select id from users where subject = ?', 'svc-a')

const at = world.atAccount

const NEXT_YEAR = new Date(Date.now() + 300 * 86_400_000).toISOString()
const post = (path: string, body: unknown = {}): Call => ({ method: 'POST', path, body })
const serviceUser = (organization: string, user: string) =>
  `/api/v1/organizations/${organization}/service-users/${user}`
const withoutId = ({ body }: Answer) => body.replace(/"requestId":"[^"]+"/, '')

test('N022 ENUM - a user manager hears the same of somebody elsewhere as of nobody', async () => {
  const browser = await at('umA')
  const nobody = `usr_${carol.slice(4).replace(/[0-9a-f]/g, (sign) => ((Number.parseInt(sign, 16) + 7) % 16).toString(16))}`
  for (const of of [
    (id: string) => MANAGE.user(orgA, id),
    (id: string) => MANAGE.act(orgA, id, 'deactivate'),
    (id: string) => MANAGE.setEmail(orgA, id, 'taken@evil.test'),
  ]) {
    const [there, nowhere] = [await browser.call(of(carol)), await browser.call(of(nobody))]
    expect([there.status, codeOf(there)]).toEqual([404, 'not_found'])
    expect(withoutId(there)).toBe(withoutId(nowhere))
  }
  for (const query of ['loginName=carol@b.test', 'email=carol@b.test', 'loginName=carol', 'email=nobody@b.test'])
    expect(json(await browser.get(`${MANAGE.users(orgA)}?${query}`)), query).toEqual({ users: [], next: null })

  const owner = await at('mgrA')
  const member = async (id: string) => owner.call(MANAGE.setRoles(orgA, id, ['organization_viewer']))
  const [there, nowhere] = [await member(carol), await member(nobody)]
  expect([there.status, codeOf(there)]).toEqual([404, 'not_found'])
  expect(withoutId(there)).toBe(withoutId(nowhere))
})

describe('N188 SVC - nobody makes a key, a secret or a token for another one', () => {
  const makes = (organization: string, user: string, more: object = {}): Call[] => [
    post(`${serviceUser(organization, user)}/keys`, more),
    post(`${serviceUser(organization, user)}/secret`, more),
    post(`${serviceUser(organization, user)}/tokens`, { name: 'x', scopes: ['openid'], expiresAt: NEXT_YEAR, ...more }),
  ]
  const credentials = async () => {
    const { machine_keys, access_tokens, applications } = await fingerprint(world.rows)
    return { machine_keys, access_tokens, applications }
  }

  test.each(['anonymous', 'bob', 'viewerA'])('%s', async (who) => {
    const browser = who === 'anonymous' ? world.browser() : await at(who)
    const before = await credentials()
    for (const call of [...makes(orgA, svcA), ...makes(orgA, bob), ...makes(orgB, svcA)])
      expectRefused(await browser.call(call), 'unauthenticated', 'forbidden', 'not_found')
    for (const path of ['/api/me/tokens', '/api/me/keys', '/api/tokens', '/api/v1/tokens', '/api/v1/keys'])
      for (const name of ['userId', 'user_id', 'user'])
        expectRefused(await browser.call(post(path, { [name]: svcA, name: 'x' })), 'not_found', 'unauthenticated')
    expect(await credentials()).toEqual(before)
  })

  test('and who may, makes them for the one in the address: a body that names another is refused', async () => {
    const browser = await at('mgrA')
    const before = await credentials()
    for (const name of ['userId', 'user_id', 'user', 'subject', 'serviceUser', 'organization']) {
      const calls = makes(orgA, svcA, { [name]: bob }).filter(({ path }) => !path.endsWith('/secret'))
      for (const call of calls) expectRefused(await browser.call(call), 'invalid_input')
    }
    for (const call of [...makes(orgA, bob), ...makes(orgA, carol), ...makes(orgB, svcA)])
      expectRefused(await browser.call(call), 'not_found')
    expect(await credentials()).toEqual(before)
    expect((await browser.call(makes(orgA, svcA)[0]!)).status).toBe(200)
  })
})

/** Every address that only reads, as the published document has it. */
async function everyRead(names: Record<string, string>): Promise<string[]> {
  const { paths } = json(await send(world.server, { path: '/api/openapi.json' }))
  const read = Object.keys(paths).filter((path) => path.startsWith('/api/v1/') && 'get' in paths[path])
  return read.flatMap((path) => {
    const kinds = path.includes('{kind}') ? ['branding', 'login', 'password', 'lockout', 'registration', 'links'] : ['']
    return kinds.map((kind) =>
      path.replace('{kind}', kind).replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? 'x'),
    )
  })
}

test('N190 SVC - whoever reads, viewer and owner, reads no secret again: of clients, service users, people and the server', async () => {
  const owner = await at('mgrA')
  const made = async (path: string, body: object = {}) => json(await owner.call(post(path, body)))
  const fresh = await made(`${serviceUser(orgA, svcA)}/keys`)
  const { secret } = await made(`${serviceUser(orgA, svcA)}/secret`)
  const { token } = await made(`${serviceUser(orgA, svcA)}/tokens`, {
    name: 'nightly',
    scopes: ['openid'],
    expiresAt: NEXT_YEAR,
  })
  const application = await world.idBy('select id from applications where client_id = ?', 'clientConf')
  const { secret: rotated } = await made(`/api/v1/organizations/${orgA}/applications/${application}/secret`)
  const shown = [secret, token, rotated, fresh.key].map((value) => JSON.stringify(value))
  for (const value of shown) expect(value).toMatch(/.{20}/)

  const stored = await world.rows(`select secret_hashes from applications`)
  const hashes = stored.flatMap((row) => JSON.parse(String(row.secret_hashes)) as string[])
  const sealed = await world.rows(`select private_key from signing_keys`)
  const forbidden = [
    ...shown.map((value) => value.slice(1, -1)),
    ...hashes,
    ...sealed.map((row) => String(row.private_key)),
    ...['clientConf', 'askerA'].map(secretOf),
    ...['bob', 'mgrA'].map(passwordOf),
    MAIL_PASSWORD,
  ]
  expect(hashes.length).toBeGreaterThan(5)
  const names = { organization: orgA, user: bob, serviceUser: svcA, application, project: 'ledgers' }
  const reads = await everyRead(names)
  expect(reads.length).toBeGreaterThan(20)
  let answered = 0
  for (const name of ['viewerA', 'mgrA', 'root']) {
    const browser = await at(name)
    for (const path of [...reads, rp.endpoints.JWKS, '/metrics', '/readyz']) {
      const { status, body } = await browser.get(path)
      answered += status === 200 ? 1 : 0
      for (const one of forbidden) expect(body.includes(one), `${path} says ${one.slice(0, 12)}...`).toBe(false)
      expect(body, path).not.toMatch(/argon2|PRIVATE KEY|"(?:d|p|q|dp|dq|qi|oth|k)":/)
    }
  }
  expect(answered).toBeGreaterThan(40)
})

test('N225 ORG - of another organization nothing is had by its id, and what is public was published', async () => {
  const browser = await at('mgrA')
  for (const kind of ['branding', 'links', 'languages', 'login'])
    expect(codeOf(await browser.call(ADM.policy(orgB, kind)))).toBe('not_found')
  for (const id of [
    orgB,
    carol,
    `${orgB}.webp`,
    `${carol}.webp`,
    `${'A'.repeat(43)}.webp`,
    '..%2fdata%2fmaster.key',
    '%00',
  ])
    for (const room of ['/avatars/', '/assets/', '/branding/', '/api/assets/', `/api/v1/organizations/${orgB}/assets/`])
      expect((await browser.get(room + id)).status, room + id).toBeGreaterThanOrEqual(400)
})

describe('N237 MGR - an account that is handed over comes with no role', () => {
  /** Dave, made by a user manager, with the link by which he sets his password. */
  async function invite(name: string, more: object = {}) {
    const browser = await at('umA')
    const wanted = { username: name, email: `${name}@d.test`, setupLink: true, ...more }
    const answer = await browser.call(post(MANAGE.users(orgA), wanted))
    const token = String(answer.body.match(/vl_[\w-]{43}/)?.[0])
    return { answer, token, id: answer.status === 200 ? String(json(answer).id) : '' }
  }
  const rolesOf = (id: string) => world.rows('select role from manager_roles where user_id = ?', id)

  test('a role is not sent along', async () => {
    for (const more of [{ roles: ['organization_owner'] }, { role: 'organization_owner' }, { isOwner: true }])
      expectRefused((await invite('dora', more)).answer, 'invalid_input')
  })

  test('who has the same address, unproven, is not the one who was meant', async () => {
    const { id, token } = await invite('dave')
    const owner = await at('mgrA')
    expect((await owner.call(MANAGE.setRoles(orgA, id, ['organization_owner']))).status).toBe(200)
    const mallory = await at('mallory')
    await mallory.call(ME.changeEmail('dave@d.test'))
    const users = `${MANAGE.users(orgA)}?limit=1`
    expectRefused(await mallory.get(users), 'not_found')
    // with a link that is not hers she sets his password, if anybody's, and stays who she is
    expect((await mallory.call(SETUP.set(token, 'canary lighthouse keeper 42'))).status).toBe(200)
    expectRefused(await mallory.get(users), 'not_found')
    expect(await rolesOf(await world.person('mallory'))).toEqual([])
  })

  test('a role that was taken back before is not there afterwards', async () => {
    const { id, token } = await invite('dirk')
    const owner = await at('mgrA')
    await owner.call(MANAGE.setRoles(orgA, id, ['organization_owner']))
    await owner.call(MANAGE.setRoles(orgA, id, []))
    expect((await world.browser().call(SETUP.set(token, 'canary lighthouse keeper 42'))).status).toBe(200)
    const browser = world.browser()
    await browser.signIn(await browser.open('/account'), 'dirk', 'canary lighthouse keeper 42')
    await browser.get('/account')
    expectRefused(await browser.get(MANAGE.users(orgA)), 'not_found')
  })

  test('a link that is over, or was used, opens nothing', async () => {
    const late = await invite('dina')
    await world.rows('update one_time_links set expires_at = 1 where user_id = ?', late.id)
    await expectUnchanged(world, async () =>
      expectRefused(await world.browser().call(SETUP.set(late.token, 'canary lighthouse keeper 42'))),
    )
    const used = await invite('dana')
    expect((await world.browser().call(SETUP.set(used.token, 'canary lighthouse keeper 42'))).status).toBe(200)
    expectRefused(await world.browser().call(SETUP.set(used.token, 'another lighthouse keeper 42')))
  })
})
