import type { Deps } from '../../deps.ts'
import { pushRequest } from '../../oidc/authorize/push-request.ts'
import { challenge } from '../../oidc/challenge/challenge.ts'
import { authorizeDevice } from '../../oidc/device/device-authorization.ts'
import { PATHS } from '../../oidc/discovery.ts'
import { proofKey } from '../../oidc/dpop/proof.ts'
import { introspect } from '../../oidc/introspect.ts'
import { OAuthError } from '../../oidc/oauth-error.ts'
import { mustBeWellFormed, type Parameters, readParameters } from '../../oidc/parameters.ts'
import { NoCredentials } from '../../oidc/presented-token.ts'
import { revoke } from '../../oidc/revoke.ts'
import { tokenCaller } from '../../oidc/token/jwt-bearer.ts'
import { exchange } from '../../oidc/token/token.ts'
import { userinfo } from '../../oidc/userinfo.ts'
import { answer, answerJson, setHeader } from '../answer.ts'
import { challengeTo } from '../challenge.ts'
import { clientEndpoint, type Guards } from '../client-endpoint.ts'
import type { Cors } from '../cors.ts'
import { presentedProof } from '../dpop.ts'
import type { Http } from '../env.ts'
import { browserWishes } from '../localize.ts'
import type { Mount } from '../mount.ts'
import { oauthErrorResponse } from '../oauth-error-response.ts'
import { mediaType } from '../origin.ts'
import { tokenPath } from '../tracing.ts'

/** The endpoints that an application calls itself. Errors are OAuth's (RFC 6749 5.2, RFC 6750 3). */
export function mountTokenEndpoints(mount: Mount, deps: Deps, guards: Guards & { cors: Cors }): void {
  const { cors } = guards
  mount(
    'POST /oauth/v2/token',
    clientEndpoint(deps, { ...guards, path: tokenPath, caller: tokenCaller }, async (c, application, parameters) =>
      answerJson(c, await exchange(deps, application, parameters, presentedProof(c, deps))),
    ),
  )
  mount(
    'POST /oauth/v2/introspect',
    clientEndpoint(deps, { ...guards, path: 'introspect', cors: null }, async (c, application, parameters) =>
      answerJson(c, await introspect(deps, application, parameters)),
    ),
  )
  mount(
    'POST /oauth/v2/revoke',
    clientEndpoint(deps, { ...guards, path: 'revoke' }, async (c, application, parameters) => {
      await revoke(deps, application, parameters)
      return answer(c, null, 200)
    }),
  )
  mount(
    'POST /oauth/v2/par',
    clientEndpoint(deps, { ...guards, path: 'par' }, async (c, application, parameters) =>
      answerJson(
        c,
        await pushRequest(deps, application, parameters, await proofKey(deps, presentedProof(c, deps))),
        201,
      ),
    ),
  )

  // pages of other origins draw no forms of ours
  mount(
    'POST /oauth/v2/authorize-challenge',
    clientEndpoint(deps, { ...guards, path: 'challenge', cors: null }, async (c, application, parameters) => {
      const key = await proofKey(deps, presentedProof(c, deps))
      const asking = {
        userAgent: c.req.header('user-agent') ?? '',
        address: c.env.visit.address,
        wishes: browserWishes(c, deps),
      }
      const { status, body, retryAfter } = await challenge(deps, { application, key }, parameters, asking)
      if (retryAfter !== undefined) setHeader(c, 'retry-after', String(retryAfter))
      return answerJson(c, body, status)
    }),
  )

  mount(
    'POST /oauth/v2/device_authorization',
    clientEndpoint(deps, { ...guards, path: 'device_authorization' }, async (c, application, parameters) =>
      answerJson(c, await authorizeDevice(deps, application, parameters)),
    ),
  )

  const answerUserinfo = async (c: Http, parameters: Parameters = readParameters('')) => {
    await cors.any(c)
    const authorization = c.req.header('authorization') ?? null
    try {
      mustBeWellFormed(parameters)
      const form = parameters.get('access_token')
      const dpop = presentedProof(c, deps)
      return answerJson(c, await userinfo(deps, { authorization, form, dpop }))
    } catch (error) {
      if (!(error instanceof NoCredentials))
        return oauthErrorResponse(c, error, { challenge: challengeTo(authorization) })
      return answer(c, null, 401, { 'www-authenticate': 'Bearer realm="vestibule"' })
    }
  }
  mount('GET /oidc/v1/userinfo', (c) => answerUserinfo(c))
  mount('POST /oidc/v1/userinfo', async (c) => {
    const body = await c.req.text()
    if (body === '') return answerUserinfo(c)
    if (mediaType(c) !== 'application/x-www-form-urlencoded')
      return oauthErrorResponse(c, new OAuthError('invalid_request', 'the body must be a form', null), {
        challenge: 'Bearer realm="vestibule"',
      })
    return answerUserinfo(c, readParameters(body))
  })
}

/** Cross-origin preflights of the endpoints above. */
export const PREFLIGHTS: readonly [path: string, methods: string][] = [
  [PATHS.token, 'POST'],
  [PATHS.deviceAuthorization, 'POST'],
  [PATHS.pushedRequest, 'POST'],
  [PATHS.revocation, 'POST'],
  [PATHS.userinfo, 'GET, POST'],
  [PATHS.keys, 'GET'],
  [PATHS.openidConfiguration, 'GET'],
  [PATHS.authorizationServer, 'GET'],
]
