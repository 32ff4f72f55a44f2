import * as oidc from 'openid-client'
import { enterUserCode } from '../flows/device.ts'
import { signIn } from '../flows/sign-in.ts'
import { deviceScreen } from '../screens/device.ts'
import { ada, SECRET } from '../support/people.ts'
import { register } from '../support/register.ts'
import { expect, test } from '../support/test.ts'
import type { World } from '../support/world.ts'

// http is for the tests; the signature is verified although it came over the connection
const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks]

/** An application that must push its requests, and whose tokens are bound to a key. */
async function connect(world: World) {
  const redirect_uri = `${world.relyingParty.origin}/callback`
  const settings = { requirePushedRequests: true, dpopBoundAccessTokens: true, idTokenAlgorithm: 'ES256' }
  await register(world, { clientId: 'strongbox', redirectUris: [redirect_uri], settings })
  const provider = await oidc.discovery(new URL(world.origin), 'strongbox', undefined, oidc.ClientSecretBasic(SECRET), {
    execute,
  })
  return { provider, redirect_uri }
}

test('openid-client pushes its request, proves its key, and its tokens open nothing without it', async ({
  page,
  world,
}) => {
  const { provider, redirect_uri } = await connect(world)
  const DPoP = oidc.getDPoPHandle(provider, await oidc.randomDPoPKeyPair('ES256'))
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()]
  const parameters = {
    redirect_uri,
    scope: 'openid email offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    prompt: 'consent',
  }
  const url = await oidc.buildAuthorizationUrlWithPAR(provider, parameters, { DPoP })
  expect([...url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri'])
  await page.goto(url.href)
  await signIn(page, ada)
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page).toHaveURL((at) => at.href.startsWith(redirect_uri))
  const checks = { pkceCodeVerifier, expectedState, expectedNonce }
  const tokens = await oidc.authorizationCodeGrant(provider, new URL(page.url()), checks, undefined, { DPoP })
  expect(tokens.token_type).toBe('dpop')
  const sub = tokens.claims()?.sub ?? ''
  expect(await oidc.fetchUserInfo(provider, tokens.access_token, sub, { DPoP })).toMatchObject({ email: ada.email })
  await expect(oidc.fetchUserInfo(provider, tokens.access_token, sub)).rejects.toThrow()
  const next = await oidc.refreshTokenGrant(provider, tokens.refresh_token ?? '', undefined, { DPoP })
  expect(next.access_token).not.toBe(tokens.access_token)

  const plain = oidc.buildAuthorizationUrl(provider, parameters)
  await page.goto(plain.href)
  await expect(page).toHaveURL((at) => at.searchParams.get('error') === 'invalid_request')
})

test('openid-client lets a device in: it shows a code, somebody types it in a browser, and it has its tokens', async ({
  page,
  world,
}) => {
  const provider = await oidc.discovery(new URL(world.origin), 'television', undefined, oidc.None(), { execute })
  const waiting = await oidc.initiateDeviceAuthorization(provider, { scope: 'openid email' })
  const polling = oidc.pollDeviceAuthorizationGrant(provider, waiting)
  await page.goto(waiting.verification_uri)
  await enterUserCode(page, waiting.user_code.toLowerCase())
  await signIn(page, ada)
  await deviceScreen(page).allow.click()
  await expect(page).toHaveURL(`${world.origin}/device/approved`)
  const tokens = await polling
  expect(await oidc.fetchUserInfo(provider, tokens.access_token, tokens.claims()?.sub ?? '')).toMatchObject({
    email: ada.email,
  })
})
