import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, expectOAuthError, jsonOf } from '../../testing/answers.ts'
import { createProver, type Prover } from '../../testing/proofs.ts'
import { authorizeQuery, basic, newPkce, postForm, type Tokens } from '../../testing/relying-party.ts'
import { createScene, type Scene } from '../../testing/scene.ts'
import { REDIRECT_URI } from '../../testing/world.ts'

const TOKEN = '/oauth/v2/token'
const USERINFO = '/oidc/v1/userinfo'

const post = (scene: Scene, form: Record<string, string>, dpop: string | null, client = 'ledger') =>
  postForm(scene.world, TOKEN, client === 'ledger' ? form : { client_id: client, ...form }, {
    ...(client === 'ledger' ? { authorization: basic(client) } : {}),
    ...(dpop === null ? {} : { dpop }),
  })

const redeemWith = async (scene: Scene, code: string, { prove }: Pick<Prover, 'prove'>) =>
  post(scene, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }, await prove('POST', TOKEN))

const refreshWith = async (scene: Scene, { refresh_token = '' }: Tokens, prover: Prover | null, client?: string) =>
  post(scene, { grant_type: 'refresh_token', refresh_token }, prover && (await prover.prove('POST', TOKEN)), client)

async function createStory(options?: Parameters<typeof createScene>[0]) {
  const scene = await createScene({ application: { settings: { consent: 'never' } }, ...options })
  return { scene, prover: await createProver(scene), thief: await createProver(scene) }
}

const boundTokens = async (scene: Scene, prover: Prover) =>
  jsonOf<Tokens>(await redeemWith(scene, await scene.signIn({ scope: 'openid offline_access' }), prover))

test('DP6 the key of the token opens userinfo, with a proof for this very token', async () => {
  const { scene, prover } = await createStory()
  const { access_token: accessToken } = await boundTokens(scene, prover)
  for (const scheme of ['DPoP', 'dpop', 'DPOP']) {
    const dpop = await prover.prove('GET', USERINFO, { accessToken })
    const response = await scene.browser.get(USERINFO, { authorization: `${scheme} ${accessToken}`, dpop })
    expect([response.status, await jsonOf(response)]).toEqual([200, { sub: scene.userId }])
  }
})

test('IN2 introspection says the key of a bound token, and of an unbound one none', async () => {
  const { scene, prover } = await createStory()
  const about = async (token: string) =>
    jsonOf(await postForm(scene.world, '/oauth/v2/introspect', { token }, { authorization: basic('ledger') }))
  const bound = await boundTokens(scene, prover)
  for (const token of [bound.access_token, bound.refresh_token!])
    expect(await about(token)).toMatchObject({ active: true, cnf: { jkt: prover.jkt } })
  const other = await createStory()
  const { access_token, refresh_token = '' } = await other.scene.tokens({ scope: 'openid offline_access' })
  for (const token of [access_token, refresh_token]) {
    const told = await postForm(
      other.scene.world,
      '/oauth/v2/introspect',
      { token },
      { authorization: basic('ledger') },
    )
    expect(await told.json()).not.toHaveProperty('cnf')
  }
})

test('DP6 without proof, with one of another token, another key, or a used one: 401 with what is accepted', async () => {
  const { scene, prover, thief } = await createStory()
  const { access_token: accessToken } = await boundTokens(scene, prover)
  const used = await prover.prove('GET', USERINFO, { accessToken })
  const ask = (dpop?: string) =>
    scene.browser.get(USERINFO, { authorization: `DPoP ${accessToken}`, ...(dpop ? { dpop } : {}) })
  expect((await ask(used)).status).toBe(200)
  const refusals: [string | undefined, string][] = [
    [undefined, 'invalid_dpop_proof'],
    [used, 'invalid_dpop_proof'],
    [await prover.prove('GET', USERINFO), 'invalid_dpop_proof'],
    [await prover.prove('GET', USERINFO, { accessToken: 'another' }), 'invalid_dpop_proof'],
    [await prover.prove('POST', USERINFO, { accessToken }), 'invalid_dpop_proof'],
    [await thief.prove('GET', USERINFO, { accessToken }), 'invalid_token'],
  ]
  for (const [dpop, error] of refusals) {
    const response = await ask(dpop)
    const challenge = `DPoP realm="vestibule", algs="ES256 PS256 EdDSA", error="${error}"`
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, challenge])
  }
})

test('DP7 a bound token is no bearer token, in the header and in a form', async () => {
  const { scene, prover } = await createStory()
  const { access_token } = await boundTokens(scene, prover)
  const response = await scene.userinfo({ access_token } as Tokens)
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([
    401,
    'Bearer realm="vestibule", error="invalid_token"',
  ])
  expect((await postForm(scene.world, USERINFO, { access_token })).status).toBe(401)
})

test('DP7 a bearer token is none of DPoP', async () => {
  const { scene, prover } = await createStory()
  const { access_token: accessToken } = await scene.tokens()
  const dpop = await prover.prove('GET', USERINFO, { accessToken })
  expect((await scene.browser.get(USERINFO, { authorization: `DPoP ${accessToken}`, dpop })).status).toBe(401)
})

