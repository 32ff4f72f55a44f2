import { defaultPolicy, POLICY_KINDS } from '@vestibule/shared/policies.ts'
import type { Role } from '@vestibule/shared/roles.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import type { Browser } from '../testing/browser.ts'
import { guess, guessOften } from '../testing/guesses.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'

/** Bob of acme.test manages, ann is a member; carol is of another organization. Bob sits at his account pages. */
async function managing(...roles: Role[]) {
  const scene = await createScene()
  const { world, browser, userId } = scene
  const other = await world.addOrganization('other.test')
  const carol = await world.addUser('carol', { organization: other, email: 'carol@other.test' })
  const ann = await world.addUser('ann')
  for (const role of roles) await world.grant(userId, role)
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  return { ...scene, other, carol, ann, send: sender(browser) }
}

const sender =
  (browser: Browser) =>
  (method: string, path: string, body?: object): Promise<Response> => {
    const headers = { 'content-type': 'application/json', origin: ISSUER }
    return browser.send(path, method === 'GET' ? { method } : { method, headers, body: JSON.stringify(body ?? {}) })
  }

describe('a policy', () => {
  const path = (organization: string, kind = 'lockout') => `/api/v1/organizations/${organization}/policies/${kind}`
  const INSTANCE = '/api/v1/instance/policies/lockout'
  const DEFAULT = defaultPolicy('lockout')

  test('is the product’s, the instance’s or the organization’s own, and goes back the same way', async () => {
    const { acme, send } = await managing('instance_owner')
    const here = async () => jsonOf(await send('GET', path(acme)))
    expect(await here()).toEqual({ value: DEFAULT, source: 'default' })
    const instances = { value: { ...DEFAULT, maxFailures: 5 }, source: 'instance' }
    expect(await jsonOf(await send('PUT', INSTANCE, { maxFailures: 5 }))).toEqual(instances)
    expect(await here()).toEqual(instances)
    const own = { value: { ...DEFAULT, firstLock: 60 }, source: 'organization' }
    expect(await jsonOf(await send('PUT', path(acme), { firstLock: 60 }))).toEqual(own)
    expect(await here()).toEqual(own)
    expect(await jsonOf(await send('DELETE', path(acme)))).toEqual(instances)
    expect(await jsonOf(await send('DELETE', INSTANCE))).toEqual({ value: DEFAULT, source: 'default' })
  })

  test.each(POLICY_KINDS)('%s can be read, set and given back', async (kind) => {
    const { acme, send } = await managing('organization_owner')
    const { value, source } = (await jsonOf(await send('GET', path(acme, kind)))) as { value: object; source: string }
    const set = await send('PUT', path(acme, kind), value)
    expect([set.status, await jsonOf(set)]).toEqual([200, { value: expect.anything(), source: 'organization' }])
    expect(await jsonOf(await send('DELETE', path(acme, kind)))).toMatchObject({ source })
  })

  test.each([
    ['passwords', {}, 404, 'not_found'],
    ['__proto__', {}, 404, 'not_found'],
    ['lockout', { maxFailures: -1 }, 400, 'invalid_input'],
    ['lockout', { maxFailures: '5' }, 400, 'invalid_input'],
    ['lockout', { maxFailure: 5 }, 400, 'invalid_input'],
    ['login', { identifiers: [] }, 400, 'invalid_input'],
    ['links', { help: 'javascript:alert(1)' }, 400, 'invalid_input'],
    ['branding', { brand: 'red;}' }, 400, 'invalid_input'],
  ])('%s: %j is refused with %i, and nothing changes', async (kind, body, status, code) => {
    const { acme, send, deps } = await managing('organization_owner')
    const stored = () => deps.db.query.select().from(deps.db.tables.policies)
    const before = await stored()
    await expectProblem(await send('PUT', path(acme, kind), body), status, code)
    expect(await stored()).toEqual(before)
  })

  test('says which member was wrong', async () => {
    const { acme, send } = await managing('organization_owner')
    const refused = await jsonOf(await send('PUT', path(acme), { firstLock: 1, growth: 99 }))
    expect(refused).toMatchObject({ fields: { firstLock: ['too_short'], growth: ['too_long'] } })
  })

  test('leaves an event with who changed what, and none when nothing changed', async () => {
    const { acme, send, events, userId } = await managing('organization_owner')
    await send('PUT', path(acme), { maxFailures: 5 })
    await send('PUT', path(acme), { maxFailures: 5 })
    await send('DELETE', path(acme))
    await send('DELETE', path(acme))
    const changes = (await events()).filter(({ type }) => type === 'policy.changed')
    expect(changes.map(({ actor, target, organizationId, data }) => ({ actor, target, organizationId, data }))).toEqual(
      [
        {
          actor: userId,
          target: acme,
          organizationId: acme,
          data: { policy: 'lockout', changed: ['maxFailures'], source: 'organization' },
        },
        {
          actor: userId,
          target: acme,
          organizationId: acme,
          data: { policy: 'lockout', changed: ['maxFailures'], source: 'default' },
        },
      ],
    )
  })

  test('counts from the next request on, for a name nobody has too', async () => {
    const { acme, send, world, browser } = await managing('organization_owner')
    for (const name of [BOB, 'nobody@acme.test']) {
      const elsewhere = world.browser('198.51.100.5')
      const stepOf = async () => {
        const request = await elsewhere.open(authorizePath('ledger'))
        return (await jsonOf(await elsewhere.post(`/api/login/${request}/identifier`, { identifier: name }))).step
      }
      expect(await stepOf()).toMatchObject({ kind: 'first_factor' })
      await send('PUT', path(acme, 'login'), { allowPassword: false, allowPasskey: false })
      expect(await stepOf()).toMatchObject({ kind: 'denied', reason: 'no_first_factor' })
      // bob's own check counts no more either
      expect((await browser.get('/api/me')).status).toBe(401)
      await world.setPolicy('login', { allowPassword: true })
      await send('DELETE', path(acme, 'login'))
    }
  })

  test('of the instance locks in every organization that has none of its own', async () => {
    const scene = await managing('instance_owner')
    await scene.send('PUT', INSTANCE, { maxFailures: 1 })
    await scene.send('PUT', path(scene.other), { maxFailures: 2 })
    const { world, clock } = scene
    const at = (name: string) => guessOften({ browser: world.browser('198.51.100.5'), clock }, name, 2)
    expect(await at('ann@acme.test')).toEqual(['too_many_attempts 900', 'too_many_attempts 900'])
    expect(await at('carol@other.test')).toEqual(['invalid_credentials', 'too_many_attempts 900'])
    expect(await at('nobody@other.test')).toEqual(['invalid_credentials', 'too_many_attempts 900'])
  })
})

