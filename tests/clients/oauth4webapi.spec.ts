import type { Page } from '@playwright/test'
import * as oauth from 'oauth4webapi'
import { signIn } from '../flows/sign-in.ts'
import { VARIANTS } from '../support/configuration.ts'
import { ada, SECRET, theo } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import type { World } from '../support/world.ts'

/** http is for the tests. */
const HTTP = { [oauth.allowInsecureRequests]: true }

/** Each step by hand, with the checks of the specifications one by one. */
async function connect({ origin, relyingParty }: World, clientId: string) {
  const issuer = new URL(origin)
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, HTTP))
  const client: oauth.Client = { client_id: clientId }
  const authentication = oauth.ClientSecretBasic(SECRET)
  const redirectUri = `${relyingParty.origin}/callback`

  return {
    server,
    async authorize(page: Page, wishes: Record<string, string>, act = async () => {}) {
      const verifier = oauth.generateRandomCodeVerifier()
      const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid email',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...wishes,
      })
      await page.goto(`${server.authorization_endpoint}?${query}`)
      await act()
      await expect(page).toHaveURL((at) => at.href.startsWith(redirectUri))
      const parameters = oauth.validateAuthResponse(server, client, new URL(page.url()), state)
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        parameters,
        redirectUri,
        verifier,
        HTTP,
      )
      const checks = { expectedNonce: nonce, requireIdToken: true }
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, checks)
      await oauth.validateApplicationLevelSignature(server, response, HTTP)
      return { tokens, claims: oauth.getValidatedIdTokenClaims(tokens) }
    },
    async userInfo(accessToken: string, subject: string) {
      const response = await oauth.userInfoRequest(server, client, accessToken, HTTP)
      return oauth.processUserInfoResponse(server, client, subject, response)
    },
    async refresh(refreshToken: string) {
      const response = await oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, HTTP)
      return oauth.processRefreshTokenResponse(server, client, response)
    },
  }
}

for (const { clientId, settings } of VARIANTS) {
  test(`oauth4webapi verifies the ${settings.idTokenAlgorithm} ID token, with ${settings.accessTokenFormat} access tokens`, async ({
    page,
    world,
  }) => {
    const { server, authorize, userInfo } = await connect(world, clientId)
    const { tokens, claims } = await authorize(page, {}, () => signIn(page, ada))
    expect(claims).toMatchObject({ acr: 'aal1', amr: ['pwd'], azp: clientId })
    expect(await userInfo(tokens.access_token, claims?.sub ?? '')).toMatchObject({ email: ada.email })
    if (settings.accessTokenFormat === 'opaque') return
    // a resource server that checks by itself (RFC 9068)
    const request = new Request('https://api.test/', { headers: { authorization: `Bearer ${tokens.access_token}` } })
    const access = await oauth.validateJwtAccessToken(server, request, clientId, HTTP)
    expect(access).toMatchObject({ sub: claims?.sub, client_id: clientId, scope: 'openid email' })
  })
}

test('oauth4webapi refreshes, and is told login_required and consent_required as it should', async ({
  page,
  world,
}) => {
  const { authorize, refresh, userInfo } = await connect(world, 'notary')
  const silently = (scope: string) => authorize(page, { prompt: 'none', scope })
  await expect(silently('openid')).rejects.toMatchObject({ error: 'login_required' })
  const { tokens, claims } = await authorize(page, { scope: 'openid email offline_access' }, async () => {
    await signIn(page, theo)
    await page.getByRole('button', { name: 'Allow' }).click()
  })
  expect((await silently('openid')).claims?.sub).toBe(claims?.sub)
  await expect(silently('openid address')).rejects.toMatchObject({ error: 'consent_required' })

  const fresh = await refresh(tokens.refresh_token ?? '')
  expect(await userInfo(fresh.access_token, claims?.sub ?? '')).toMatchObject({ email: theo.email })
})
