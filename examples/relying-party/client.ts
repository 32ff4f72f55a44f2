/**
 * Everything an application has to do to sign people in: copy this file. OpenID Connect Core 1.0, authorization code flow
 * with PKCE (RFC 7636), state and nonce; what the provider answers is verified by openid-client.
 */
import * as oidc from 'openid-client'

interface ClientSettings {
  readonly issuer: URL
  readonly clientId: string
  /** Left out: a public client, protected by PKCE alone. */
  readonly clientSecret: string | undefined
  readonly redirectUri: string
  readonly signedOutUri: string
}

/** What has to be remembered between leaving for the provider and coming back. */
export interface Pending {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** Who is signed in, with the tokens that prove it. */
export interface SignedIn {
  readonly claims: oidc.IDToken
  readonly userInfo: oidc.UserInfoResponse
  readonly scope: string | undefined
  readonly idToken: string
  readonly refreshToken: string | undefined
}

export function createClient({ issuer, clientId, clientSecret, redirectUri, signedOutUri }: ClientSettings) {
  const authentication = clientSecret ? oidc.ClientSecretBasic(clientSecret) : oidc.None()
  const execute = [oidc.enableNonRepudiationChecks] // verify the signature too, instead of trusting the connection
  if (isLoopback(issuer)) execute.push(oidc.allowInsecureRequests) // anywhere else, http would show secrets to the network

  let discovered: Promise<oidc.Configuration> | undefined
  /** The provider's addresses, asked for once. A failure is forgotten, so that the next visitor tries again. */
  function provider(): Promise<oidc.Configuration> {
    discovered ??= oidc
      .discovery(issuer, clientId, undefined, authentication, { execute, timeout: 10 })
      .catch((error) => {
        discovered = undefined
        throw error
      })
    return discovered
  }

  return {
    /** Where to send the browser. `wishes` are further parameters of the authorization request, `prompt` for example. */
    async begin(wishes: Readonly<Record<string, string>>): Promise<{ url: URL; pending: Pending }> {
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
      }
      const url = oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        ...wishes,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
      })
      return { url, pending }
    },

    /** `search` is the query with which the browser came back to the redirect URI. */
    async finish(search: string, { state, nonce, codeVerifier }: Pending): Promise<SignedIn> {
      const tokens = await oidc.authorizationCodeGrant(await provider(), new URL(search, redirectUri), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
      })
      const claims = tokens.claims()
      if (!claims || !tokens.id_token) throw new Error('The provider sent no ID token.')
      const userInfo = await userInfoOf(tokens, claims.sub)
      return { claims, userInfo, scope: tokens.scope, idToken: tokens.id_token, refreshToken: tokens.refresh_token }
    },

    /** New tokens without the browser. Refresh tokens rotate: keep the new one, and never use one twice. */
    async refresh(before: SignedIn): Promise<SignedIn> {
      if (!before.refreshToken) throw new Error('There is no refresh token.')
      const tokens = await oidc.refreshTokenGrant(await provider(), before.refreshToken)
      const claims = tokens.claims() ?? before.claims
      if (claims.sub !== before.claims.sub) throw new Error('The new ID token is about somebody else.') // Core 12.2
      return {
        claims,
        // Whatever happens here, the new refresh token must not be lost: the old one is spent.
        userInfo: await userInfoOf(tokens, claims.sub).catch(() => before.userInfo),
        scope: tokens.scope ?? before.scope,
        idToken: tokens.id_token ?? before.idToken,
        refreshToken: tokens.refresh_token ?? before.refreshToken,
      }
    },

    /** Where to send the browser to end the session at the provider as well (RP-Initiated Logout 1.0). */
    async signOutUrl(idToken: string): Promise<URL> {
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: signedOutUri }
      return oidc.buildEndSessionUrl(await provider(), parameters)
    },
  }

  async function userInfoOf({ access_token }: oidc.TokenEndpointResponse, subject: string) {
    return oidc.fetchUserInfo(await provider(), access_token, subject)
  }
}

export const isLoopback = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
