import { generateKeyPairSync } from 'node:crypto'
import type { Page } from '@playwright/test'
import * as oidc from 'openid-client'
import { signIn } from '../flows/sign-in.ts'
import { ada, SECRET } from '../support/people.ts'
import { register } from '../support/register.ts'
import { expect, test } from '../support/test.ts'
import type { World } from '../support/world.ts'

// http is for the tests; the signature is verified although it came over the connection
const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks]

const ecdsa = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwks = {
  keys: [
    { ...ecdsa.publicKey.export({ format: 'jwk' }), kid: 'ecdsa' },
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa' },
  ],
}
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }
const [PKCS1, PSS] = ['RSASSA-PKCS1-v1_5', 'RSA-PSS'].map((name) => ({ name, hash: 'SHA-256' }))

const byKey = async (
  algorithm: EcKeyImportParams | RsaHashedImportParams = ECDSA,
  claims: object = {},
): Promise<oidc.ClientAuth> => {
  const [pair, kid] = algorithm === ECDSA ? [ecdsa, 'ecdsa'] : [rsa, 'rsa']
  const jwk = pair.privateKey.export({ format: 'jwk' })
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign'])
  return oidc.PrivateKeyJwt({ key, kid }, { [oidc.modifyAssertion]: (_header, said) => Object.assign(said, claims) })
}

/** An application of which nothing is said but the profile and its keys. */
async function connect(world: World, clientId: string) {
  const redirect_uri = `${world.relyingParty.origin}/callback`
  await register(world, { clientId, redirectUris: [redirect_uri], settings: { securityProfile: 'fapi2', jwks } })
  const as = async (authentication?: oidc.ClientAuth) =>
    oidc.discovery(new URL(world.origin), clientId, undefined, authentication ?? (await byKey()), { execute })
  const provider = await as()
  const DPoP = oidc.getDPoPHandle(provider, await oidc.randomDPoPKeyPair('ES256'))
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const expectedState = oidc.randomState()
  const parameters: Record<string, string> = {
    redirect_uri,
    scope: 'openid email offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    prompt: 'consent',
  }
  return {
    as,
    provider,
    DPoP,
    parameters,
    /** Sends the browser off with a pushed request. Out: how what it comes back with is redeemed. */
    async authorize(page: Page, act: () => Promise<void>) {
      await page.goto((await oidc.buildAuthorizationUrlWithPAR(provider, parameters, { DPoP })).href)
      await act()
      await page.getByRole('button', { name: 'Allow' }).click()
      await expect(page).toHaveURL((at) => at.href.startsWith(redirect_uri))
      const back = new URL(page.url())
      return (by = provider, bound: { DPoP?: oidc.DPoPHandle } = { DPoP }) =>
        oidc.authorizationCodeGrant(by, back, { pkceCodeVerifier, expectedState }, undefined, bound)
    },
  }
}

test('AP6 openid-client goes the whole way of FAPI 2.0: pushed, signed, bound, refreshed', async ({ page, world }) => {
  const { provider, DPoP, authorize } = await connect(world, 'bank')
  const redeem = await authorize(page, () => signIn(page, ada))
  const tokens = await redeem()
  expect(tokens.token_type).toBe('dpop')
  const [header = ''] = (tokens.id_token ?? '').split('.')
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ alg: 'ES256' })
  const sub = tokens.claims()?.sub ?? ''
  expect(await oidc.fetchUserInfo(provider, tokens.access_token, sub, { DPoP })).toMatchObject({ email: ada.email })
  const next = await oidc.refreshTokenGrant(provider, tokens.refresh_token ?? '', undefined, { DPoP })
  expect(next.token_type).toBe('dpop')
  expect(next.claims()?.sub).toBe(sub)
})

test('AP6 openid-client is refused at each weaker variant of it', async ({ page, world }) => {
  const { as, provider, DPoP, parameters, authorize } = await connect(world, 'broker')
  const pushAs = async (by: oidc.Configuration, wishes: object = {}) =>
    (await oidc.buildAuthorizationUrlWithPAR(by, { ...parameters, ...wishes }, { DPoP })).searchParams.has(
      'request_uri',
    )
  const isNobody = { status: 401 }

  expect(await pushAs(await as(await byKey(PSS)))).toBe(true)
  await expect(pushAs(await as(await byKey(PKCS1)))).rejects.toMatchObject(isNobody)
  for (const secret of [oidc.ClientSecretBasic(SECRET), oidc.ClientSecretPost(SECRET), oidc.None()])
    await expect(pushAs(await as(secret))).rejects.toMatchObject(isNobody)
  for (const aud of [`${world.origin}/oauth/v2/token`, `${world.origin}/oauth/v2/par`, [world.origin]])
    await expect(pushAs(await as(await byKey(ECDSA, { aud })))).rejects.toMatchObject(isNobody)
  for (const wishes of [{ code_challenge: '', code_challenge_method: '' }, { code_challenge_method: 'plain' }])
    await expect(pushAs(provider, wishes)).rejects.toMatchObject({ error: 'invalid_request' })

  await page.goto(oidc.buildAuthorizationUrl(provider, parameters).href)
  await expect(page).toHaveURL((at) => at.searchParams.get('error') === 'invalid_request')

  const redeem = await authorize(page, () => signIn(page, ada))
  await expect(redeem(provider, {})).rejects.toMatchObject({ error: 'invalid_dpop_proof' })
  await expect(redeem(await as(await byKey(PKCS1)))).rejects.toMatchObject(isNobody)
  const tokens = await redeem()
  const refresh = tokens.refresh_token ?? ''
  await expect(oidc.refreshTokenGrant(provider, refresh)).rejects.toMatchObject({ error: 'invalid_dpop_proof' })
  await expect(oidc.fetchUserInfo(provider, tokens.access_token, tokens.claims()?.sub ?? '')).rejects.toThrow()
})