describe('unlocking', () => {
  const unlock = ({ acme, send }: Awaited<ReturnType<typeof managing>>, user: string) =>
    send('POST', `/api/v1/organizations/${acme}/users/${user}/unlock`)

  test('ends a lock after failures, once', async () => {
    const scene = await managing('organization_user_manager')
    const elsewhere = { ...scene, browser: scene.world.browser('198.51.100.5') }
    await guessOften(elsewhere, 'ann@acme.test', 10)
    expect((await guess(elsewhere.browser, 'ann@acme.test', PASSWORD)).status).toBe(429)
    await scene.send('GET', '/api/me')
    expect(await jsonOf(await unlock(scene, scene.ann))).toEqual({ unlocked: true })
    expect(await jsonOf(await unlock(scene, scene.ann))).toEqual({ unlocked: false })
    expect((await guess(elsewhere.browser, 'ann@acme.test', PASSWORD)).status).toBe(200)
    expect((await scene.events()).filter(({ type }) => type === 'user.unlocked')).toMatchObject([
      {
        actor: scene.userId,
        target: scene.ann,
        organizationId: scene.acme,
        data: { failures: 10, lockedByManager: false },
      },
    ])
  })

  test('ends a manager’s lock, and brings back nobody who was deactivated', async () => {
    const scene = await managing('organization_user_manager')
    const { deps, ann, clock } = scene
    const setState = (state: 'locked' | 'deactivated') =>
      deps.db.transaction((tx) => deps.repositories.users.change(tx, ann, { state }, clock.now()))
    await setState('locked')
    expect(await jsonOf(await unlock(scene, ann))).toEqual({ unlocked: true })
    expect((await guess(scene.world.browser('198.51.100.5'), 'ann@acme.test', PASSWORD)).status).toBe(200)
    await setState('deactivated')
    expect(await jsonOf(await unlock(scene, ann))).toEqual({ unlocked: false })
    expect((await deps.repositories.users.findPerson(ann))?.state).toBe('deactivated')
  })

  test.each(['organization_owner', 'instance_owner', 'organization_settings_manager'] as const)(
    'N228 a user manager does not act on the %s',
    async (role) => {
      const scene = await managing('organization_user_manager')
      await scene.world.grant(scene.ann, role)
      await expectProblem(await unlock(scene, scene.ann), 403, 'forbidden')
    },
  )

  test('finds nobody of another organization', async () => {
    const scene = await managing('organization_owner')
    for (const user of [scene.carol, 'usr_00000000000000000000000000000000', 'nonsense'])
      await expectProblem(await unlock(scene, user), 404, 'not_found')
  })
})

