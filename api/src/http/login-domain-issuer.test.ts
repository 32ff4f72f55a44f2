import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { JWT_BEARER } from '../domain/application.ts'
import { createCrossing, createTwoAddresses, GRETA } from '../testing/addresses.ts'
import { clientAnswer, expectErrorPage, expectOAuthError, expectProblem, jsonOf } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { addManager, createCaller } from '../testing/managers.ts'
import { addGame, createGame } from '../testing/native-client.ts'
import { createProver, type Prover } from '../testing/proofs.ts'
import {
  authorizePath,
  authorizeQuery,
  basic,
  obtainCode,
  obtainTokens,
  postForm,
  redeem,
  type Tokens,
  tokenRequest,
  userinfoRequest,
} from '../testing/relying-party.ts'
import { addServiceUser } from '../testing/service-users.ts'
import { PASSWORD, type World } from '../testing/world.ts'

const OFFLINE = { scope: 'openid offline_access' }
const introspect = (at: World, token: string) =>
  postForm(at, '/oauth/v2/introspect', { token }, { authorization: basic('depot') })

describe('G1 what was issued under one issuer is refused under another', () => {
  test('G1 a code', async () => {
    const { ways } = await createCrossing()
    for (const { from, to } of ways) {
      const code = await obtainCode(from.browser(), 'depot', GRETA)
      await expectOAuthError(await redeem(to, 'depot', code), 400, 'invalid_grant')
      expect((await redeem(from, 'depot', await obtainCode(from.browser(), 'depot', GRETA))).status).toBe(200)
    }
  })

  test('G1 a refresh token', async () => {
    const { ways } = await createCrossing()
    for (const { from, to, issuer } of ways) {
      const { refresh_token = '' } = await obtainTokens(from, from.browser(), 'depot', GRETA, OFFLINE)
      const form = { grant_type: 'refresh_token', refresh_token }
      await expectOAuthError(await tokenRequest(to, 'depot', form), 400, 'invalid_grant')
      const { id_token = '' } = await jsonOf<Tokens>(await tokenRequest(from, 'depot', form))
      expect(decodeJwt(id_token).iss).toBe(issuer)
    }
  })

  test.each(['opaque', 'jwt'] as const)('G1 an access token, %s', async (accessTokenFormat) => {
    const { ways, depot, world } = await createCrossing()
    await change(world, 'applications', depot.id, { settings: { ...depot.settings, accessTokenFormat } })
    for (const { from, to, issuer } of ways) {
      const { access_token: token, refresh_token: refresh = '' } = await obtainTokens(
        from,
        from.browser(),
        'depot',
        GRETA,
        OFFLINE,
      )
      expect((await userinfoRequest(to, token)).status).toBe(401)
      for (const one of [token, refresh]) {
        expect(await jsonOf(await introspect(to, one))).toEqual({ active: false })
        // revoked elsewhere is not revoked
        await postForm(to, '/oauth/v2/revoke', { token: one }, { authorization: basic('depot') })
        expect(await jsonOf(await introspect(from, one))).toMatchObject({ active: true, iss: issuer })
      }
      expect((await userinfoRequest(from, token)).status).toBe(200)
    }
  })

  test('G1 a pushed request', async () => {
    const { ways } = await createCrossing()
    for (const { from, to } of ways) {
      const push = () =>
        postForm(from, '/oauth/v2/par', authorizeQuery('depot').toString(), { authorization: basic('depot') })
      const { request_uri: uri } = await jsonOf<{ request_uri: string }>(await push())
      const path = `/oauth/v2/authorize?${new URLSearchParams({ client_id: 'depot', request_uri: uri })}`
      await expectErrorPage(await to.browser().get(path), 'invalid_request_uri')
      expect((await from.browser().get(path)).status).toBe(302)
    }
  })

  test('G1 a device code, and what is typed for it', async () => {
    const { ways, world, globex } = await createCrossing()
    const grantTypes = ['urn:ietf:params:oauth:grant-type:device_code' as const]
    await world.addApplication('television', { organization: globex, type: 'native', grantTypes, redirectUris: [] })
    for (const { from, to, issuer } of ways) {
      const asked = await postForm(from, '/oauth/v2/device_authorization', { client_id: 'television', scope: 'openid' })
      const device =
        await jsonOf<Record<'device_code' | 'user_code' | 'verification_uri' | 'verification_uri_complete', string>>(
          asked,
        )
      expect(new URL(device.verification_uri).origin).toBe(issuer)
      expect(new URL(device.verification_uri_complete).origin).toBe(issuer)
      const poll = (at: World) =>
        postForm(at, '/oauth/v2/token', {
          client_id: 'television',
          grant_type: grantTypes[0]!,
          device_code: device.device_code,
        })
      await expectOAuthError(await poll(to), 400, 'invalid_grant')
      await expectOAuthError(await poll(from), 400, 'authorization_pending')
      await expectProblem(await to.browser().post('/api/device', { code: device.user_code }), 400, 'code_invalid')
      expect((await from.browser().post('/api/device', { code: device.user_code })).status).toBe(200)
    }
  })

  test('G1 an auth session of a native application', async () => {
    const { ways, world, globex } = await createCrossing()
    await addGame(world, { organization: globex })
    const key = await createProver(world)
    const proving = (issuer: string): Prover => ({
      ...key,
      prove: (method, path) => key.prove(method, path, { claims: { htu: issuer + path } }),
    })
    for (const { from, to, issuer, other } of ways) {
      const game = await createGame(from, { prover: proving(issuer) })
      const { auth_session: session = '' } = (await game.begin()).body
      const elsewhere = await createGame(to, { prover: proving(other) })
      expect((await elsewhere.send({ auth_session: session, username: GRETA })).body.error).toBe('invalid_session')
      // and it was not spent by that
      expect((await game.next({ username: GRETA })).body).toMatchObject({ error: 'insufficient_authorization' })
    }
  })

  test('G1 a login that is under way', async () => {
    const { ways } = await createCrossing()
    for (const { from, to } of ways) {
      const [browser, elsewhere] = [from.browser(), to.browser()]
      const request = await browser.open(authorizePath('depot'))
      for (const [name, value] of browser.jar) elsewhere.jar.set(name, value)
      await expectProblem(await elsewhere.get(`/api/login/${request}`), 404, 'request_not_found')
      expect(await browser.signIn(request, GRETA, PASSWORD)).toMatchObject({ step: { kind: 'redirect' } })
    }
  })

  test('G1 an ID token as a hint', async () => {
    const { ways } = await createCrossing()
    for (const { from, to } of ways) {
      const { id_token = '' } = await obtainTokens(from, from.browser(), 'depot', GRETA)
      const path = authorizePath('depot', { id_token_hint: id_token })
      expect(clientAnswer(await to.browser().get(path))).toMatchObject({ error: 'invalid_request' })
      expect((await from.browser().get(path)).status).toBe(302)
    }
  })

  test('G1 an assertion of a service user', async () => {
    const { ways, world, globex } = await createCrossing()
    const robot = await addServiceUser(world, 'robot', { organization: globex })
    const bring = (at: World, aud: string) =>
      postForm(at, '/oauth/v2/token', { grant_type: JWT_BEARER, scope: 'openid', assertion: robot.make({ aud }) })
    for (const { from, to, issuer } of ways) {
      await expectOAuthError(await bring(to, issuer), 400, 'invalid_grant')
      const tokens = await jsonOf<Tokens>(await bring(from, issuer))
      expect((await userinfoRequest(to, tokens.access_token)).status).toBe(401)
      expect((await userinfoRequest(from, tokens.access_token)).status).toBe(200)
    }
  })

  test('G1 a token for the management API', async () => {
    const { world, there, globex } = await createTwoAddresses()
    const robot = await addManager(world, ['organization_owner'], { organization: globex })
    const read = (at: World) => createCaller(at, `Bearer ${robot.token}`).get(`/api/v1/organizations/${globex}`)
    expect((await read(there)).status).toBe(401)
    expect((await read(world)).status).toBe(200)
  })
})
