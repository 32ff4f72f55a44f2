import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { tokenHash } from '../../crypto/token.ts'
import { jsonOf } from '../../testing/answers.ts'
import { type Tokens, userinfoRequest } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { verifyJwt } from '../../testing/tokens.ts'

const createJwtScene = (settings = {}) =>
  createScene({ application: { settings: { accessTokenFormat: 'jwt', ...settings } } })

test('AT1 opaque by default', async () => {
  const { tokens } = await createScene()
  expect((await tokens()).access_token).toMatch(/^va_[\w-]{43}$/)
})

test.each(['RS256', 'ES256', 'EdDSA'] as const)(
  'AT1 a JWT access token (RFC 9068), signed with %s',
  async (idTokenAlgorithm) => {
    const { world, tokens, clock, userId } = await createJwtScene({ idTokenAlgorithm, accessTokenLifetime: 600 })
    const now = clock.now() / 1000
    const { access_token } = await tokens({ scope: 'openid email' })
    const { header, claims } = await verifyJwt(world, access_token, { typ: 'at+jwt' })
    expect(header).toEqual({ alg: idTokenAlgorithm, typ: 'at+jwt', kid: expect.any(String) })
    expect(claims).toEqual({
      iss: 'http://localhost:3000',
      sub: userId,
      aud: 'ledger',
      client_id: 'ledger',
      exp: now + 600,
      iat: now,
      jti: expect.stringMatching(/^va_/),
      scope: 'openid email',
      auth_time: now,
      acr: 'aal1',
      amr: ['pwd'],
    })
  },
)

test('AT3 both kinds have a row, so revocation works for both', async () => {
  const { deps, tokens, userinfo } = await createJwtScene()
  const granted = await tokens()
  expect((await userinfo(granted)).status).toBe(200)
  const { accessTokens, grants } = deps.db.tables
  const rows = await deps.db.query.select().from(accessTokens)
  expect(rows.map((row) => row.tokenHash)).toEqual([tokenHash(decodeJwt(granted.access_token).jti!)])
  await deps.db.query.update(grants).set({ revokedAt: 1 })
  expect((await userinfo(granted)).status).toBe(401)
})

test('AT3 a JWT access token ends in time', async () => {
  const { tokens, userinfo, clock } = await createJwtScene({ accessTokenLifetime: 60 })
  const granted = await tokens()
  clock.advance(60)
  expect((await userinfo(granted)).status).toBe(401)
})

test('G12 a JWT counts only with our signature, its own key and its own type', async () => {
  const { world, tokens, deps } = await createJwtScene()
  const { access_token } = await tokens()
  const [header = '', payload = '', signature = ''] = access_token.split('.')
  const claims = decodeJwt(access_token)
  const { kid } = decodeProtectedHeader(access_token)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const forgeries = [
    `${part({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
    `${part({ alg: 'none', typ: 'at+jwt', kid })}.${payload}.${signature}`,
    `${part({ alg: 'HS256', typ: 'at+jwt', kid })}.${payload}.${signature}`,
    `${part({ alg: 'RS256', typ: 'at+jwt', kid: 'other' })}.${payload}.${signature}`,
    `${header}.${part({ ...claims, scope: 'openid email' })}.${signature}`,
    `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    `${header}.${payload}.${signature}=`,
    `${header}.${payload}.`,
    `${header}.${payload}`,
    // rightly signed, but no access token, or of nobody
    await deps.keys.sign('RS256', 'JWT', claims),
    await deps.keys.sign('RS256', 'at+jwt', { ...claims, jti: `va_${'A'.repeat(43)}` }),
  ]
  for (const forgery of forgeries) expect((await userinfoRequest(world, forgery)).status).toBe(401)
  expect((await userinfoRequest(world, access_token)).status).toBe(200)
})

test('G13 one kind of token never stands in for another', async () => {
  const { world, signIn, redeem, refresh, authorize } = await createScene({
    application: { settings: { consent: 'never' } },
  })
  const code = await signIn({ scope: 'openid offline_access' })
  const tokens = await jsonOf<Required<Tokens>>(await redeem(code))
  const { access_token, refresh_token, id_token } = tokens
  for (const token of [refresh_token, id_token, code]) expect((await userinfoRequest(world, token)).status).toBe(401)
  for (const token of [access_token, id_token, code])
    expect((await refresh({ ...tokens, refresh_token: token })).status).toBe(400)
  for (const token of [access_token, refresh_token, id_token]) expect((await redeem(token)).status).toBe(400)
  for (const token of [access_token, refresh_token])
    expect((await authorize({ id_token_hint: token, prompt: 'none' })).headers.get('location')).toContain(
      'error=invalid_request',
    )
})