test('what could not be sent is listed for its organization only, without what it said', async () => {
  const { acme, other, send, deps } = await managing('organization_viewer')
  const { outboxMessages } = deps.db.tables
  for (const [id, organizationId] of [
    ['msg_1', acme],
    ['msg_2', other],
  ] as const)
    await deps.db.query.insert(outboxMessages).values({
      id: id as never,
      organizationId,
      channel: 'email',
      kind: 'new_device',
      recipient: `${id}@acme.test`,
      language: 'en',
      content: 'sealed',
      state: 'dead',
      attempts: 9,
      lastError: 'unreachable' as never,
      createdAt: deps.clock.now(),
    })
  const answer = await send('GET', `/api/v1/organizations/${acme}/dead-letters`)
  expect(await jsonOf(answer)).toEqual({
    messages: [
      {
        id: 'msg_1',
        channel: 'email',
        kind: 'new_device',
        to: 'msg_1@acme.test',
        fault: 'unreachable',
        attempts: 9,
        createdAt: '2026-01-01T00:00:00.000Z',
      },
    ],
  })
})

test('a change wants a proof of the last five minutes, reading does not', async () => {
  const { acme, send, clock } = await managing('organization_owner')
  const path = `/api/v1/organizations/${acme}/policies/lockout`
  clock.advance(299)
  expect((await send('PUT', path)).status).toBe(200)
  clock.advance(1)
  for (const method of ['PUT', 'DELETE']) await expectProblem(await send(method, path), 401, 'reauth_required')
  expect((await send('GET', path)).status).toBe(200)
})

test('N233 a role that was taken away is gone at the next request', async () => {
  const { acme, send, deps, world, userId } = await managing('organization_owner')
  const path = `/api/v1/organizations/${acme}/policies/lockout`
  expect((await send('PUT', path)).status).toBe(200)
  await deps.db.query.delete(deps.db.tables.managerRoles)
  await world.grant(userId, 'organization_viewer')
  await expectProblem(await send('PUT', path, { maxFailures: 1 }), 403, 'forbidden')
  expect((await send('GET', path)).status).toBe(200)
  await deps.db.query.delete(deps.db.tables.managerRoles)
  await expectProblem(await send('GET', path), 404, 'not_found')
})

test.each([
  ['organization_owner', 'instance'],
  ['instance_owner', 'acme'],
  ['emperor', 'instance'],
])('a role %s on the wrong ground (%s) is none', async (role, where) => {
  const { acme, send, world, userId } = await managing()
  await world.grant(userId, role as Role, where === 'acme' ? acme : where)
  expect((await send('GET', `/api/v1/organizations/${acme}/policies/lockout`)).status).toBe(404)
  expect((await send('GET', '/api/v1/instance/policies/lockout')).status).toBe(403)
})

test('an organization named instance is none', async () => {
  const { send } = await managing('instance_owner')
  await expectProblem(await send('GET', '/api/v1/organizations/instance/policies/lockout'), 404, 'not_found')
})