test('DP6 a JWT says its key in cnf', async () => {
  const { scene, prover } = await createStory({ application: { settings: { accessTokenFormat: 'jwt' } } })
  const tokens = await jsonOf<Tokens>(await redeemWith(scene, await scene.signIn(), prover))
  expect(decodeJwt(tokens.access_token)).toMatchObject({ cnf: { jkt: prover.jkt } })
  const bearer = await jsonOf<Tokens>(await scene.redeem(clientAnswer(await scene.authorize()).code ?? ''))
  expect(decodeJwt(bearer.access_token)).not.toHaveProperty('cnf')
})

test('DP8 a code is bound by dpop_jkt: another key spends it', async () => {
  const { scene, prover, thief } = await createStory()
  const code = await scene.signIn({ dpop_jkt: prover.jkt })
  await expectOAuthError(await redeemWith(scene, code, thief), 400, 'invalid_grant')
  await expectOAuthError(await redeemWith(scene, code, prover), 400, 'invalid_grant')
})

test('CO5 without a proof a bound code is refused, with its own key it works', async () => {
  const { scene, prover } = await createStory()
  const bound = { dpop_jkt: prover.jkt }
  await expectOAuthError(await scene.redeem(await scene.signIn(bound)), 400, 'invalid_grant')
  const code = clientAnswer(await scene.authorize(bound)).code ?? ''
  expect((await redeemWith(scene, code, prover)).status).toBe(200)
})

test.each(['short', `${'A'.repeat(42)}!`, 'A'.repeat(44)])('AZ14 dpop_jkt %s is refused', async (jkt) => {
  const { scene } = await createStory()
  expect(clientAnswer(await scene.authorize({ dpop_jkt: jkt }))).toMatchObject({ error: 'invalid_request' })
})

test('PA5 a proof at PAR binds the code, and contradicts no other key', async () => {
  const { scene, prover, thief } = await createStory()
  await scene.signIn()
  const push = async (by: Prover, parameters: Record<string, string> = {}) =>
    postForm(scene.world, '/oauth/v2/par', authorizeQuery('ledger', parameters).toString(), {
      authorization: basic('ledger'),
      dpop: await by.prove('POST', '/oauth/v2/par'),
    })
  await expectOAuthError(await push(thief, { dpop_jkt: prover.jkt }), 400, 'invalid_dpop_proof')
  const wrong = await postForm(scene.world, '/oauth/v2/par', authorizeQuery('ledger').toString(), {
    authorization: basic('ledger'),
    dpop: await prover.prove('POST', TOKEN),
  })
  await expectOAuthError(wrong, 400, 'invalid_dpop_proof')
  const { request_uri } = await jsonOf<{ request_uri: string }>(await push(prover, { dpop_jkt: prover.jkt }))
  const query = new URLSearchParams({ client_id: 'ledger', request_uri })
  const code = clientAnswer(await scene.browser.get(`/oauth/v2/authorize?${query}`)).code ?? ''
  await expectOAuthError(await redeemWith(scene, code, thief), 400, 'invalid_grant')
})

test('RF10 a public client refreshes with its key and no other, and a proof is needed', async () => {
  const { scene, prover, thief } = await createStory()
  await scene.world.addApplication('phone', { type: 'native', settings: { consent: 'never' } })
  const { verifier, challenge } = newPkce()
  await scene.signIn()
  const query = authorizeQuery('phone', {
    scope: 'openid offline_access',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const code = clientAnswer(await scene.browser.get(`/oauth/v2/authorize?${query}`)).code ?? ''
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: verifier }
  const tokens = await jsonOf<Tokens>(await post(scene, form, await prover.prove('POST', TOKEN), 'phone'))
  await expectOAuthError(await refreshWith(scene, tokens, thief, 'phone'), 400, 'invalid_grant')
  await expectOAuthError(await refreshWith(scene, tokens, null, 'phone'), 400, 'invalid_dpop_proof')
  const response = await refreshWith(scene, tokens, prover, 'phone')
  expect(response.status).toBe(200)
  const next = await jsonOf<Tokens>(response)
  expect(next.token_type).toBe('DPoP')
  await expectOAuthError(await refreshWith(scene, next, thief, 'phone'), 400, 'invalid_grant')
})

test('RF10 a confidential client may take a new key, with a proof', async () => {
  const { scene, prover, thief: next } = await createStory()
  const tokens = await boundTokens(scene, prover)
  await expectOAuthError(await refreshWith(scene, tokens, null), 400, 'invalid_dpop_proof')
  const response = await refreshWith(scene, tokens, next)
  const { access_token: accessToken } = await jsonOf<Tokens>(response)
  expect(response.status).toBe(200)
  const ask = async (by: Prover) =>
    scene.browser.get(USERINFO, {
      authorization: `DPoP ${accessToken}`,
      dpop: await by.prove('GET', USERINFO, { accessToken }),
    })
  expect([(await ask(prover)).status, (await ask(next)).status]).toEqual([401, 200])
})
