import type { Connection } from '../driver/connection.ts'
import { check, expectStatus } from '../driver/expect.ts'
import { form, request } from '../driver/request.ts'
import type { Response } from '../driver/response.ts'
import { type Client, REDIRECT_URI } from '../world.ts'
import type { Sent } from './authorize.ts'
import { checkIdToken } from './id-token.ts'
import type { Running } from './running.ts'

export type Tokens = { accessToken: string; refreshToken: string | undefined; subject: string }

/** The header of client_secret_basic. */
export const authorizationOf = ({ id, secret }: Client): string =>
  `Authorization: Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}\r\n`

/** Asks the token endpoint, as our client where no other is named. */
export const askForTokens = (
  connection: Connection,
  running: Running,
  grant: Record<string, string>,
  { client = running.client, headers = '' } = {},
): Promise<Response> =>
  request(connection, running.metadata.token_endpoint, authorizationOf(client) + headers, form(grant))

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
  return readTokens(await askForTokens(connection, running, codeGrant(code, sent)), running, sent)
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

type Expected = { nonce?: string; type?: 'Bearer' | 'DPoP' }

/** Reads an answer with an ID token and checks both. */
export async function readTokens(response: Response, running: Running, expected: Expected = {}): Promise<Tokens> {
  const body = readAnswer(response, expected.type ?? 'Bearer')
  const subject = await checkIdToken(body.id_token, running, expected.nonce)
  return { accessToken: body.access_token, refreshToken: body.refresh_token, subject }
}

type Answer = { access_token: string; refresh_token?: string; id_token?: unknown }

/** Reads an answer of the token endpoint and checks what every one of them has (RFC 6749 5.1). */
export function readAnswer(response: Response, type: 'Bearer' | 'DPoP'): Answer {
  const body = JSON.parse(expectStatus(response, 200).body)
  check(body.token_type === type && body.expires_in > 0, `not a token of the type ${type}`)
  check(typeof body.access_token === 'string' && body.access_token.length >= 43, 'a guessable access token')
  check(response.headers.get('cache-control')?.includes('no-store'), 'tokens may be cached')
  return body
}
