import { createHash, randomBytes } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { createRemoteJWKSet, customFetch, type JWTPayload, jwtVerify } from 'jose'
import type { fetchHere } from './loopback.ts'
import { SECRET } from './people.ts'
import type { Callback, RelyingParty } from './relying-party.ts'

const random = () => randomBytes(32).toString('base64url')

/** One sign-in that an application has begun, with what it keeps to check the answer. */
export type Request = { url: string; state: string; nonce: string; verifier: string }
export type Tokens = { id_token: string; access_token: string; refresh_token?: string; claims: JWTPayload }
export type Application = ReturnType<typeof createApplication>

/** How it reaches its issuer. */
type Reach = typeof fetch | typeof fetchHere

/** A confidential application in forty lines: authorization code with PKCE, `state`, `nonce` and a verified ID token. */
export function createApplication(issuer: string, relyingParty: RelyingParty, clientId: string, reach: Reach = fetch) {
  const redirectUri = `${relyingParty.origin}/callback`
  const keys = createRemoteJWKSet(new URL(`${issuer}/oauth/v2/keys`), {
    [customFetch]: (url, { headers }) => reach(url, { headers }),
  })

  return {
    clientId,
    redirectUri,
    signedOutUri: `${relyingParty.origin}/signed-out`,

    /** @param wishes further parameters of the authorization request, `prompt` for example */
    begin(wishes: Record<string, string> = {}): Request {
      const [state, nonce, verifier] = [random(), random(), random()] as const
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...wishes,
      })
      return { url: `${issuer}/oauth/v2/authorize?${query}`, state, nonce, verifier }
    },

    /** Waits until the browser is back in the application, and takes what it brought. */
    async answer(page: Page, { state }: Pick<Request, 'state'>): Promise<Callback> {
      await expect(page).toHaveURL((url) => url.href.startsWith(redirectUri))
      const callback = relyingParty.take(state)
      if (!callback) throw new Error(`the browser brought no answer to this request, but ${page.url()}`)
      expect(callback.parameters.get('iss'), 'RFC 9207').toBe(issuer)
      return callback
    },

    /** Redeems the code and verifies the ID token. @throws Error with the answer of the token endpoint, when it refused */
    async redeem({ verifier, nonce }: Request, { parameters }: Pick<Callback, 'parameters'>): Promise<Tokens> {
      const response = await reach(`${issuer}/oauth/v2/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${SECRET}`).toString('base64')}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: parameters.get('code') ?? '',
          redirect_uri: redirectUri,
          code_verifier: verifier,
        }),
      })
      if (!response.ok) throw new Error(`no tokens: ${await response.text()} for ${parameters}`)
      const tokens = (await response.json()) as Omit<Tokens, 'claims'>
      const { payload: claims } = await jwtVerify(tokens.id_token, keys, { issuer, audience: clientId })
      expect(claims.nonce).toBe(nonce)
      return { ...tokens, claims }
    },

    /** Where an application sends the browser to sign out. */
    signOut: (parameters: Record<string, string>) => `${issuer}/oidc/v1/end_session?${new URLSearchParams(parameters)}`,
  }
}
