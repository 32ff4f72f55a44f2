import * as client from 'openid-client'
import { expect, test } from 'vitest'
import { redirectOf } from '../testing/browser.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { ISSUER, PASSWORD, REDIRECT_URI, SECRET, SIGNED_OUT_URI } from '../testing/world.ts'

test.each(['RS256', 'ES256', 'EdDSA'] as const)(
  'a certified relying party signs bob in, refreshes and signs him out (%s)',
  async (algorithm) => {
    // its clock is the real one
    const scene = await createScene({ application: { settings: { idTokenAlgorithm: algorithm, consent: 'never' } } })
    scene.clock.at = Date.now()
    const fetching: client.CustomFetch = (url, options) =>
      scene.app.request(url, options as RequestInit) as Promise<Response>
    const metadata = { id_token_signed_response_alg: algorithm }
    const config = await client.discovery(new URL(ISSUER), 'ledger', metadata, client.ClientSecretBasic(SECRET), {
      execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
      [client.customFetch]: fetching,
    })

    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT_URI,
      scope: 'openid email offline_access',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
    })
    const request = await scene.browser.open(address.pathname + address.search)
    const answer = redirectOf(await scene.browser.signIn(request, BOB, PASSWORD))

    const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }
    const tokens = await client.authorizationCodeGrant(config, answer, checks)
    expect(tokens.claims()?.sub).toBe(scene.userId)
    const claims = await client.fetchUserInfo(config, tokens.access_token, scene.userId)
    expect(claims.email).toBe(BOB)
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token!)
    expect(refreshed.claims()?.sub).toBe(scene.userId)

    const leave = client.buildEndSessionUrl(config, {
      id_token_hint: refreshed.id_token!,
      post_logout_redirect_uri: SIGNED_OUT_URI,
    })
    const left = await scene.browser.get(leave.pathname + leave.search)
    expect(left.headers.get('location')).toBe(SIGNED_OUT_URI)
  },
)
