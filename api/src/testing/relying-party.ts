import { hash, randomBytes } from 'node:crypto'
import { type Browser, redirectOf } from './browser.ts'
import { PASSWORD, REDIRECT_URI, SECRET, type World } from './world.ts'

export type Tokens = {
  access_token: string
  token_type: string
  expires_in: number
  scope: string
  refresh_token?: string
  id_token?: string
}

/** What a confidential client with PKCE sends to the authorization endpoint. */
export function authorizePath(clientId: string, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid',
    ...parameters,
  })
  return `/oauth/v2/authorize?${query}`
}

export const basic = (clientId: string, secret = SECRET) =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`

/** A request to the token endpoint, as this client. */
export function tokenRequest({ app }: World, clientId: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return app.request('/oauth/v2/token', {
    method: 'POST',
    headers: { host: 'localhost:3000', 'content-type': 'application/x-www-form-urlencoded', authorization: basic(clientId), ...headers },
    body: new URLSearchParams(form).toString(),
  })
}

export const redeem = (world: World, clientId: string, code: string, more: Record<string, string> = {}) =>
  tokenRequest(world, clientId, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...more })

export const newPkce = () => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: hash('sha256', verifier, 'base64url') }
}

/** Signs a person in at the login page and returns the authorization code. */
export async function obtainCode(
  browser: Browser,
  clientId: string,
  identifier: string,
  parameters: Record<string, string> = {},
): Promise<string> {
  const request = await browser.open(authorizePath(clientId, parameters))
  const answer = await browser.signIn(request, identifier, PASSWORD)
  return codeOf(redirectOf(answer))
}

export function codeOf(url: URL): string {
  const code = url.searchParams.get('code')
  if (!code) throw new Error(`no code in ${url.href}`)
  return code
}

/** The whole way from a click to tokens. */
export async function obtainTokens(
  world: World,
  browser: Browser,
  clientId: string,
  identifier: string,
  parameters: Record<string, string> = {},
): Promise<Tokens> {
  const code = await obtainCode(browser, clientId, identifier, parameters)
  const response = await redeem(world, clientId, code)
  if (response.status !== 200) throw new Error(await response.text())
  return (await response.json()) as Tokens
}

export const userinfoRequest = ({ app }: World, token: string, scheme = 'Bearer') =>
  app.request('/oidc/v1/userinfo', { headers: { host: 'localhost:3000', authorization: `${scheme} ${token}` } })
