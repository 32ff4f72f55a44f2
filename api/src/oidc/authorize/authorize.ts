import type { Redirect } from '@vestibule/shared/login-step.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps, KnownApplication } from '../../deps.ts'
import { errorResponse } from '../../domain/authorization-response.ts'
import { Unavailable } from '../../domain/unavailable.ts'
import { knownHere } from '../../use-cases/grants/known-here.ts'
import { type Arrival, type Beginning, beginLogin } from '../../use-cases/login/begin-login.ts'
import { finding, OAuthError, UntrustedRequest } from '../oauth-error.ts'
import { hasNul, type Parameters, storedParameters, uiLocalesOf } from '../parameters.ts'
import { parseRequest, targetOf } from './parse-request.ts'
import { keepRequest, REQUEST_URI } from './push-request.ts'
import { redirectUri } from './redirect-uri.ts'

/** Why a request goes back to its application without a login, for its trace. */
export type Refused = { error: OAuthError; application: KnownApplication }

export type Browser = Pick<Arrival, 'deviceToken' | 'knownToken' | 'trustToken' | 'userAgent'>

type Answered = Beginning & {
  uiLocales: string[]
  application: KnownApplication
  redirectUri: string
  refused?: Refused
}

/**
 * The authorization endpoint (RFC 6749 3.1, OpenID Connect Core 3.1.2). First client and redirect URI: until both are trusted nothing
 * leaves this origin. Then the rules; then the engine. What is refused is described under the `name` of the request, by which its trace is found.
 * @throws UntrustedRequest for our own error page
 */
export async function authorize(deps: Deps, received: Parameters, browser: Browser, name: string): Promise<Answered> {
  const application = await trustedClient(deps, received)
  const { parameters, pushed } = await pushedOr(deps, received, application)
  const uri = redirectUri(parameters, application)
  const about = { uiLocales: uiLocalesOf(parameters), application, redirectUri: uri }
  try {
    if (pushed === null) mayArriveUnpushed(deps, application)
    const request = await parseRequest(deps, parameters, application, uri, pushed)
    const beginning = await beginLogin(deps, { ...browser, application, ...request })
    if (beginning.kind !== 'redirect' || !beginning.error) return { ...beginning, ...about }
    const { error: code } = beginning
    throw new OAuthError(
      code,
      // clients in browsers show the description in place of the code, and programs ask for the code
      `${code}: this can not be answered without a page`,
      finding('session', 'interaction', { got: code }),
    )
  } catch (error) {
    return { kind: 'redirect', ...refusal(deps, { parameters, uri, application, name }, error), ...about }
  }
}

/**
 * The same by POST: a cross-site POST arrives without the browser's cookie, so the request is checked, stored, and answered with an
 * address of ours that the browser opens by GET.
 */
export async function storeRequest(
  deps: Deps,
  received: Parameters,
  name: string,
): Promise<{ location: string } | { redirect: Redirect; refused?: Refused }> {
  const application = await trustedClient(deps, received)
  const { parameters, pushed } = await pushedOr(deps, received, application)
  if (pushed !== null) return { location: addressOf(application, received.get('request_uri')!) }
  const uri = redirectUri(parameters, application)
  try {
    mayArriveUnpushed(deps, application)
    await parseRequest(deps, parameters, application, uri, null)
  } catch (error) {
    return refusal(deps, { parameters, uri, application, name }, error)
  }
  return { location: addressOf(application, await keepRequest(deps, application, parameters.all())) }
}

const addressOf = ({ clientId }: KnownApplication, requestUri: string): string =>
  `?${new URLSearchParams({ client_id: clientId, request_uri: requestUri })}`

/** RFC 9126 5. @throws OAuthError invalid_request */
function mayArriveUnpushed({ settings }: Deps, application: KnownApplication): void {
  if (settings.requirePushedRequests || application.settings.requirePushedRequests)
    throw new OAuthError(
      'invalid_request',
      'this client must push its authorization requests',
      finding('pushed', 'missing'),
    )
}

async function trustedClient(deps: Deps, parameters: Parameters): Promise<KnownApplication> {
  const clientId = parameters.get('client_id')
  if (!clientId || hasNul(clientId) || parameters.isRepeated('client_id')) {
    const reason = parameters.isRepeated('client_id') ? 'repeated' : clientId ? 'malformed' : 'missing'
    throw new UntrustedRequest('invalid_request', 'client_id is missing', finding('client', reason))
  }
  const named = await deps.repositories.applications.findActiveByClientId(clientId.slice(0, 256))
  const application = knownHere(deps, named)
  if (!application)
    throw new UntrustedRequest('invalid_request', 'no such client', finding('client', 'unknown', { got: clientId }))
  return application
}

/** The stored parameters count, and no others; an unknown or old one of our kind is not answered to the client (RFC 9126 4). */
async function pushedOr(
  deps: Deps,
  received: Parameters,
  application: KnownApplication,
): Promise<{ parameters: Parameters; pushed: string | null }> {
  const uri = received.isRepeated('request_uri') ? null : received.get('request_uri')
  if (!uri?.startsWith(REQUEST_URI)) return { parameters: received, pushed: null }
  const pushed = tokenHash(uri)
  const key = { uriHash: pushed, applicationId: application.id, issuer: deps.settings.issuer, now: deps.clock.now() }
  const stored = await deps.repositories.pushedRequests.find(key)
  if (!stored)
    throw new UntrustedRequest(
      'invalid_request_uri',
      'this request_uri is unknown or too old',
      finding('request_uri', 'unknown'),
      application,
    )
  return { parameters: storedParameters(stored), pushed }
}

/** Only what the protocol has a code for is sent to the client; anything else goes on to the last-resort handler. */
function refusal(
  deps: Deps,
  { parameters, uri, application, name }: Asked,
  error: unknown,
): { redirect: Redirect; refused?: Refused } {
  const target = targetOf(deps, parameters, uri)
  if (error instanceof Unavailable) return { redirect: errorResponse(target, 'temporarily_unavailable') }
  if (!(error instanceof OAuthError)) throw error
  const described = `${error.description} (trace ${name})`
  return { redirect: errorResponse(target, error.code, described), refused: { error, application } }
}
type Asked = { parameters: Parameters; uri: string; application: KnownApplication; name: string }
