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

/** What a confidential client sends to the authorization endpoint; null leaves a parameter out. */
export function authorizeQuery(clientId: string, parameters: Record<string, string | null> = {}): URLSearchParams {
  const values = {
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid',
    ...parameters,
  }
  return new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null))
}

export const authorizePath = (clientId: string, parameters?: Record<string, string | null>): string =>
  `/oauth/v2/authorize?${authorizeQuery(clientId, parameters)}`

export const basic = (clientId: string, secret = SECRET) =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`

/** A form as a program posts it. */
export const postForm = (
  { app }: World,
  path: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
) =>
  app.request(path, {
    method: 'POST',
    headers: { host: 'localhost:3000', 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  })

/** A request to the token endpoint, as this confidential client. */
export const tokenRequest = (
  world: World,
  clientId: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) => postForm(world, '/oauth/v2/token', form, { authorization: basic(clientId), ...headers })

/** The same as a public client. */
export const publicTokenRequest = (world: World, clientId: string, form: Record<string, string>) =>
  postForm(world, '/oauth/v2/token', { client_id: clientId, ...form })

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
  parameters: Record<string, string | null> = {},
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
  parameters: Record<string, string | null> = {},
): Promise<Tokens> {
  const code = await obtainCode(browser, clientId, identifier, parameters)
  const response = await redeem(world, clientId, code)
  if (response.status !== 200) throw new Error(await response.text())
  return (await response.json()) as Tokens
}

export const userinfoRequest = ({ app }: World, token: string, scheme = 'Bearer') =>
  app.request('/oidc/v1/userinfo', { headers: { host: 'localhost:3000', authorization: `${scheme} ${token}` } })
