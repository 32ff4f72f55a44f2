import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { Browser } from '../driver/browser.ts'
import type { Connection } from '../driver/connection.ts'
import { check, expectStatus, locationOf } from '../driver/expect.ts'
import { form, request } from '../driver/request.ts'
import { codeFrom, requestParameters } from './authorize.ts'
import type { Running } from './running.ts'
import { askForTokens, authorizationOf, codeGrant, readTokens, type Tokens } from './token.ts'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A key that tokens are bound to. Out: the header with a proof of it for one request (RFC 9449 4). */
export function createProver(): (method: string, url: string) => string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const header = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicKey.export({ format: 'jwk' }) })
  return (htm, htu) => {
    const input = `${header}.${part({ jti: randomUUID(), htm, htu, iat: Math.floor(Date.now() / 1000) })}`
    const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return `DPoP: ${input}.${signature.toString('base64url')}\r\n`
  }
}

type Prover = ReturnType<typeof createProver>

/** Pushes an authorization request (RFC 9126) with a proof. Out: the `request_uri`, and what is remembered. */
export async function push(connection: Connection, running: Running, scope: string, prove: Prover) {
  const { sent, parameters } = requestParameters(running, scope)
  const endpoint = running.metadata.pushed_authorization_request_endpoint
  const headers = authorizationOf(running.client) + prove('POST', endpoint)
  const answer = expectStatus(await request(connection, endpoint, headers, form(parameters)), 201)
  const { request_uri, expires_in } = JSON.parse(answer.body)
  check(typeof request_uri === 'string' && expires_in > 0, 'no request_uri')
  return { sent, requestUri: request_uri as string }
}

/** Where a pushed request leads a browser. */
export async function open(browser: Browser, running: Running, requestUri: string): Promise<string> {
  const query = new URLSearchParams({ client_id: running.client.id, request_uri: requestUri })
  return locationOf(await browser.get(`${running.metadata.authorization_endpoint}?${query}`))
}

/** The code flow of somebody signed in, with a pushed request and tokens that are bound to a key. */
export async function signInBound(browser: Browser, running: Running, scope: string, prove: Prover): Promise<Tokens> {
  const { connection } = browser
  const { sent, requestUri } = await push(connection, running, scope, prove)
  const code = codeFrom(await open(browser, running, requestUri), running, sent)
  const headers = prove('POST', running.metadata.token_endpoint)
  const answer = await askForTokens(connection, running, codeGrant(code, sent), { headers })
  return readTokens(answer, running, { nonce: sent.nonce, type: 'DPoP' })
}
