import { resolveQuickly } from './quick-resolve.ts'

resolveQuickly()
const { readSettings } = await import('./settings.ts')
const { openSqlite } = await import('./persistence/open-sqlite.ts')
const { migrationsOf } = await import('./persistence/migrate.ts')
const { assembleDeps } = await import('./adapters.ts')
const { createApp } = await import('./app.ts')
const { ensureSigningKeys } = await import('./use-cases/keys/rotate-keys.ts')
const { newId } = await import('./domain/ids.ts')
const { tokenHash } = await import('./crypto/token.ts')
const { DEFAULT_APPLICATION_SETTINGS } = await import('./domain/application.ts')
const pino = (await import('pino')).default

import { hash } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { Hono } from 'hono'

rmSync('/tmp/prof.db', { force: true })
rmSync('/tmp/prof.db-wal', { force: true })
rmSync('/tmp/prof.db-shm', { force: true })
const settings = readSettings({
  ARGON2_MEMORY_KIB: '8',
  ARGON2_PASSES: '1',
  DATA_DIR: '/tmp/profd',
  RATE_LIMIT_FACTOR: '1000000',
  LOG_LEVEL: 'warn',
})
let seen: string[] = []
const db = openSqlite('/tmp/prof.db', {
  synchronous: 'normal',
  ...(process.argv[3] ? { observe: (t: string) => seen.push(t) } : {}),
})
await db.migrate(migrationsOf('sqlite'))
const deps = assembleDeps({ settings, clock: { now: Date.now }, db, log: pino({ level: 'warn' }) })
await ensureSigningKeys(deps)
const source = { now: Date.now, randomBytes: deps.randomBytes }
const org = newId('org', source)
const usr = newId('usr', source)
const h = await deps.passwords.hash('password of bench')
await db.transaction(async (tx) => {
  await deps.repositories.organizations.create(tx, {
    id: org,
    name: 'A',
    primaryDomain: 'a.test',
    isDefault: true,
    createdAt: 1,
  })
  await deps.repositories.users.create(tx, {
    id: usr,
    organizationId: org,
    kind: 'human',
    subject: usr,
    displayName: 'Bob',
    profile: {},
    now: 1,
    identifiers: [
      { kind: 'username', value: 'bob', verifiedAt: null },
      { kind: 'email', value: 'bob@a.test', verifiedAt: 1 },
    ],
  })
  await deps.repositories.users.setPassword(tx, { id: newId('crd', source), userId: usr, hash: h, now: 1 })
})
await db.query.insert(db.tables.applications).values({
  id: newId('app', source),
  organizationId: org,
  name: 'L',
  type: 'web',
  clientId: 'l',
  secretHashes: [tokenHash('s')],
  redirectUris: ['https://rp.test/cb'],
  postLogoutRedirectUris: [],
  grantTypes: ['authorization_code', 'refresh_token'],
  settings: { ...DEFAULT_APPLICATION_SETTINGS, idTokenAlgorithm: 'ES256', consent: 'never' },
  createdAt: 1,
})
const app = createApp(deps, { web: new URL('../../web/dist/', import.meta.url) }) as unknown as Hono
const base = { host: 'localhost:3000' }
const verifier = 'v'.repeat(43)
const authz =
  '/oauth/v2/authorize?' +
  new URLSearchParams({
    client_id: 'l',
    redirect_uri: 'https://rp.test/cb',
    response_type: 'code',
    scope: 'openid offline_access',
    state: 'abc',
    nonce: 'n',
    code_challenge: hash('sha256', verifier, 'base64url'),
    code_challenge_method: 'S256',
  })
const J = { ...base, origin: 'http://localhost:3000', 'content-type': 'application/json' }
const F = {
  ...base,
  'content-type': 'application/x-www-form-urlencoded',
  authorization: 'Basic ' + Buffer.from('l:s').toString('base64'),
}
const token = async (form: object) =>
  (await (
    await app.request('/oauth/v2/token', {
      method: 'POST',
      headers: F,
      body: new URLSearchParams(form as never).toString(),
    })
  ).json()) as { access_token: string; refresh_token: string; id_token: string }
const codeOf = (to: string) => new URL(to).searchParams.get('code')!
const redeem = (code: string) =>
  token({ grant_type: 'authorization_code', code, redirect_uri: 'https://rp.test/cb', code_verifier: verifier })
let live = ''
async function login() {
  const r = await app.request(authz, { headers: base })
  const cookie = r.headers.getSetCookie()[0]!.split(';')[0]!
  const at = r.headers.get('location')!
  await (await app.request(at, { headers: { ...base, cookie } })).text()
  await (
    await app.request('/api' + at + '/identifier', {
      method: 'POST',
      headers: { ...J, cookie },
      body: JSON.stringify({ identifier: 'bob' }),
    })
  ).text()
  const p = await app.request('/api' + at + '/password', {
    method: 'POST',
    headers: { ...J, cookie },
    body: JSON.stringify({ password: 'password of bench' }),
  })
  if (p.status !== 200) console.log(p.status, await p.clone().text())
  live = p.headers.getSetCookie()[0]!.split(';')[0]!
  const { step } = (await p.json()) as { step: { redirect: { to: string } } }
  return redeem(codeOf(step.redirect.to))
}
async function sso() {
  const r = await app.request(authz, { headers: { ...base, cookie: live } })
  return redeem(codeOf(r.headers.get('location')!))
}
let last = await login()
if (process.argv[3]) {
  for (const f of [login, sso, () => token({ grant_type: 'refresh_token', refresh_token: last.refresh_token })]) {
    seen = []
    await f()
    console.log(f.name, seen.length)
    for (const t of seen) console.log('   ', t.replace(/^(select) .*? from/, '$1 … from').slice(0, 110))
  }
}
const ops: Record<string, () => Promise<unknown>> = {
  login,
  sso,
  refresh: async () => {
    last = await token({ grant_type: 'refresh_token', refresh_token: last.refresh_token })
    if (!last.id_token) throw new Error()
  },
  userinfo: async () => {
    const r = await app.request('/oidc/v1/userinfo', {
      headers: { ...base, authorization: 'Bearer ' + last.access_token },
    })
    const b = (await r.json()) as { sub: string }
    if (!b.sub) throw new Error()
  },
  discovery: async () => (await app.request('/.well-known/openid-configuration', { headers: base })).text(),
}
const only = process.argv[2]
for (const [name, op] of Object.entries(ops)) {
  if (only && only !== name) continue
  for (let i = 0; i < 200; i++) await op()
  const n = name === 'login' ? 1500 : 3000
  const c = process.cpuUsage()
  for (let i = 0; i < n; i++) await op()
  const u = process.cpuUsage(c)
  console.log(name.padEnd(12), ((u.user + u.system) / n / 1000).toFixed(3), 'ms cpu')
}
// WALSIZE
const S=(await import('better-sqlite3')).default
const raw=new S('/tmp/prof.db')
const { statSync } = await import('node:fs')
for (const [name, op] of Object.entries(ops)) { if (name==='userinfo'||name==='discovery') continue; raw.pragma('wal_checkpoint(TRUNCATE)'); for (let i=0;i<60;i++) await op(); console.log(name, 'frames per op', ((statSync('/tmp/prof.db-wal').size-32)/4120/60).toFixed(1)) }
await db.close()
process.exit()
