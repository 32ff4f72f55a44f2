import type { Connection } from '../driver/connection.ts'
import { check, expectStatus } from '../driver/expect.ts'
import { form, request } from '../driver/request.ts'
import type { Response } from '../driver/response.ts'
import { REDIRECT_URI } from '../world.ts'
import type { Sent } from './authorize.ts'
import { checkIdToken } from './id-token.ts'
import type { Running } from './running.ts'

export type Tokens = { accessToken: string; refreshToken: string | undefined; subject: string }

/** Asks the token endpoint as our client (client_secret_basic). */
export function askForTokens(
  connection: Connection,
  running: Running,
  grant: Record<string, string>,
): Promise<Response> {
  const { id, secret } = running.client
  const basic = Buffer.from(`${id}:${secret}`).toString('base64')
  return request(connection, running.metadata.token_endpoint, `Authorization: Basic ${basic}\r\n`, form(grant))
}

export const codeGrant = (code: string, { verifier }: Sent): Record<string, string> => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: REDIRECT_URI,
  code_verifier: verifier,
})

export const refreshGrant = (refreshToken: string): Record<string, string> => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
})

/** Exchanges a code for tokens and checks them. */
export async function exchange(connection: Connection, running: Running, code: string, sent: Sent): Promise<Tokens> {
  return readTokens(await askForTokens(connection, running, codeGrant(code, sent)), running, sent.nonce)
}

/** Exchanges a refresh token for the next one and checks that it changed. */
export async function refresh(
  connection: Connection,
  running: Running,
  refreshToken: string,
): Promise<Tokens & { refreshToken: string }> {
  const tokens = await readTokens(await askForTokens(connection, running, refreshGrant(refreshToken)), running)
  check(tokens.refreshToken && tokens.refreshToken !== refreshToken, 'the refresh token was not rotated')
  return { ...tokens, refreshToken: tokens.refreshToken }
}

async function readTokens(response: Response, running: Running, nonce?: string): Promise<Tokens> {
  const body = JSON.parse(expectStatus(response, 200).body)
  check(body.token_type === 'Bearer' && body.expires_in > 0, 'not a bearer token')
  check(typeof body.access_token === 'string' && body.access_token.length >= 43, 'a guessable access token')
  check(response.headers.get('cache-control')?.includes('no-store'), 'tokens may be cached')
  const subject = await checkIdToken(body.id_token, running, nonce)
  return { accessToken: body.access_token, refreshToken: body.refresh_token, subject }
}
