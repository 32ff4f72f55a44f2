import { describe, expect, test } from 'vitest'
import { JWT_BEARER } from '../../domain/application.ts'
import { expectOAuthError, jsonOf } from '../../testing/answers.ts'
import { assertionClaims, newKey, signed } from '../../testing/assertions.ts'
import { change } from '../../testing/change.ts'
import { basic, postForm, type Tokens, userinfoRequest } from '../../testing/relying-party.ts'
import { addServiceUser } from '../../testing/service-users.ts'
import { createWorld, ISSUER } from '../../testing/world.ts'
import { removeKey } from '../../use-cases/service-users/machine-keys.ts'
import { createPersonalToken, removePersonalToken } from '../../use-cases/service-users/personal-tokens.ts'

async function createRobot(options?: Parameters<typeof addServiceUser>[2]) {
  const world = await createWorld()
  const robot = await addServiceUser(world, 'robot', options)
  const get = async (form: Record<string, string> = {}) =>
    jsonOf<Tokens>(await robot.bring(robot.make(), { scope: 'openid', ...form }))
  return { world, robot, get, deps: world.deps, clock: world.clock }
}

const isRefused = (answer: Response) => expectOAuthError(answer, 400, 'invalid_grant')

test('JB1, JB3 a service user has a token by its key, and neither refresh nor ID token', async () => {
  const { world, robot, get } = await createRobot()
  const granted = await get({ scope: 'openid offline_access profile' })
  expect(granted).toEqual({
    access_token: expect.stringMatching(/^va_/),
    token_type: 'Bearer',
    expires_in: 43_200,
    scope: 'openid profile',
  })
  const info = await jsonOf(await userinfoRequest(world, granted.access_token))
  expect(info).toMatchObject({ sub: robot.id, name: 'robot of the tests' })
})

test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('JB2 a key for %s', async (algorithm) => {
  const { deps, robot } = await createRobot()
  const { addKey } = await import('../../use-cases/service-users/machine-keys.ts')
  const other = newKey(algorithm, `of ${algorithm}`)
  await deps.db.transaction((tx) => addKey(deps, tx, robot, { publicJwk: other.jwk, id: other.kid, expiresAt: null }))
  expect((await robot.bring(robot.make({}, {}, other))).status).toBe(200)
})

test.each([
  ['iss of nobody', { iss: 'nobody', sub: 'nobody' }, {}],
  ['sub of another', { sub: 'other' }, {}],
  ['no exp', { exp: undefined }, {}],
  ['N181 exp in ten years', { exp: 2_082_758_400 }, {}],
  ['N181 iat to come', { iat: 4_000_000_000 }, {}],
  ['aud of another', { aud: 'https://evil.test' }, {}],
  ['N181 two audiences', { aud: [ISSUER, 'https://evil.test'] }, {}],
  ['CA8 one audience in an array', { aud: [ISSUER] }, {}],
  ['CA8 the token endpoint', { aud: `${ISSUER}/oauth/v2/token` }, {}],
  ['no kid', {}, { kid: undefined }],
  ['an unknown kid', {}, { kid: 'unknown' }],
  ['G13 a client assertion', {}, { typ: 'client-authentication+jwt' }],
  ['G13 an access token', {}, { typ: 'at+jwt' }],
  ['a NUL', { iss: 'a\0', sub: 'a\0' }, {}],
])('JB1 %s is refused', async (_name, claims, header) => {
  const { robot } = await createRobot()
  await isRefused(await robot.bring(robot.make(claims, header)))
  expect((await robot.bring(robot.make())).status).toBe(200)
})

test('JB1 without assertion, and with what is none', async () => {
  const { world, robot } = await createRobot()
  await expectOAuthError(await postForm(world, '/oauth/v2/token', { grant_type: JWT_BEARER }), 400, 'invalid_request')
  for (const assertion of ['x', 'a.b.c', `${robot.make()}x`]) await isRefused(await robot.bring(assertion))
})

test('JB3 a bad scope, and a foreign organization', async () => {
  const { world, robot } = await createRobot()
  const other = await world.addOrganization('other.test')
  for (const scope of ['a"b', `urn:zitadel:iam:org:id:${other}`])
    await expectOAuthError(await robot.bring(robot.make(), { scope }), 400, 'invalid_scope')
})

test('CA9 the compatibility switch is there for service users too', async () => {
  const { robot } = await createRobot({ settings: { assertionAudienceCompatibility: true } })
  for (const aud of [ISSUER, [ISSUER], `${ISSUER}/oauth/v2/token`, [`${ISSUER}/oauth/v2/token`]])
    expect((await robot.bring(robot.make({ aud }))).status).toBe(200)
  await isRefused(await robot.bring(robot.make({ aud: [ISSUER, 'https://evil.test'] })))
})

test('N180 an assertion works once, of ten that bring it at once too', async () => {
  const { robot } = await createRobot()
  const assertion = robot.make()
  const answers = await Promise.all(Array.from({ length: 10 }, () => robot.bring(assertion)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(400)])
})

test('N183 the key of another service user, and one of nobody, prove nothing', async () => {
  const { world, robot } = await createRobot()
  const other = await addServiceUser(world, 'other')
  await isRefused(await robot.bring(robot.make({}, {}, other.key)))
  await isRefused(await robot.bring(robot.make({}, { kid: robot.key.kid }, other.key)))
  await isRefused(await robot.bring(robot.make({}, { kid: other.key.kid })))
  await isRefused(await robot.bring(robot.make({}, {}, newKey('ES256', robot.key.kid))))
})

