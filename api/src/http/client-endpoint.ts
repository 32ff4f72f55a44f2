import type { TracePath } from '@vestibule/shared/trace.ts'
import type { Deps, KnownApplication } from '../deps.ts'
import { authenticateClient } from '../oidc/client-authentication.ts'
import { finding, OAuthError } from '../oidc/oauth-error.ts'
import { mustBeWellFormed, type Parameters, readParameters } from '../oidc/parameters.ts'
import { type Claim, readClaim } from '../oidc/read-credentials.ts'
import type { Cors } from './cors.ts'
import type { Http } from './env.ts'
import { oauthErrorResponse } from './oauth-error-response.ts'
import { mediaType } from './origin.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Tracing } from './tracing.ts'

/** Without `cors` no page of another origin may call it. */
export type Guards = {
  cors: Cors | null
  limit: RateLimit
  tracing: Tracing
  /** Who asks; an application with its authentication, unless something else is said. */
  caller?: typeof authenticateClient
}
type Endpoint = Guards & {
  /** What a request that is refused was checked for. */
  path: TracePath | ((parameters: Parameters | null) => TracePath)
}
type Handler = (c: Http, application: KnownApplication, parameters: Parameters) => Response | Promise<Response>

const FORM = 'application/x-www-form-urlencoded'

export const queryOf = (c: Http): string => {
  const at = c.req.url.indexOf('?')
  return at < 0 ? '' : c.req.url.slice(at + 1)
}

/** A form in the body and nothing in the query (RFC 6749 3.2). @throws OAuthError invalid_request */
export async function readForm(c: Http): Promise<Parameters> {
  if (mediaType(c) !== FORM)
    throw new OAuthError(
      'invalid_request',
      'the body must be application/x-www-form-urlencoded',
      finding('form', 'unsupported', { expected: FORM, got: mediaType(c) }),
    )
  if (queryOf(c) !== '')
    throw new OAuthError(
      'invalid_request',
      'parameters belong into the body',
      finding('form', 'not_allowed', { got: 'query' }),
    )
  return readParameters(await c.req.text())
}

const claimOf = (c: Http, parameters: Parameters): Claim => readClaim(c.req.header('authorization') ?? null, parameters)

/** An endpoint that an application calls itself: a form, its client authentication, then `handler`. Errors are OAuth's (RFC 6749 5.2). */
export function clientEndpoint(
  deps: Deps,
  { cors, limit, tracing, path, caller = authenticateClient }: Endpoint,
  handler: Handler,
) {
  /** Before anything is compared: whoever failed too often waits, from this address and for this client only. */
  async function authenticated(c: Http, claim: Claim, parameters: Parameters): Promise<KnownApplication> {
    limit.mayAuthenticate(claim.name, c.env.visit.address)
    try {
      return await caller(deps, claim, parameters)
    } catch (error) {
      if (error instanceof OAuthError && error.code === 'invalid_client')
        limit.noteFailure(claim.name, c.env.visit.address)
      throw error
    }
  }

  return async (c: Http): Promise<Response> => {
    let application: KnownApplication | null = null
    let parameters: Parameters | null = null
    let claim: Claim | null = null
    try {
      parameters = await readForm(c)
      mustBeWellFormed(parameters)
      claim = claimOf(c, parameters)
      application = await authenticated(c, claim, parameters)
      cors?.forClient(c, application)
      return await handler(c, application, parameters)
    } catch (error) {
      if (!application) await cors?.any(c)
      const clientId = parameters && (claim ?? claimOf(c, parameters)).name
      const checked = typeof path === 'string' ? path : path(parameters)
      await tracing.note(c, error, { path: checked, parameters, client: application, clientId })
      return oauthErrorResponse(c, error, { challenge: 'Basic realm="vestibule"' })
    }
  }
}
