import { tokenHash } from '../../crypto/token.ts'
import type { Deps } from '../../deps.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import { knownByKey } from '../../use-cases/known-browsers/know-browser.ts'
import { beginLogin } from '../../use-cases/login/begin-login.ts'
import { parseRequest } from '../authorize/parse-request.ts'
import { CREDENTIALS } from '../authorize/push-request.ts'
import { redirectUri } from '../authorize/redirect-uri.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import { BROUGHT } from './actions.ts'
import type { Client, OpenLogin } from './auth-session.ts'

/** How long a conversation may take. Milliseconds. */
const LIFETIME = 600_000

/**
 * An authorization request by the rules of the authorization endpoint (OAuth 2.0 for First-Party Applications 5.1), which no browser opened: it
 * begins with nobody signed in. The code will be bound to the key, and to `redirect_uri` only where one was sent.
 * @throws OAuthError
 */
export async function beginChallenge(
  deps: Deps,
  { application, key }: Client,
  parameters: Parameters,
  userAgent: string,
): Promise<OpenLogin> {
  const uri = parameters.get('redirect_uri') === null ? '' : redirectUri(parameters, application)
  const request = await parseRequest(deps, parameters, application, uri, null)
  const { dpopJkt } = request.parameters
  if (dpopJkt !== null && dpopJkt !== key)
    throw new OAuthError(
      'invalid_dpop_proof',
      'dpop_jkt is of another key than the proof',
      finding('dpop_binding', 'mismatch'),
    )
  const native = asked(parameters)
  const asks: AuthRequestParameters = { ...request.parameters, responseMode: 'form_post', dpopJkt: key, native }
  const beginning = await beginLogin(deps, {
    ...request,
    deviceToken: null,
    // the key of a server is that of everybody who comes by it
    knownToken: application.type === 'native' ? knownByKey(application.id, key) : null,
    trustToken: null,
    userAgent,
    application,
    parameters: asks,
    lifetime: LIFETIME,
  })
  if (beginning.kind === 'pending' && beginning.cookie) {
    const { request: id, cookie: deviceToken } = beginning
    const found = await deps.repositories.authRequests.find(id, tokenHash(deviceToken))
    if (found) return { request: id, deviceToken, deviceId: found.deviceId }
  }
  const code = beginning.kind === 'redirect' && beginning.error ? beginning.error : 'access_denied'
  throw new OAuthError(code, 'nobody is signed in here', finding('session', 'interaction', { got: code }))
}

/** The request without what proves the client or the person: what a browser would send. */
function asked(parameters: Parameters): Record<string, string> {
  const left: ReadonlySet<string> = new Set([...CREDENTIALS, ...BROUGHT])
  return Object.fromEntries(Object.entries(parameters.all()).filter(([name]) => !left.has(name)))
}
