import { describe, expect, test } from 'vitest'
import { newNonce } from '../oidc/dpop/nonce.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { addManager, createCaller, MANAGEMENT_SCOPE } from '../testing/managers.ts'
import { createProver } from '../testing/proofs.ts'
import { basic, postForm } from '../testing/relying-party.ts'
import { routesWhere } from '../testing/routes.ts'
import { createScene } from '../testing/scene.ts'
import { addServiceUser } from '../testing/service-users.ts'
import { createWorld, ISSUER, type World } from '../testing/world.ts'
import { removePersonalToken } from '../use-cases/service-users/personal-tokens.ts'

const POLICY = (organization: string) => `/api/v1/organizations/${organization}/policies/lockout`
const challengeOf = (response: Response) => response.headers.get('www-authenticate')

async function managed() {
  const world = await createWorld()
  return { world, ...world, robot: await addManager(world, ['organization_owner']) }
}

type Robot = Awaited<ReturnType<typeof addManager>>

/** A token that only its key opens anything with. */
async function bound(world: World, robot: Robot, nonce: string | null = null) {
  const prover = await createProver(world)
  const claims = nonce === null ? {} : { nonce }
  const secret = Buffer.from(`${encodeURIComponent(robot.clientId)}:${robot.secret}`).toString('base64')
  const asked = await postForm(
    world,
    '/oauth/v2/token',
    { grant_type: 'client_credentials', scope: MANAGEMENT_SCOPE },
    { authorization: `Basic ${secret}`, dpop: await prover.prove('POST', '/oauth/v2/token', { claims }) },
  )
  const { access_token: accessToken } = await jsonOf<{ access_token: string }>(asked)
  return { accessToken, prover, caller: createCaller(world, `DPoP ${accessToken}`) }
}

describe('a service user with a role', () => {
  test('reads and changes by its personal access token, with no Origin and no cookie', async () => {
    const { robot, acme, events } = await managed()
    expect((await robot.get(POLICY(acme))).status).toBe(200)
    expect(await jsonOf(await robot.put(POLICY(acme), { maxFailures: 5 }))).toMatchObject({ source: 'organization' })
    expect((await robot.send('DELETE', POLICY(acme))).status).toBe(200)
    expect((await events()).filter(({ type }) => type === 'policy.changed').map(({ actor }) => actor)).toEqual([
      robot.id,
      robot.id,
    ])
  })

  test.each([MANAGEMENT_SCOPE, 'urn:zitadel:iam:org:project:id:zitadel:aud'])(
    'by a token it asked for with %s',
    async (scope) => {
      const { world, robot, acme } = await managed()
      const { access_token } = await jsonOf<{ access_token: string }>(await robot.ask({ scope }))
      expect((await createCaller(world, `Bearer ${access_token}`).get(POLICY(acme))).status).toBe(200)
    },
  )

  test('with a JWT as well', async () => {
    const { world, acme } = await managed()
    const user = await addServiceUser(world, 'jwt', {
      settings: { accessTokenFormat: 'jwt', idTokenAlgorithm: 'ES256' },
    })
    await world.grant(user.id, 'organization_viewer')
    const { access_token } = await jsonOf<{ access_token: string }>(await user.ask({ scope: MANAGEMENT_SCOPE }))
    expect(access_token.split('.')).toHaveLength(3)
    expect((await createCaller(world, `Bearer ${access_token}`).get(POLICY(acme))).status).toBe(200)
  })

  test('by a bound token, with its proof and not without', async () => {
    const { world, acme, robot } = await managed()
    const { accessToken, caller, prover } = await bound(world, robot)
    const prove = () => prover.prove('GET', POLICY(acme), { accessToken })
    const used = await prove()
    expect((await caller.send('GET', POLICY(acme), undefined, { dpop: used })).status).toBe(200)
    const refused = await caller.send('GET', POLICY(acme), undefined, { dpop: used })
    await expectProblem(refused, 401, 'unauthenticated')
    expect(challengeOf(refused)).toBe('DPoP realm="vestibule", algs="ES256 PS256 EdDSA", error="invalid_dpop_proof"')
    expect((await caller.get(POLICY(acme))).status).toBe(401)
    expect((await createCaller(world, `Bearer ${accessToken}`).get(POLICY(acme))).status).toBe(401)
    const thief = await createProver(world)
    const stolen = { dpop: await thief.prove('GET', POLICY(acme), { accessToken }) }
    expect((await caller.send('GET', POLICY(acme), undefined, stolen)).status).toBe(401)
  })

  test('is told the nonce that its proof must hold', async () => {
    const world = await createWorld({ env: { DPOP_NONCE: 'on' } })
    const robot = await addManager(world, ['organization_owner'])
    const { accessToken, caller, prover } = await bound(world, robot, newNonce(world.deps))
    const ask = async (nonce?: string | null) =>
      caller.send('GET', POLICY(world.acme), undefined, {
        dpop: await prover.prove('GET', POLICY(world.acme), { accessToken, ...(nonce ? { claims: { nonce } } : {}) }),
      })
    const refused = await ask()
    expect([refused.status, challengeOf(refused)]).toEqual([401, expect.stringContaining('error="use_dpop_nonce"')])
    expect((await ask(refused.headers.get('dpop-nonce'))).status).toBe(200)
  })
})

