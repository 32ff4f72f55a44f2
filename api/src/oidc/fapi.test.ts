import { decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, expectOAuthError, jsonOf } from '../testing/answers.ts'
import { assertionClaims, newKey, signed, type TestKey } from '../testing/assertions.ts'
import { redirectOf } from '../testing/browser.ts'
import { createProver } from '../testing/proofs.ts'
import { authorizeQuery, basic, codeOf, newPkce, postForm, type Tokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { type ApplicationOptions, ISSUER, PASSWORD, REDIRECT_URI, SECRET } from '../testing/world.ts'
import { CLIENT_ASSERTION_TYPE } from './assertions/client-assertion.ts'

const PAR = '/oauth/v2/par'
const TOKEN = '/oauth/v2/token'
const key = newKey('ES256', 'own')
const rsa = newKey('RS256', 'rsa')
const pss: TestKey = { ...rsa, algorithm: 'PS256' }
const jwks = { keys: [key.jwk, rsa.jwk] }

type Settings = NonNullable<ApplicationOptions['settings']>

/** An application whose row says nothing of the profile but its name: everything else is as weak as it can be. */
async function createClient(settings: Settings = {}) {
  const scene = await createScene({
    application: {
      settings: { securityProfile: 'fapi2', jwks, assertionAudienceCompatibility: true, consent: 'never', ...settings },
    },
  })
  const { world, browser, userId } = scene
  const prover = await createProver(world)
  const proof = (claims: object = {}, by = key) => ({
    client_assertion_type: CLIENT_ASSERTION_TYPE,
    client_assertion: signed(by, assertionClaims(world, 'ledger', claims)),
  })
  const { verifier, challenge } = newPkce()
  const asked = { code_challenge: challenge, code_challenge_method: 'S256', scope: 'openid offline_access' }
  const query = (parameters: Record<string, string | null> = {}) =>
    Object.fromEntries(authorizeQuery('ledger', { ...asked, ...parameters }))
  const push = (form: Record<string, string>, headers = {}) => postForm(world, PAR, form, headers)
  const token = async (form: Record<string, string>, isProven = true) =>
    postForm(world, TOKEN, form, isProven ? { dpop: await prover.prove('POST', TOKEN) } : {})
  /** A code, by a pushed request. */
  const obtainCode = async () => {
    const { request_uri } = await jsonOf<{ request_uri: string }>(await push({ ...query(), ...proof() }))
    const opened = await browser.open(
      `/oauth/v2/authorize?${new URLSearchParams({ client_id: 'ledger', request_uri })}`,
    )
    return codeOf(redirectOf(await browser.signIn(opened, BOB, PASSWORD)))
  }
  const redeem = (code: string) => ({
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  })
  return { ...scene, userId, proof, query, push, token, obtainCode, redeem }
}

test('AP6 the whole way: pushed, signed, bound to a key, and refreshed', async () => {
  const { proof, token, obtainCode, redeem } = await createClient()
  const tokens = await jsonOf<Tokens>(await token({ ...redeem(await obtainCode()), ...proof() }))
  expect(tokens.token_type).toBe('DPoP')
  expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe('ES256')
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
  await expectOAuthError(await token({ ...refresh, ...proof() }, false), 400, 'invalid_dpop_proof')
  expect((await jsonOf<Tokens>(await token({ ...refresh, ...proof() }))).token_type).toBe('DPoP')
})

test('AP6 a request that was not pushed is refused, by GET and by POST', async () => {
  const { world, browser, query } = await createClient()
  const plain = await browser.get(`/oauth/v2/authorize?${new URLSearchParams(query())}`)
  const posted = await postForm(world, '/oauth/v2/authorize', query())
  for (const answer of [plain, posted]) expect(clientAnswer(answer)).toMatchObject({ error: 'invalid_request' })
})

test('AP6 a request without PKCE is refused', async () => {
  const { proof, push, query } = await createClient()
  const without = query({ code_challenge: null, code_challenge_method: null })
  await expectOAuthError(await push({ ...without, ...proof() }), 400, 'invalid_request')
  await expectOAuthError(
    await push({ ...query({ code_challenge_method: 'plain' }), ...proof() }),
    400,
    'invalid_request',
  )
})

test('AP6 tokens without a proof of possession are refused, and the code stays', async () => {
  const { proof, token, obtainCode, redeem } = await createClient()
  const code = await obtainCode()
  await expectOAuthError(await token({ ...redeem(code), ...proof() }, false), 400, 'invalid_dpop_proof')
  expect((await token({ ...redeem(code), ...proof() })).status).toBe(200)
})

test('AP6 a code lives for 60 seconds at most', async () => {
  const { proof, token, obtainCode, redeem, clock } = await createClient()
  const code = await obtainCode()
  clock.advance(60)
  await expectOAuthError(await token({ ...redeem(code), ...proof() }), 400, 'invalid_grant')
})

test('AP6 a secret proves nothing, however it is sent', async () => {
  const { push, query } = await createClient()
  await expectOAuthError(await push(query(), { authorization: basic('ledger') }), 401, 'invalid_client')
  await expectOAuthError(await push({ ...query(), client_secret: SECRET }), 401, 'invalid_client')
  await expectOAuthError(await push(query()), 401, 'invalid_client')
})

test.each([
  ['ES256', 201, key],
  ['PS256', 201, pss],
  ['RS256', 401, rsa],
] as const)('AP6 an assertion by %s is answered with %i', async (_name, status, by) => {
  const { proof, push, query } = await createClient()
  expect((await push({ ...query(), ...proof({}, by) })).status).toBe(status)
})

test('AP6 RS256 is not to be had by naming it', async () => {
  const { proof, push, query } = await createClient({ assertionAlgorithm: 'RS256' })
  await expectOAuthError(await push({ ...query(), ...proof({}, rsa) }), 401, 'invalid_client')
})

test.each([
  ['the token endpoint', ISSUER + TOKEN],
  ['an array', [ISSUER]],
  ['the address that is asked', ISSUER + PAR],
])('AP6, CA9 %s is no audience, whatever the compatibility switch says', async (_name, aud) => {
  const { proof, push, query } = await createClient()
  await expectOAuthError(await push({ ...query(), ...proof({ aud }) }), 401, 'invalid_client')
})

test.each([
  ['RS256', 'ES256'],
  ['EdDSA', 'EdDSA'],
] as const)('AP6 where the row says %s, ID tokens are signed with %s', async (idTokenAlgorithm, alg) => {
  const { proof, token, obtainCode, redeem } = await createClient({ idTokenAlgorithm })
  const tokens = await jsonOf<Tokens>(await token({ ...redeem(await obtainCode()), ...proof() }))
  expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe(alg)
})
