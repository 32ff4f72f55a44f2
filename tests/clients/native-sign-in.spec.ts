import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { ada, PASSWORD } from '../support/people.ts'
import { register } from '../support/register.ts'
import { expect, test } from '../support/test.ts'
import type { World } from '../support/world.ts'

type Answer = Record<string, string> & { methods?: string[] }

/** A game, with nothing but fetch and jose. */
async function createGame({ origin }: World) {
  const metadata = (await (await fetch(`${origin}/.well-known/openid-configuration`)).json()) as Record<string, string>
  const key = await generateKeyPair('ES256')
  const jwk = await exportJWK(key.publicKey)
  const verifier = randomBytes(32).toString('base64url')

  async function post(endpoint: string, form: Record<string, string>) {
    const url = metadata[endpoint] ?? ''
    const proof = await new SignJWT({ jti: randomUUID(), htm: 'POST', htu: url })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .setIssuedAt()
      .sign(key.privateKey)
    const body = new URLSearchParams({ client_id: 'game', ...form })
    const response = await fetch(url, { method: 'POST', headers: { DPoP: proof }, body })
    return (await response.json()) as Answer
  }

  return {
    jkt: await calculateJwkThumbprint(jwk),
    begin: () =>
      post('authorization_challenge_endpoint', {
        response_type: 'code',
        scope: 'openid email',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }),
    next: ({ auth_session = '' }: Answer, form: Record<string, string>) =>
      post('authorization_challenge_endpoint', { auth_session, ...form }),
    redeem: ({ authorization_code: code = '' }: Answer) =>
      post('token_endpoint', { grant_type: 'authorization_code', code, code_verifier: verifier }),
  }
}

test('a game signs somebody in without a browser, and its tokens are bound to its key', async ({ world }) => {
  const settings = { firstParty: true, accessTokenFormat: 'jwt' }
  await register(world, { clientId: 'game', type: 'native', redirectUris: ['com.acme.game:/callback'], settings })
  const game = await createGame(world)

  const begun = await game.begin()
  expect(begun).toMatchObject({ error: 'insufficient_authorization', next: 'identifier' })
  const named = await game.next(begun, { identifier: ada.email })
  expect(named.methods).toContain('password')
  const mistyped = await game.next(named, { password: 'no password of anybody' })
  expect(mistyped).toMatchObject({ next: 'first_factor', problem: 'invalid_credentials' })
  const done = await game.next(mistyped, { password: PASSWORD })
  const tokens = await game.redeem(done)
  expect(tokens.token_type).toBe('DPoP')
  expect(decodeJwt(tokens.access_token ?? '').cnf).toEqual({ jkt: game.jkt })
  expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ aud: 'game', amr: ['pwd'] })
})
