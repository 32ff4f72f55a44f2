import { hash, randomBytes } from 'node:crypto'
import type { Browser } from '../driver/browser.ts'
import { check, locationOf } from '../driver/expect.ts'
import { REDIRECT_URI } from '../world.ts'
import type { Running } from './running.ts'

/** What the relying party remembers of a request it sent. */
export type Sent = { state: string; nonce: string; verifier: string }
export type Authorization = { sent: Sent; location: string }

const random = () => randomBytes(32).toString('base64url')

/** An authorization request with PKCE (RFC 7636), `state` and `nonce`. */
export function requestParameters(running: Running, scope: string, more: Record<string, string> = {}) {
  const sent: Sent = { state: random(), nonce: random(), verifier: random() }
  const parameters = {
    client_id: running.client.id,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope,
    state: sent.state,
    nonce: sent.nonce,
    code_challenge: hash('sha256', sent.verifier, 'base64url'),
    code_challenge_method: 'S256',
    ...more,
  }
  return { sent, parameters }
}

/** Sends the browser to the authorization endpoint. Out: where it was led. */
export async function authorize(
  browser: Browser,
  running: Running,
  scope: string,
  more: Record<string, string> = {},
): Promise<Authorization> {
  const { sent, parameters } = requestParameters(running, scope, more)
  const query = new URLSearchParams(parameters)
  return { sent, location: locationOf(await browser.get(`${running.metadata.authorization_endpoint}?${query}`)) }
}

/** The authorization code in a redirect back to the relying party; checks `state` and `iss` (RFC 6749 4.1.2, RFC 9207). */
export function codeFrom(location: string, running: Running, sent: Sent): string {
  check(location.startsWith(`${REDIRECT_URI}?`), `not at the relying party: ${location}`)
  const query = new URLSearchParams(location.slice(REDIRECT_URI.length + 1))
  const code = query.get('code')
  check(code, `no code: ${location}`)
  check(query.get('state') === sent.state, 'another state')
  check(query.get('iss') === running.metadata.issuer, 'another issuer')
  return code
}
