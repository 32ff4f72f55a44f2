import { hash, randomBytes } from 'node:crypto'
import { type Browser, newAddress, redirectOf } from './browser.ts'
import { type Answer, type Door, json, send } from './http.ts'
import { passwordOf, REDIRECT_URI, secretOf } from './people.ts'

/** The addresses of the protocol, without the origin, as the discovery document says. */
export type Endpoints = Record<'AUTHZ' | 'TOKEN' | 'USERINFO' | 'ENDSESSION' | 'JWKS' | 'INTROSPECT' | 'REVOKE', string>

export const DISCOVERED: Record<keyof Endpoints, string> = {
  AUTHZ: 'authorization_endpoint',
  TOKEN: 'token_endpoint',
  USERINFO: 'userinfo_endpoint',
  ENDSESSION: 'end_session_endpoint',
  JWKS: 'jwks_uri',
  INTROSPECT: 'introspection_endpoint',
  REVOKE: 'revocation_endpoint',
}

export type Pkce = { verifier: string; challenge: string }
export function newPkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: hash('sha256', verifier, 'base64url') }
}

export type Tokens = {
  access_token: string
  refresh_token: string
  id_token: string
  scope: string
  expires_in: number
}
export type Values = Record<string, string>
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

export const basic = (clientId: string, secret = secretOf(clientId)) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})

/** What applications do: they send browsers here, and come themselves for tokens. All of them are confidential unless a case says so. */
export function createRelyingParty(door: Door, endpoints: Endpoints) {
  const post = (path: string, form: Values | string, headers: Record<string, string> = {}): Promise<Answer> =>
    send(door, {
      method: 'POST',
      path,
      body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
      headers: { ...FORM, 'x-forwarded-for': newAddress(), ...headers },
    })

  const rp = {
    door,
    endpoints,
    post,
    authorizePath(clientId: string, parameters: Values = {}): string {
      const defaults = {
        client_id: clientId,
        redirect_uri: REDIRECT_URI,
        response_type: 'code',
        scope: 'openid offline_access',
      }
      return `${endpoints.AUTHZ}?${new URLSearchParams({ ...defaults, ...parameters })}`
    },
    /** A request to the token endpoint as this confidential client. */
    token: (clientId: string, form: Values, headers: Record<string, string> = basic(clientId)) =>
      post(endpoints.TOKEN, form, headers),
    redeem: (clientId: string, code: string, more: Values = {}) =>
      rp.token(clientId, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...more }),
    refresh: (clientId: string, token: string, more: Values = {}) =>
      rp.token(clientId, { grant_type: 'refresh_token', refresh_token: token, ...more }),
    userinfo: (token: string, headers: Record<string, string> = {}) =>
      send(door, { path: endpoints.USERINFO, headers: { authorization: `Bearer ${token}`, ...headers } }),
    /** Signs a person in at the login page: the authorization code. */
    async obtainCode(browser: Browser, clientId: string, name: string, parameters: Values = {}): Promise<string> {
      const request = await browser.open(rp.authorizePath(clientId, parameters))
      return authorizationCode(await browser.signIn(request, name, passwordOf(name)))
    },
    /** The whole way from a click to tokens. */
    async obtainTokens(browser: Browser, clientId: string, name: string, parameters: Values = {}): Promise<Tokens> {
      return tokensOf(await rp.redeem(clientId, await rp.obtainCode(browser, clientId, name, parameters)))
    },
    /** With a session: a code without a question. */
    silently: (browser: Browser, clientId: string, parameters: Values = {}) =>
      browser.get(rp.authorizePath(clientId, { prompt: 'none', ...parameters })),
  }
  return rp
}

export function authorizationCode(answer: Answer): string {
  const url = redirectOf(answer)
  const code = url.searchParams.get('code')
  if (!code) throw new Error(`no code in ${url.href}`)
  return code
}

export function tokensOf(answer: Answer): Tokens {
  if (answer.status !== 200) throw new Error(`no tokens: ${answer.status} ${answer.body}`)
  return json(answer) as Tokens
}

/** The error that a redirect carries, or null. */
export const errorOf = (answer: Answer): string | null => redirectOf(answer).searchParams.get('error')

export const claimsOf = (jwt: string) =>
  JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
