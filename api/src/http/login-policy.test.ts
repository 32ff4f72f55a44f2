import type { IdentifierKind, LoginPolicy } from '@vestibule/shared/policy.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD, type World } from '../testing/world.ts'

const NAMES: Record<IdentifierKind, string> = { username: 'bob', email: BOB, phone: '+4930123456' }
const KINDS = Object.keys(NAMES) as IdentifierKind[]
const DAY = 86_400

/** Name and password in a browser of its own: whether that gets in, or with which code it is refused. */
async function enter(world: World, name: string, scope = 'openid'): Promise<string> {
  const browser = world.browser()
  const request = await browser.open(authorizePath('ledger', { scope }))
  await browser.post(`/api/login/${request}/identifier`, { identifier: name })
  const answer = await browser.post(`/api/login/${request}/password`, { password: PASSWORD })
  return answer.status === 200 ? 'in' : String((await jsonOf(answer)).code)
}

const every = KINDS.flatMap((kind) => [
  { kind, identifiers: [kind], isLet: true },
  { kind, identifiers: KINDS.filter((other) => other !== kind), isLet: false },
])

test.each(every)('with $identifiers a person gets in by their $kind: $isLet', async ({ kind, identifiers, isLet }) => {
  const { world } = await createScene({ user: { phone: NAMES.phone } })
  await world.setPolicy('login', { identifiers })
  expect(await enter(world, NAMES[kind])).toBe(isLet ? 'in' : 'invalid_credentials')
})

test.each(every)('the instance’s policy of $identifiers counts as well ($kind: $isLet)', async (row) => {
  const { world } = await createScene({ user: { phone: NAMES.phone } })
  await world.setPolicy('login', { identifiers: row.identifiers }, 'instance')
  expect(await enter(world, NAMES[row.kind])).toBe(row.isLet ? 'in' : 'invalid_credentials')
})

describe('one address in two organizations', () => {
  const twins = async () => {
    const scene = await createScene()
    const other = await scene.world.addOrganization('other.test')
    const twin = await scene.world.addUser('bob', { organization: other, email: BOB })
    return { ...scene, other, twin }
  }
  const signedInAs = async ({ events }: Awaited<ReturnType<typeof twins>>) =>
    (await events()).filter(({ type }) => type === 'user.signed_in').map(({ actor }) => actor)
  const SCOPE = 'openid urn:vestibule:org:domain:primary:other.test'

  test('means the one of the organization that owns the domain, or that was asked for', async () => {
    const scene = await twins()
    expect(await enter(scene.world, BOB)).toBe('in')
    expect(await enter(scene.world, BOB, SCOPE)).toBe('in')
    expect(await signedInAs(scene)).toEqual([scene.userId, scene.twin])
  })

  test('where one organization takes no addresses, the other one’s person is meant', async () => {
    const scene = await twins()
    await scene.world.setPolicy('login', { identifiers: ['username'] })
    expect(await enter(scene.world, BOB)).toBe('in')
    expect(await signedInAs(scene)).toEqual([scene.twin])
  })

  test('where both take none, nobody is', async () => {
    const scene = await twins()
    for (const owner of [scene.acme, scene.other])
      await scene.world.setPolicy('login', { identifiers: ['username'] }, owner)
    for (const scope of ['openid', SCOPE]) expect(await enter(scene.world, BOB, scope)).toBe('invalid_credentials')
  })
})

/** The paths on which a check counts, with what they answer while it does. */
const PATHS = {
  authorize: async ({ browser }) => (await browser.get(authorizePath('ledger'))).headers.get('location') ?? '',
  silent: async ({ browser }) =>
    (await browser.get(authorizePath('ledger', { prompt: 'none' }))).headers.get('location') ?? '',
  account: async ({ browser }) => String((await browser.get('/api/me')).status),
} satisfies Record<string, (scene: Awaited<ReturnType<typeof createScene>>) => Promise<string>>
const COUNTS: Record<keyof typeof PATHS, RegExp> = { authorize: /code=/, silent: /code=/, account: /^200$/ }
const OVER: Record<keyof typeof PATHS, RegExp> = { authorize: /^\/login\//, silent: /login_required/, account: /^401$/ }

describe.each(Object.keys(PATHS) as (keyof typeof PATHS)[])('on the path %s', (path) => {
  const signedIn = async (policy: Partial<LoginPolicy> = {}) => {
    const scene = await createScene({ application: { settings: { consent: 'never' } } })
    await scene.world.setPolicy('login', policy)
    await scene.signIn()
    await scene.browser.get('/account')
    return { ...scene, ask: () => PATHS[path](scene) }
  }

  test('a password counts as long as the policy says', async () => {
    const { world, clock, ask } = await signedIn()
    await world.setPolicy('login', { passwordCheckLifetime: 3_600 })
    clock.advance(3_599)
    expect(await ask()).toMatch(COUNTS[path])
    clock.advance(1)
    expect(await ask()).toMatch(OVER[path])
  })

  test('a session that was not used ends as the policy says', async () => {
    const { world, clock, ask } = await signedIn()
    await world.setPolicy('login', { sessionIdleLifetime: 3_600 })
    clock.advance(3_600)
    expect(await ask()).toMatch(OVER[path])
  })

  test('a session ends after its time, however it was used', async () => {
    const { clock, ask } = await signedIn({ sessionAbsoluteLifetime: 2 * DAY })
    clock.advance(2 * DAY - 60)
    expect(await ask()).toMatch(COUNTS[path])
    clock.advance(60)
    expect(await ask()).toMatch(OVER[path])
  })

  test('where passwords are switched off none counts, from the next request on', async () => {
    const { world, ask } = await signedIn()
    expect(await ask()).toMatch(COUNTS[path])
    await world.setPolicy('login', { allowPassword: false })
    expect(await ask()).toMatch(OVER[path])
    await world.setPolicy('login', { allowPassword: true })
    expect(await ask()).toMatch(COUNTS[path])
  })
})

test('where passwords are switched off none is taken either', async () => {
  const { world, browser } = await createScene()
  const request = await browser.open(authorizePath('ledger'))
  await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
  await world.setPolicy('login', { allowPassword: false })
  await expectProblem(await browser.post(`/api/login/${request}/password`, { password: PASSWORD }), 409, 'wrong_step')
})

test('a refresh goes on when passwords are switched off: it was granted before', async () => {
  const { world, tokens, refresh } = await createScene({ application: { settings: { consent: 'never' } } })
  const granted = await tokens({ scope: 'openid offline_access' })
  await world.setPolicy('login', { allowPassword: false })
  expect((await refresh(granted)).status).toBe(200)
})
