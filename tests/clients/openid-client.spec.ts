import type { Page } from '@playwright/test'
import * as oidc from 'openid-client'
import { enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { keepCodes, setUpApp } from '../flows/second-factor.ts'
import { signIn } from '../flows/sign-in.ts'
import { VARIANTS } from '../support/configuration.ts'
import { ada, careful, rosa, SECRET } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import type { World } from '../support/world.ts'

const caro = careful[4]

/** What an application of openid-client's authors would write: discovery, and every check it has. */
async function connect({ origin, relyingParty }: World, clientId: string) {
  const redirect_uri = `${relyingParty.origin}/callback`
  const provider = await oidc.discovery(new URL(origin), clientId, undefined, oidc.ClientSecretBasic(SECRET), {
    // http is for the tests; the signature is verified although it came over the connection
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  })
  return {
    provider,
    signedOutUri: `${relyingParty.origin}/signed-out`,
    /** Sends the browser off, does there what `act` does, and redeems what it comes back with. */
    async authorize(page: Page, wishes: Record<string, string>, act = async () => {}) {
      const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
      const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()]
      const url = oidc.buildAuthorizationUrl(provider, {
        redirect_uri,
        scope: 'openid profile email',
        code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        state: expectedState,
        nonce: expectedNonce,
        ...wishes,
      })
      await page.goto(url.href)
      await act()
      await expect(page).toHaveURL((at) => at.href.startsWith(redirect_uri))
      const checks = { pkceCodeVerifier, expectedState, expectedNonce }
      return oidc.authorizationCodeGrant(provider, new URL(page.url()), checks)
    },
  }
}

for (const { clientId, settings } of VARIANTS) {
  const { idTokenAlgorithm, accessTokenFormat } = settings

  test(`openid-client gets an ${idTokenAlgorithm} ID token and ${accessTokenFormat} access tokens, and user info`, async ({
    page,
    world,
  }) => {
    const { provider, authorize } = await connect(world, clientId)
    const tokens = await authorize(page, {}, () => signIn(page, ada))
    const claims = tokens.claims()
    expect(claims).toMatchObject({ iss: world.origin, aud: clientId, amr: ['pwd'] })
    expect(tokens.access_token.split('.')).toHaveLength(accessTokenFormat === 'jwt' ? 3 : 1)
    const person = await oidc.fetchUserInfo(provider, tokens.access_token, claims?.sub ?? '')
    expect(person).toMatchObject({ name: ada.name, given_name: ada.givenName, email: ada.email, email_verified: true })
  })
}

test('openid-client refreshes, and the refresh token rotates', async ({ page, world }) => {
  const { provider, authorize } = await connect(world, 'notary')
  const scope = 'openid email offline_access'
  const first = await authorize(page, { scope }, async () => {
    await signIn(page, rosa)
    await page.getByRole('button', { name: 'Allow' }).click()
  })
  const second = await oidc.refreshTokenGrant(provider, first.refresh_token ?? '')
  expect(second.refresh_token).not.toBe(first.refresh_token)
  expect(second.claims()?.sub).toBe(first.claims()?.sub)
  const person = await oidc.fetchUserInfo(provider, second.access_token, first.claims()?.sub ?? '')
  expect(person.email).toBe(rosa.email)
  await expect(oidc.refreshTokenGrant(provider, first.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  })
})

test('openid-client asks without a page: login_required, then a code, then login_required again', async ({
  page,
  world,
}) => {
  const { provider, authorize, signedOutUri } = await connect(world, 'ledger')
  const silently = () => authorize(page, { prompt: 'none' })
  await expect(silently()).rejects.toMatchObject({ error: 'login_required' })
  const tokens = await authorize(page, {}, () => signIn(page, ada))
  const again = await silently()
  expect(again.claims()?.sub).toBe(tokens.claims()?.sub)

  const parameters = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: signedOutUri, state: 'bye' }
  await page.goto(oidc.buildEndSessionUrl(provider, parameters).href)
  await expect(page).toHaveURL(`${signedOutUri}?state=bye`)
  await expect(silently()).rejects.toMatchObject({ error: 'login_required' })
})

test('openid-client is a native application on a loopback port of its own, without a secret', async ({
  page,
  world,
}) => {
  const provider = await oidc.discovery(new URL(world.origin), 'pocket', undefined, oidc.None(), {
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  })
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const expectedState = oidc.randomState()
  const redirect_uri = `${world.relyingParty.origin}/callback`
  const url = oidc.buildAuthorizationUrl(provider, {
    redirect_uri,
    scope: 'openid',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
  })
  await page.goto(url.href)
  await signIn(page, ada)
  await expect(page).toHaveURL((at) => at.href.startsWith(redirect_uri))
  const tokens = await oidc.authorizationCodeGrant(provider, new URL(page.url()), { pkceCodeVerifier, expectedState })
  expect(tokens.claims()?.aud).toBe('pocket')
})

test('openid-client asks for an account to be made, and its tokens are of that person', async ({ page, world }) => {
  const { provider, authorize } = await connect(world, 'ledger')
  expect(provider.serverMetadata().prompt_values_supported).toContain('create')
  const person = newcomer()
  const wishes = { prompt: 'create', login_hint: person.email, ui_locales: 'de' }
  const tokens = await authorize(page, wishes, async () => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Benutzerkonto erstellen')
    await expect(page.locator('input[name=email]')).toHaveValue(person.email)
    await fillIn(page, person)
    await enterCode(page, (await sentTo(page, world, person.email)).code)
  })
  const claims = tokens.claims()
  expect(claims).toMatchObject({ iss: world.origin, amr: ['pwd'], acr: 'aal1' })
  expect(Number(claims?.auth_time)).toBeGreaterThan(Date.now() / 1000 - 60)
  const who = await oidc.fetchUserInfo(provider, tokens.access_token, claims?.sub ?? '')
  expect(who).toMatchObject({ email: person.email, email_verified: true, name: 'Nia Okoye', locale: 'de' })
})

test('openid-client asks for an essential acr, and is told of both checks and of their time', async ({
  page,
  world,
}) => {
  const { authorize } = await connect(world, 'ledger')
  const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['aal2'] } } })
  const begun = Math.floor(Date.now() / 1000)
  const first = await authorize(page, { claims, max_age: '300' }, async () => {
    await signIn(page, caro)
    await setUpApp(page)
    await keepCodes(page)
  })
  const told = first.claims()
  expect(told).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
  expect(told?.auth_time).toBeGreaterThanOrEqual(begun)
  // nothing is asked again, and nothing gets younger by that
  const again = await authorize(page, { claims, prompt: 'none' })
  expect(again.claims()).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'], auth_time: told?.auth_time })
  // a key could be set up for that, on a page
  const more = authorize(page, { acr_values: 'phr', prompt: 'none' })
  await expect(more).rejects.toMatchObject({ error: 'interaction_required' })
})
