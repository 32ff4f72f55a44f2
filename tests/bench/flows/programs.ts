import type { Connection } from '../driver/connection.ts'
import { check, expectStatus } from '../driver/expect.ts'
import { form, request } from '../driver/request.ts'
import type { Response } from '../driver/response.ts'
import { type Client, PROGRAM, RESOURCE } from '../world.ts'
import { checkSigned } from './id-token.ts'
import type { Running } from './running.ts'
import { askForTokens, authorizationOf, readAnswer } from './token.ts'

const itself: Record<string, string> = { grant_type: 'client_credentials' }

/** An opaque token of our client for itself (RFC 6749 4.4). */
export async function actForItself(connection: Connection, running: Running): Promise<string> {
  return readAnswer(await askForTokens(connection, running, itself), 'Bearer').access_token
}

/** A token of a program for an API that verifies it by itself (RFC 9068). */
export async function actAtApi(connection: Connection, running: Running): Promise<void> {
  const answer = await askForTokens(connection, running, { ...itself, resource: RESOURCE }, { client: PROGRAM })
  const claims = await checkSigned(readAnswer(answer, 'Bearer').access_token, running, RESOURCE)
  check(claims.sub === PROGRAM.id && claims.client_id === PROGRAM.id, 'a token for somebody else')
}

const ask = (
  connection: Connection,
  endpoint: string,
  { client }: { client: Client },
  token: string,
): Promise<Response> => request(connection, endpoint, authorizationOf(client), form({ token }))

/** What the server says of a token to our client (RFC 7662). */
export async function introspect(connection: Connection, running: Running, token: string) {
  const answer = await ask(connection, running.metadata.introspection_endpoint, running, token)
  return JSON.parse(expectStatus(answer, 200).body) as { active: boolean; sub?: string; client_id?: string }
}

/** Takes a token back (RFC 7009). */
export async function revoke(connection: Connection, running: Running, token: string): Promise<void> {
  const answer = await ask(connection, running.metadata.revocation_endpoint, running, token)
  check(expectStatus(answer, 200).body === '', 'something said of a revoked token')
}
