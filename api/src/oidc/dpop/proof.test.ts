import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf } from '../../testing/answers.ts'
import { createProver } from '../../testing/proofs.ts'
import { basic, postForm, type Tokens } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { ISSUER, REDIRECT_URI } from '../../testing/world.ts'

const TOKEN = '/oauth/v2/token'

/** Bob has signed in, and the application redeems the code with a proof. */
async function createStory(options: Parameters<typeof createScene>[0] & { alg?: string } = {}) {
  const { alg, ...rest } = options
  const scene = await createScene(rest)
  const prover = await createProver(scene, alg)
  const redeemWith = (code: string, dpop: string) =>
    postForm(
      scene.world,
      TOKEN,
      { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI },
      { authorization: basic('ledger'), dpop },
    )
  return { ...scene, ...prover, redeemWith }
}

test.each(['ES256', 'PS256', 'EdDSA'])('DP1 a proof with %s binds the access token', async (alg) => {
  const { signIn, redeemWith, prove } = await createStory({ alg })
  const response = await redeemWith(await signIn(), await prove('POST', TOKEN))
  expect(response.status).toBe(200)
  expect(await jsonOf(response)).toMatchObject({ token_type: 'DPoP' })
})

test.each(['RS256', 'PS384', 'ES384'])('DP1 a proof with %s is refused', async (alg) => {
  const { signIn, redeemWith, prove } = await createStory({ alg })
  await expectOAuthError(await redeemWith(await signIn(), await prove('POST', TOKEN)), 400, 'invalid_dpop_proof')
})

test.each([
  ['typ', { header: { typ: 'JWT' } }],
  ['typ of another kind', { header: { typ: 'at+jwt' } }],
  ['jwk missing', { header: { jwk: undefined } }],
  ['jwk that is symmetric', { header: { jwk: { kty: 'oct', k: 'AAAA' } } }],
  ['crit', { header: { crit: ['b64'], b64: true } }],
  ['jti missing', { claims: { jti: undefined } }],
  ['jti empty', { claims: { jti: '' } }],
  ['jti that is no text', { claims: { jti: 7 } }],
  ['htm', { claims: { htm: 'GET' } }],
  ['htm in small letters', { claims: { htm: 'post' } }],
  ['htm missing', { claims: { htm: undefined } }],
  ['htu of another endpoint', { claims: { htu: `${ISSUER}/oauth/v2/par` } }],
  ['htu of another host', { claims: { htu: `https://evil.test${TOKEN}` } }],
  ['htu with a slash', { claims: { htu: `${ISSUER}${TOKEN}/` } }],
  ['htu that is no address', { claims: { htu: TOKEN } }],
  ['htu missing', { claims: { htu: undefined } }],
  ['iat missing', { claims: { iat: undefined } }],
  ['iat an hour ago', { claims: { iat: Date.UTC(2026, 0, 1) / 1000 - 3600 } }],
  ['iat in an hour', { claims: { iat: Date.UTC(2026, 0, 1) / 1000 + 3600 } }],
  ['iat 61 s ago', { claims: { iat: Date.UTC(2026, 0, 1) / 1000 - 61 } }],
  ['iat as text', { claims: { iat: String(Date.UTC(2026, 0, 1) / 1000) } }],
])('DP4 %s: invalid_dpop_proof, and the code is not spent', async (_what, changes) => {
  const { signIn, redeemWith, prove } = await createStory()
  const code = await signIn()
  await expectOAuthError(await redeemWith(code, await prove('POST', TOKEN, changes)), 400, 'invalid_dpop_proof')
  expect((await redeemWith(code, await prove('POST', TOKEN))).status).toBe(200)
})

test('DP4 a private key in the proof, two headers, and what is no proof', async () => {
  const { signIn, redeemWith, prove, privateJwk } = await createStory()
  const code = await signIn()
  const proof = await prove('POST', TOKEN)
  const [header = '', payload = '', signature = ''] = proof.split('.')
  const bad = [
    await prove('POST', TOKEN, { header: { jwk: privateJwk } }),
    `${proof}, ${await prove('POST', TOKEN)}`,
    '',
    'x',
    `${header}.${payload}.`,
    `${header}.${payload}.${signature.slice(0, -2)}AA`,
    `${Buffer.from('{"alg":"none","typ":"dpop+jwt"}').toString('base64url')}.${payload}.`,
    `${proof}=`,
    'a.b.c'.repeat(4000),
  ]
  for (const text of bad) await expectOAuthError(await redeemWith(code, text), 400, 'invalid_dpop_proof')
  expect((await redeemWith(code, proof)).status).toBe(200)
})

test.each([`${ISSUER.toUpperCase()}${TOKEN}`, `${ISSUER}${TOKEN}?a=b#c`, `${ISSUER}/oauth/v2/../v2/token`])(
  'DP2 htu %s is this address',
  async (htu) => {
    const { signIn, redeemWith, prove } = await createStory()
    expect((await redeemWith(await signIn(), await prove('POST', TOKEN, { claims: { htu } }))).status).toBe(200)
  },
)

