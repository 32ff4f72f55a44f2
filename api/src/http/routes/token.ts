import type { Deps, KnownApplication } from '../../deps.ts'
import { authenticateClient, claimedClientId } from '../../oidc/client-authentication.ts'
import { PATHS } from '../../oidc/discovery.ts'
import { OAuthError } from '../../oidc/oauth-error.ts'
import { mustBeWellFormed, type Parameters, readParameters } from '../../oidc/parameters.ts'
import { exchange } from '../../oidc/token/token.ts'
import { NoCredentials, userinfo } from '../../oidc/userinfo.ts'
import { answer, answerJson } from '../answer.ts'
import type { Cors } from '../cors.ts'
import type { Http } from '../env.ts'
import type { Mount } from '../mount.ts'
import { oauthErrorResponse } from '../oauth-error-response.ts'
import { mediaType } from '../origin.ts'
import type { RateLimit } from '../rate-limit.ts'
import { readForm } from './oidc.ts'

type Guards = { cors: Cors; limit: RateLimit }

/** The endpoints that an application calls itself. Errors are OAuth's (RFC 6749 5.2, RFC 6750 3). */
export function mountTokenEndpoints(mount: Mount, deps: Deps, { cors, limit }: Guards): void {
  mount('POST /oauth/v2/token', async (c) => {
    let application: KnownApplication | null = null
    try {
      const parameters = await readForm(c)
      mustBeWellFormed(parameters)
      application = await authenticated(c, parameters)
      cors.forClient(c, application)
      return answerJson(c, await exchange(deps, application, parameters))
    } catch (error) {
      if (!application) await cors.any(c)
      return oauthErrorResponse(c, error, { challenge: 'Basic realm="vestibule"' })
    }
  })

  /** Before anything is compared: whoever failed too often waits, from this address and for this client only. */
  async function authenticated(c: Http, parameters: Parameters) {
    const authorization = c.req.header('authorization') ?? null
    const named = claimedClientId(authorization, parameters)
    limit.mayAuthenticate(named, c.get('visit').address)
    try {
      return await authenticateClient(deps, authorization, parameters)
    } catch (error) {
      if (error instanceof OAuthError && error.code === 'invalid_client')
        limit.noteFailure(named, c.get('visit').address)
      throw error
    }
  }

  const answerUserinfo = async (c: Http, parameters: Parameters = readParameters('')) => {
    await cors.any(c)
    try {
      mustBeWellFormed(parameters)
      const form = parameters.get('access_token')
      return answerJson(c, await userinfo(deps, { authorization: c.req.header('authorization') ?? null, form }))
    } catch (error) {
      if (!(error instanceof NoCredentials))
        return oauthErrorResponse(c, error, { challenge: 'Bearer realm="vestibule"' })
      return answer(c, null, 401, { 'www-authenticate': 'Bearer realm="vestibule"' })
    }
  }
  mount('GET /oidc/v1/userinfo', (c) => answerUserinfo(c))
  mount('POST /oidc/v1/userinfo', async (c) => {
    const body = await c.req.text()
    if (body === '') return answerUserinfo(c)
    if (mediaType(c) !== 'application/x-www-form-urlencoded')
      return oauthErrorResponse(c, new OAuthError('invalid_request', 'the body must be a form'), {
        challenge: 'Bearer realm="vestibule"',
      })
    return answerUserinfo(c, readParameters(body))
  })
}

/** Cross-origin preflights of the endpoints above. */
export const PREFLIGHTS: readonly [path: string, methods: string][] = [
  [PATHS.token, 'POST'],
  [PATHS.userinfo, 'GET, POST'],
  [PATHS.keys, 'GET'],
  [PATHS.openidConfiguration, 'GET'],
  [PATHS.authorizationServer, 'GET'],
]