test('JB1, N183 an expired key proves nothing', async () => {
  const { robot, clock } = await createRobot({ expiresAt: Date.UTC(2026, 0, 1) + 10_000 })
  expect((await robot.bring(robot.make())).status).toBe(200)
  clock.advance(10)
  await isRefused(await robot.bring(robot.make()))
})

test('RFC 7521 4.1 client authentication beside the assertion is the same party’s, or refused', async () => {
  const { world, robot } = await createRobot()
  await world.addApplication('ledger')
  const post = (form: Record<string, string>, headers = {}) =>
    postForm(world, '/oauth/v2/token', { grant_type: JWT_BEARER, assertion: robot.make(), ...form }, headers)
  expect((await post({ client_id: robot.id })).status).toBe(200)
  expect((await post({ client_id: 'robot' })).status).toBe(200)
  expect((await post({}, { authorization: basic('robot', robot.secret) })).status).toBe(200)
  await expectOAuthError(await post({ client_id: 'ledger' }), 401, 'invalid_client')
  await expectOAuthError(await post({}, { authorization: basic('ledger') }), 401, 'invalid_client')
  await expectOAuthError(await post({}, { authorization: basic('robot', 'wrong') }), 401, 'invalid_client')
})

test('JB2 a client assertion of the service user’s client is no grant assertion', async () => {
  const { world, robot } = await createRobot()
  await isRefused(await robot.bring(signed(robot.key, assertionClaims(world, 'robot'))))
})

test('TK2 an application has no such grant', async () => {
  const { world } = await createRobot()
  const key = newKey()
  await world.addApplication('ledger', {
    settings: { authenticationMethod: 'private_key_jwt', jwks: { keys: [key.jwk] } },
  })
  const form = { grant_type: JWT_BEARER, assertion: signed(key, assertionClaims(world, 'ledger')) }
  await isRefused(await postForm(world, '/oauth/v2/token', form))
})

describe('N185 what a service user has', () => {
  async function createHolder() {
    const { world, robot, get, deps, clock } = await createRobot()
    const inAWeek = clock.now() + 7 * 86_400_000
    const personal = await deps.db.transaction((tx) =>
      createPersonalToken(deps, tx, robot, { name: 'CI', scopes: ['openid'], expiresAt: inAWeek }),
    )
    const secretToken = await jsonOf<Tokens>(await robot.ask({ scope: 'openid' }))
    const tokens = {
      key: (await get()).access_token,
      secret: secretToken.access_token,
      personal: personal.token,
    }
    const statusOf = async (token: string) => (await userinfoRequest(world, token)).status
    const isActive = async (token: string) => {
      const answer = await postForm(
        world,
        '/oauth/v2/introspect',
        { token },
        { authorization: basic('robot', robot.secret) },
      )
      return answer.status === 200 && (await jsonOf<{ active: boolean }>(answer)).active
    }
    return { world, robot, deps, clock, tokens, personal, statusOf, isActive }
  }

  test('CC1, AT4 by key, by secret and by hand opens userinfo and introspection', async () => {
    const { tokens, statusOf, isActive } = await createHolder()
    for (const token of Object.values(tokens))
      expect([await statusOf(token), await isActive(token)]).toEqual([200, true])
  })

  test.each([
    ['users', 'locked'],
    ['users', 'deactivated'],
    ['organizations', 'deactivated'],
    ['applications', 'deactivated'],
  ] as const)('ends at once when %s says %s, and nothing new comes', async (table, state) => {
    const { world, robot, tokens, statusOf } = await createHolder()
    const id = { users: robot.id, organizations: world.acme, applications: robot.application.id }[table]
    await change(world, table, id, { state } as never)
    for (const token of Object.values(tokens)) expect(await statusOf(token)).toBe(401)
    await isRefused(await robot.bring(robot.make()))
    await expectOAuthError(await robot.ask(), 401, 'invalid_client')
  })

  test('by a key ends when the key is deleted, and nothing else', async () => {
    const { robot, deps, tokens, statusOf } = await createHolder()
    expect(await deps.db.transaction((tx) => removeKey(deps, tx, robot, robot.key.kid))).toBe(true)
    expect(await deps.db.transaction((tx) => removeKey(deps, tx, robot, robot.key.kid))).toBe(false)
    expect(await statusOf(tokens.key)).toBe(401)
    expect([await statusOf(tokens.secret), await statusOf(tokens.personal)]).toEqual([200, 200])
    await isRefused(await robot.bring(robot.make()))
  })

  test('N186 by hand ends when it is deleted or over, and is never read from a query or in part', async () => {
    const { world, robot, deps, clock, tokens, personal, statusOf } = await createHolder()
    const query = await world.app.request(`/oidc/v1/userinfo?access_token=${tokens.personal}`)
    expect(query.status).toBe(401)
    expect(await statusOf(tokens.personal.slice(0, -1))).toBe(401)
    clock.advance(7 * 86_400)
    expect(await statusOf(tokens.personal)).toBe(401)
    clock.advance(-1)
    expect(await statusOf(tokens.personal)).toBe(200)
    expect(await deps.db.transaction((tx) => removePersonalToken(deps, tx, robot, personal.id))).toBe(true)
    expect(await statusOf(tokens.personal)).toBe(401)
  })
})

test('a service user signs in at no login page', async () => {
  const { world, robot } = await createRobot()
  const browser = world.browser()
  const answer = await browser.get(
    `/oauth/v2/authorize?client_id=robot&response_type=code&redirect_uri=${encodeURIComponent('https://rp.test/cb')}`,
  )
  expect(answer.status).toBe(400)
  expect(await world.deps.repositories.users.listIdentifiers(robot.id)).toEqual([])
})