test('DP2 the usual port may be written', async () => {
  const { signIn, redeemWith, prove, deps } = await createStory()
  deps.settings.issuer = 'https://login.acme.test'
  await signIn().catch(() => undefined)
  const at = (htu: string) => prove('POST', TOKEN, { claims: { htu } })
  // the code is of another issuer, which is found out after the proof
  await expectOAuthError(
    await redeemWith(`vc_${'A'.repeat(43)}`, await at('https://login.acme.test:443/oauth/v2/token')),
    400,
    'invalid_grant',
  )
  await expectOAuthError(
    await redeemWith(`vc_${'A'.repeat(43)}`, await at('https://login.acme.test:8443/oauth/v2/token')),
    400,
    'invalid_dpop_proof',
  )
})

test.each([-60, -10, 10, 60])('DP3 a clock that is off by %i s is fine, and so are other claims', async (off) => {
  const { signIn, redeemWith, prove, clock } = await createStory()
  const claims = { iat: clock.now() / 1000 + off, nbf: 4e9, exp: 1, other: true, nonce: 'of somebody else' }
  expect((await redeemWith(await signIn(), await prove('POST', TOKEN, { claims }))).status).toBe(200)
})

test('DP3 a proof works once, for its own key, and 20 at once are one', async () => {
  const { signIn, redeemWith, prove, clock } = await createStory()
  const claims = { jti: 'the same', iat: clock.now() / 1000 + 60 }
  const proof = await prove('POST', TOKEN, { claims })
  const code = await signIn()
  const answers = await Promise.all(Array.from({ length: 20 }, () => redeemWith(code, proof)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  clock.advance(119)
  await expectOAuthError(await redeemWith(code, proof), 400, 'invalid_dpop_proof')
  const other = await createProver({ clock })
  const foreign = await other.prove('POST', TOKEN, { claims })
  await expectOAuthError(await redeemWith(`vc_${'A'.repeat(43)}`, foreign), 400, 'invalid_grant')
})

test('DP5 with the nonce setting a proof without it is asked to come again, and spends nothing', async () => {
  const { signIn, redeemWith, prove, clock } = await createStory({ env: { DPOP_NONCE: 'on' } })
  const code = await signIn()
  const claims = { jti: 'the same' }
  const asked = await redeemWith(code, await prove('POST', TOKEN, { claims }))
  await expectOAuthError(asked, 400, 'use_dpop_nonce')
  const nonce = asked.headers.get('dpop-nonce')
  expect(nonce).toMatch(/^[\w-]{20,}$/)
  const wrong = await redeemWith(code, await prove('POST', TOKEN, { claims: { nonce: 'mine' } }))
  await expectOAuthError(wrong, 400, 'use_dpop_nonce')
  const response = await redeemWith(code, await prove('POST', TOKEN, { claims: { ...claims, nonce } }))
  expect([response.status, response.headers.has('dpop-nonce')]).toEqual([200, true])
  clock.advance(180)
  const old = await redeemWith(code, await prove('POST', TOKEN, { claims: { nonce } }))
  await expectOAuthError(old, 400, 'use_dpop_nonce')
})

test('DP5 at a resource it is 401', async () => {
  const { browser, prove, signIn, redeemWith } = await createStory({ env: { DPOP_NONCE: 'on' } })
  const code = await signIn()
  const nonce = (await redeemWith(code, await prove('POST', TOKEN))).headers.get('dpop-nonce')
  const redeemed = await redeemWith(code, await prove('POST', TOKEN, { claims: { nonce } }))
  const { access_token: accessToken } = await jsonOf<Tokens>(redeemed)
  const dpop = await prove('GET', '/oidc/v1/userinfo', { accessToken })
  const asked = await browser.get('/oidc/v1/userinfo', { authorization: `DPoP ${accessToken}`, dpop })
  expect([asked.status, asked.headers.get('www-authenticate')]).toEqual([
    401,
    'DPoP realm="vestibule", algs="ES256 PS256 EdDSA", error="use_dpop_nonce"',
  ])
  expect(asked.headers.get('dpop-nonce')).toBe(nonce)
})

test('DP9 a client that must prove and does not is refused, and its code stays', async () => {
  const { signIn, redeem, redeemWith, prove } = await createStory({
    application: { settings: { dpopBoundAccessTokens: true } },
  })
  const code = await signIn()
  await expectOAuthError(await redeem(code), 400, 'invalid_dpop_proof')
  expect((await redeemWith(code, await prove('POST', TOKEN))).status).toBe(200)
})

test('G9 a browser may send a proof, and reads the nonce', async () => {
  const { browser } = await createStory({ application: { type: 'spa' } })
  const response = await browser.send(TOKEN, { method: 'OPTIONS', headers: { origin: 'https://rp.test' } })
  expect(response.headers.get('access-control-allow-headers')).toContain('DPoP')
  expect(response.headers.get('access-control-expose-headers')).toContain('DPoP-Nonce')
})

test.each(['null', '"text"', '7', '[]', '', '{', 'true'])(
  'DP1 a signed proof that says %j is refused',
  async (payload) => {
    const { signIn, redeemWith, proveRaw } = await createStory()
    await expectOAuthError(await redeemWith(await signIn(), await proveRaw(payload)), 400, 'invalid_dpop_proof')
  },
)