describe('refused, with what would be accepted', () => {
  test('nobody', async () => {
    const { world, acme } = await managed()
    const response = await world.browser().get(POLICY(acme))
    await expectProblem(response, 401, 'unauthenticated')
    expect(challengeOf(response)).toBe('Bearer realm="vestibule"')
  })

  test.each(['Bearer', 'Bearer nothing', 'Basic cm9ib3Q6c2VjcmV0', 'bearer va_0', 'Bearer a b', ''])(
    '%j',
    async (header) => {
      const { world, acme } = await managed()
      const response = await createCaller(world, header).get(POLICY(acme))
      await expectProblem(response, 401, 'unauthenticated')
      expect(challengeOf(response)).toBe('Bearer realm="vestibule", error="invalid_token"')
    },
  )

  test('a token that was made for something else', async () => {
    const { world, acme } = await managed()
    const other = await addManager(world, ['organization_viewer'], { scopes: ['openid'] })
    const response = await other.get(POLICY(acme))
    await expectProblem(response, 403, 'forbidden')
    expect(challengeOf(response)).toBe('Bearer realm="vestibule", error="insufficient_scope"')
  })

  test('a token of a person, whatever their roles are and whatever was asked for', async () => {
    const scene = await createScene()
    await scene.world.grant(scene.userId, 'instance_owner')
    const { access_token } = await scene.tokens({ scope: `openid ${MANAGEMENT_SCOPE}` })
    const response = await createCaller(scene.world, `Bearer ${access_token}`).get(POLICY(scene.acme))
    await expectProblem(response, 403, 'forbidden')
  })

  test('a token of an application that acts for itself', async () => {
    const scene = await createScene({ application: { type: 'api', grantTypes: ['client_credentials'] } })
    const form = { grant_type: 'client_credentials', scope: MANAGEMENT_SCOPE }
    const answer = await postForm(scene.world, '/oauth/v2/token', form, { authorization: basic('ledger') })
    const { access_token } = await jsonOf<{ access_token?: string }>(answer)
    const response = await createCaller(scene.world, `Bearer ${access_token}`).get(POLICY(scene.acme))
    expect([401, 403]).toContain(response.status)
  })

  test('a token beside the cookie of somebody who may: the token counts alone', async () => {
    const scene = await createScene()
    await scene.world.grant(scene.userId, 'organization_owner')
    await scene.browser.signIn(await scene.browser.open('/account'), 'bob@acme.test', 'a password of the tests')
    expect((await scene.browser.get(POLICY(scene.acme))).status).toBe(200)
    expect((await scene.browser.get(POLICY(scene.acme), { authorization: 'Bearer nothing' })).status).toBe(401)
    const init = { method: 'DELETE', headers: { authorization: 'Bearer nothing', origin: ISSUER } }
    expect((await scene.browser.send(POLICY(scene.acme), init)).status).toBe(401)
  })

  test('a body that is no JSON', async () => {
    const { robot, acme } = await managed()
    const response = await robot.send('PUT', POLICY(acme), {}, { 'content-type': 'text/plain' })
    await expectProblem(response, 415, 'unsupported_media_type')
  })
})

describe('N233 is out at the next request', () => {
  test.each<[string, (m: Awaited<ReturnType<typeof managed>>) => Promise<unknown>, number]>([
    [
      'when it is deactivated',
      ({ deps, robot, clock }) =>
        deps.db.transaction((tx) =>
          deps.repositories.users.change(tx, robot.id, { state: 'deactivated' }, clock.now()),
        ),
      401,
    ],
    [
      'when its organization is',
      ({ deps, acme }) =>
        deps.db.transaction((tx) => deps.repositories.organizations.change(tx, acme, { state: 'deactivated' })),
      401,
    ],
    [
      'when the token is deleted',
      ({ deps, robot }) => deps.db.transaction((tx) => removePersonalToken(deps, tx, robot, robot.tokenId)),
      401,
    ],
    ['when the token is over', async ({ clock }) => clock.advance(86_400), 401],
    ['when its role is taken away', async ({ deps }) => deps.db.query.delete(deps.db.tables.managerRoles), 404],
  ])('%s', async (_, end, status) => {
    const all = await managed()
    expect((await all.robot.get(POLICY(all.acme))).status).toBe(200)
    await end(all)
    expect((await all.robot.get(POLICY(all.acme))).status).toBe(status)
  })
})

test.each(routesWhere(({ caller, write }) => caller !== 'manager' && write.startsWith('own_origin')))(
  '$key: a token is no Origin where only our own pages may call',
  async ({ method, path }) => {
    const { robot } = await managed()
    await expectProblem(await robot.send(method, path, {}), 403, 'csrf_failed')
  },
)

test('who may not is told so before anything of the body is looked at', async () => {
  const { world, acme } = await managed()
  const viewer = await addManager(world, ['organization_viewer'])
  await expectProblem(await viewer.put(POLICY(acme), { nonsense: 1 }), 403, 'forbidden')
  const response = await viewer.send('PUT', POLICY(acme), undefined, { 'content-type': 'application/json' })
  await expectProblem(response, 403, 'forbidden')
})
