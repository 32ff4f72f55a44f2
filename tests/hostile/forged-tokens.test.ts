import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { json, send } from './harness/http.ts'
import { expectRefused } from './harness/refusal.ts'
import { authorizationCode, basic, claimsOf, errorOf, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { ME } from './paths.ts'

const world = await openWorld()
const { rp } = world

const browser = world.browser()
await rp.obtainCode(browser, 'clientConf', 'bob')
const opaque = tokensOf(await rp.redeem('clientConf', authorizationCode(await rp.silently(browser, 'clientConf'))))
const jwt = tokensOf(await rp.redeem('clientJwt', authorizationCode(await rp.silently(browser, 'clientJwt'))))
const { keys } = json(await send(world.server, { path: world.endpoints.JWKS })) as {
  keys: (JsonWebKey & { kid: string; alg: string })[]
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const headerOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as Record<string, unknown>
const [head, body, signature] = jwt.access_token.split('.') as [string, string, string]
const header = headerOf(jwt.access_token)
const rsa = keys.find(({ kid }) => kid === header.kid)!
const pem = createPublicKey({ key: rsa, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
const thief = generateKeyPairSync('rsa', { modulusLength: 2048 })
const thiefJwk = thief.publicKey.export({ format: 'jwk' })

const hmac = (input: string, key: string | Buffer) =>
  `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
const stolen = (change: object, of = body) => {
  const input = `${part({ ...header, ...change })}.${of}`
  return `${input}.${sign('sha256', Buffer.from(input), thief.privateKey).toString('base64url')}`
}
const claims = claimsOf(jwt.access_token)
const hsHeader = part({ ...header, alg: 'HS256' })

describe('N169 TOKEN - a token that we did not sign', () => {
  const forged: [string, string][] = [
    ['alg none', `${part({ ...header, alg: 'none' })}.${body}.`],
    ['alg None', `${part({ ...header, alg: 'None' })}.${body}.`],
    ['alg none with the old signature', `${part({ ...header, alg: 'none' })}.${body}.${signature}`],
    ['no signature', `${head}.${body}.`],
    ['no alg', `${part({ ...header, alg: undefined })}.${body}.${signature}`],
    ['HS256 with the PEM', hmac(`${hsHeader}.${body}`, pem)],
    ['HS256 with the PEM, trimmed', hmac(`${hsHeader}.${body}`, pem.trim())],
    ['HS256 with the JWK', hmac(`${hsHeader}.${body}`, JSON.stringify(rsa))],
    ['HS256 with the modulus', hmac(`${hsHeader}.${body}`, Buffer.from(rsa.n!, 'base64url'))],
    ['HS256 with nothing', hmac(`${hsHeader}.${body}`, '')],
    ['a key in the header', stolen({ jwk: thiefJwk })],
    ['a key set address', stolen({ jku: 'https://evil.test/keys' })],
    ['a certificate address', stolen({ x5u: 'https://evil.test/cert' })],
    ['a certificate', stolen({ x5c: ['MIIB'] })],
    ["a thief's key under our kid", stolen({})],
    ['another key of ours', stolen({ kid: keys.find(({ kid }) => kid !== rsa.kid)!.kid })],
    ['another algorithm of ours', `${part({ ...header, alg: 'ES256' })}.${body}.${signature}`],
    ['an unknown kid', stolen({ kid: 'unknown' })],
    ['no kid', stolen({ kid: undefined })],
    ['a path as kid', stolen({ kid: '../../../../dev/null' })],
    ['SQL as kid', stolen({ kid: "' or 1=1 --" })],
    ['a number as kid', stolen({ kid: 0 })],
    ['__proto__ as kid', stolen({ kid: '__proto__' })],
    ['crit', stolen({ crit: ['exp'] })],
    ['another body', `${head}.${part({ ...claims, sub: 'usr_somebody' })}.${signature}`],
    ['a later end', `${head}.${part({ ...claims, exp: Number(claims.exp) + 9e6 })}.${signature}`],
    ['a signature of zeros', `${head}.${body}.${Buffer.alloc(256).toString('base64url')}`],
    ['a signature in another encoding', `${head}.${body}.${signature}=`],
    ['a fourth part', `${jwt.access_token}.x`],
    ['only two parts', `${head}.${body}`],
    ['empty parts', '..'],
    ['no JSON', `${Buffer.from('x').toString('base64url')}.${body}.${signature}`],
  ]
  test.each(forged)('%s', async (_kind, token) => {
    expectRefused(await rp.userinfo(token), 'invalid_token')
    const form = {
      method: 'POST',
      path: world.endpoints.USERINFO,
      body: new URLSearchParams({ access_token: token }).toString(),
    }
    expectRefused(
      await send(world.server, { ...form, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      'invalid_token',
    )
    expectRefused(
      await send(world.server, { path: ME.profile().path, headers: { authorization: `Bearer ${token}` } }),
      'unauthenticated',
    )
  })

  test.each(forged)('%s is no hint either', async (_kind, token) => {
    const asIdToken = token.replace(part(header), part({ ...header, typ: 'JWT' }))
    expect(errorOf(await rp.silently(browser, 'clientConf', { id_token_hint: asIdToken }))).toBe('invalid_request')
  })

  test('while the real one opens', async () => {
    expect((await rp.userinfo(jwt.access_token)).status).toBe(200)
    expect((await rp.userinfo(opaque.access_token)).status).toBe(200)
    for (const key of keys)
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(member)
  })
})

describe('N171 TOKEN - no kind of token stands in for another', () => {
  const bearers: [string, string][] = [
    ['an ID token', jwt.id_token],
    ['a refresh token', opaque.refresh_token],
    ["a browser's cookie", [...browser.jar.values()][0]!],
    ['a client secret', basic('clientConf').authorization.slice(6)],
  ]
  test.each(bearers)('%s as access token', async (_kind, token) => {
    expectRefused(await rp.userinfo(token), 'invalid_token')
    expectRefused(
      await send(world.server, { path: ME.profile().path, headers: { authorization: `Bearer ${token}` } }),
      'unauthenticated',
    )
  })

  test.each([
    ['an access token', jwt.access_token],
    ['an opaque one', opaque.access_token],
    ['a refresh token', opaque.refresh_token],
  ])('%s as id_token_hint', async (_kind, token) => {
    expect(errorOf(await rp.silently(browser, 'clientConf', { id_token_hint: token }))).toBe('invalid_request')
    const answer = await world
      .browser()
      .get(
        `${world.endpoints.ENDSESSION}?${new URLSearchParams({ id_token_hint: token, post_logout_redirect_uri: 'https://rp.test/bye' })}`,
      )
    expect(answer.headers.location).toBeUndefined()
    expect((await rp.userinfo(opaque.access_token)).status).toBe(200)
  })

  test.each([
    ['an access token', opaque.access_token],
    ['a JWT', jwt.access_token],
    ['an ID token', opaque.id_token],
  ])('%s as refresh token', async (_kind, token) => {
    expectRefused(await rp.refresh('clientConf', token), 'invalid_grant')
  })

  test.each([
    ['a refresh token', opaque.refresh_token],
    ['an access token', opaque.access_token],
    ['an ID token', opaque.id_token],
  ])('%s as authorization code', async (_kind, token) => {
    expectRefused(await rp.redeem('clientConf', token), 'invalid_grant')
  })

  test.each([opaque.access_token, opaque.refresh_token, opaque.id_token])('a token is no session', async (token) => {
    const other = world.browser()
    other.jar.set('__Host-vestibule', token)
    expectRefused(await other.call(ME.profile()), 'unauthenticated')
  })
})
