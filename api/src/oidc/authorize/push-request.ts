import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, KnownApplication } from '../../deps.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import { parseRequest } from './parse-request.ts'
import { redirectUri } from './redirect-uri.ts'

/** What the address of a stored request begins with (RFC 9126 2.2). */
export const REQUEST_URI = 'urn:ietf:params:oauth:request_uri:'

/** Seconds in which it can be opened. */
export const LIFETIME = 60

/** How the client proved itself is no part of the request, and is stored nowhere. */
export const CREDENTIALS = ['client_secret', 'client_assertion', 'client_assertion_type']

/**
 * The pushed authorization request endpoint (RFC 9126 2), after client authentication: every rule of the authorization endpoint, answered to
 * the client itself. A proof of possession binds the code to its `key` (RFC 9449 10.1).
 * @throws OAuthError
 */
export async function pushRequest(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
  key: string | null,
): Promise<{ request_uri: string; expires_in: number }> {
  if (parameters.get('request_uri'))
    throw new OAuthError('invalid_request', 'request_uri can not be pushed', finding('request_uri', 'unsupported'))
  const { dpopJkt } = (await parseRequest(deps, parameters, application, redirectUri(parameters, application), null))
    .parameters
  if (key !== null && dpopJkt !== null && key !== dpopJkt)
    throw new OAuthError(
      'invalid_dpop_proof',
      'dpop_jkt is of another key than the proof',
      finding('dpop_binding', 'mismatch'),
    )
  const bound: Record<string, string> = key === null ? {} : { dpop_jkt: key }
  return { request_uri: await keepRequest(deps, application, { ...parameters.all(), ...bound }), expires_in: LIFETIME }
}

/** Stores a request that was checked. Out: the address it is opened by. */
export async function keepRequest(
  deps: Deps,
  { id }: KnownApplication,
  parameters: Record<string, string>,
): Promise<string> {
  const requestUri = newToken('request_uri', deps.randomBytes)
  const kept = Object.entries(parameters).filter(([name]) => !CREDENTIALS.includes(name))
  await deps.db.transaction((tx) =>
    deps.repositories.pushedRequests.create(tx, {
      uriHash: tokenHash(requestUri),
      applicationId: id,
      issuer: deps.settings.issuer,
      parameters: Object.fromEntries(kept),
      expiresAt: deps.clock.now() + LIFETIME * 1000,
    }),
  )
  return requestUri
}
