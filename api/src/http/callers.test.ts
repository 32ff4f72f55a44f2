import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { routesWhere } from '../testing/routes.ts'
import { createScene, type Scene } from '../testing/scene.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'
import type { Access } from './access.ts'

const json = { 'content-type': 'application/json', origin: ISSUER }

/** Has the shape of one. */
const NO_PASSKEY = {
  id: 'AA',
  rawId: 'AA',
  type: 'public-key',
  response: { clientDataJSON: 'AA', attestationObject: 'AA' },
}

const NO_ASSERTION = { ...NO_PASSKEY, response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' } }

/** What the routes of the account take; the others take nothing. */
const bodiesOf = ({ ledger }: Scene): Record<string, object> => ({
  '/api/me/password': { currentPassword: PASSWORD, newPassword: 'seven quiet lanterns' },
  '/api/me/applications/revoke': { application: ledger.id },
  '/api/me/deletion': { loginName: 'bob@acme.test' },
  '/api/me/profile': { version: Date.UTC(2026, 0, 1), nickname: 'bobby' },
  '/api/me/sessions/end': { session: 'others' },
  '/api/me/email/code': { code: '123456' },
  '/api/me/phone/code': { code: '123456' },
  '/api/me/email': { value: 'bob@elsewhere.test' },
  '/api/me/phone': { value: '+49 30 901820' },
  '/api/me/username': { username: 'bobby' },
  '/api/me/passkeys': { credential: NO_PASSKEY },
  '/api/me/passkeys/rename': { id: 'cred_unknown', label: 'Phone' },
  '/api/me/passkeys/remove': { id: 'cred_unknown' },
  '/api/me/factors/totp-code': { code: '123456' },
  '/api/me/factors/code-send': { method: 'email_code' },
  '/api/me/factors/code': { method: 'email_code', code: '123456' },
  '/api/me/security-keys': { credential: NO_PASSKEY },
  '/api/me/factors/rename': { id: 'crd_unknown', label: 'Phone' },
  '/api/me/factors/remove': { id: 'crd_unknown' },
  '/api/me/trusted-devices/remove': { id: 'tru_unknown' },
  '/api/me/recovery-codes/try': { code: 'AAAA-AAAA-AAAA-AAAA' },
  '/api/me/switch': { session: null },
  '/api/me/step-up': { returnTo: 'profile' },
})

test.each(routesWhere(({ caller }) => caller === 'account'))(
  '$key: 401 for nobody, and for who only said a name',
  async ({ method, path }) => {
    const scene = await createScene()
    const { browser, world } = scene
    const body = bodiesOf(scene)[path] ?? {}
    const headers = path === '/api/me/avatar' ? { ...json, 'content-type': 'image/png' } : json
    const init = method === 'GET' ? { method } : { method, headers, body: JSON.stringify(body) }
    await expectProblem(await browser.send(path, init), 401, 'unauthenticated')

    const identified = world.browser()
    const request = await identified.open(authorizePath('ledger'))
    await identified.post(`/api/login/${request}/identifier`, { identifier: 'bob@acme.test' })
    await expectProblem(await identified.send(path, init), 401, 'unauthenticated')

    // a session for an application shows no account pages
    await browser.signIn(await browser.open(authorizePath('ledger')), 'bob@acme.test', PASSWORD)
    await expectProblem(await browser.send(path, init), 401, 'unauthenticated')

    const owner = world.browser()
    await owner.signIn(await owner.open('/account'), 'bob@acme.test', PASSWORD)
    // whoever may call it gets an answer, if not always what they asked for: see answers.test.ts
    expect([401, 403]).not.toContain((await owner.send(path, init)).status)
  },
)

test.each(routesWhere(({ caller, assurance }) => caller === 'account' && assurance.maxAge !== null))(
  'N067 $key: a proof older than five minutes is asked for again, and nothing happens before',
  async ({ method, path, access }) => {
    const scene = await createScene()
    const { browser, clock, deps } = scene
    await browser.signIn(await browser.open('/account'), 'bob@acme.test', PASSWORD)
    clock.advance(access.assurance.maxAge!)
    const rows = async () =>
      JSON.stringify([await scene.events(), await deps.db.query.select().from(deps.db.tables.users)])
    const before = await rows()
    const init = { method, headers: json, body: JSON.stringify(bodiesOf(scene)[path] ?? {}) }
    await expectProblem(await browser.send(path, init), 401, 'reauth_required')
    expect(await rows()).toBe(before)

    const { redirect } = (await (await browser.post('/api/me/step-up', { returnTo: 'email' })).json()) as {
      redirect: string
    }
    await browser.post(`/api/${redirect.slice(1)}/password`, { password: PASSWORD })
    expect((await browser.send(path, init)).status).not.toBe(401)
  },
)

const isOwn = ({ caller }: Access) => caller === 'account' || caller === 'manager'

test.each(routesWhere((access) => isOwn(access) && !access.duringGrace))(
  '$key: closed while the account is about to go, and open again when it stays',
  async ({ method, path }) => {
    const scene = await createScene()
    const { browser, deps, userId } = scene
    await browser.signIn(await browser.open('/account'), 'bob@acme.test', PASSWORD)
    const headers = path === '/api/me/avatar' ? { ...json, 'content-type': 'image/png' } : json
    const body = JSON.stringify(bodiesOf(scene)[path] ?? {})
    const send = () => browser.send(path, method === 'GET' ? { method } : { method, headers, body })
    await deps.db.transaction((tx) => deps.repositories.departures.plan(tx, userId, deps.clock.now() + 1000))
    await expectProblem(await send(), 409, 'deletion_planned')
    await browser.post('/api/me/deletion/undo', {})
    expect((await jsonOf<{ code?: string }>(await send())).code).not.toBe('deletion_planned')
  },
)

test.each(routesWhere(({ caller }) => caller === 'manager'))(
  '$key: 401 for nobody, and nothing for somebody without a role',
  async ({ access, method, path }) => {
    const { browser, world } = await createScene()
    const init = method === 'GET' ? { method } : { method, headers: json, body: '{}' }
    await expectProblem(await browser.send(path, init), 401, 'unauthenticated')

    const owner = world.browser()
    await owner.signIn(await owner.open('/account'), 'bob@acme.test', PASSWORD)
    const isOfInstance = access.needs?.on === 'instance'
    const [status, code] = isOfInstance ? ([403, 'forbidden'] as const) : ([404, 'not_found'] as const)
    await expectProblem(await owner.send(path, init), status, code)
    const own = path.replace('org_unknown', world.acme)
    await expectProblem(await owner.send(own, init), status, code)
  },
)

const BODIES = [
  { credential: NO_ASSERTION },
  { credential: NO_PASSKEY },
  {},
  { identifier: 'x' },
  { password: 'x' },
  { session: 'ses_x' },
  { allow: true },
  { code: '123456' },
  { token: 'x' },
  { newPassword: 'x' },
  { method: 'email_code' },
  { method: 'email_code', code: '123456' },
]

test.each(
  routesWhere(({ caller, write }) => caller === 'browser' && write === 'own_origin').filter(({ path }) =>
    path.includes('req_unknown'),
  ),
)('$key: an unknown browser finds nothing', async ({ path }) => {
  const { browser } = await createScene()
  const responses = await Promise.all(BODIES.map((body) => browser.post(path, body)))
  // one of them is what the route takes, the others are refused for their form
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([400, 404]))
})

test.each([
  ['/metrics', '127.0.0.1', 200],
  ['/metrics', '::1', 200],
  ['/metrics', '::ffff:127.0.0.1', 200],
  ['/metrics', '203.0.113.7', 404],
])('%s for %s: %i', async (path, address, status) => {
  const { world } = await createScene()
  expect((await world.browser(address).get(path)).status).toBe(status)
})

test('with METRICS_TOKEN only who shows it sees figures, from anywhere', async () => {
  const { world } = await createScene({ env: { METRICS_TOKEN: 'a token of sixteen' } })
  const there = world.browser('203.0.113.7')
  expect((await there.get('/metrics', { authorization: 'Bearer a token of sixteen' })).status).toBe(200)
  expect((await there.get('/metrics', { authorization: 'Bearer a token of sixteeN' })).status).toBe(404)
  expect((await world.browser('127.0.0.1').get('/metrics')).status).toBe(404)
})

test('behind a proxy this machine is not the operator', async () => {
  const { world } = await createScene({ env: { TRUSTED_PROXY_HOPS: '1' } })
  expect((await world.browser('127.0.0.1').get('/metrics')).status).toBe(404)
})
