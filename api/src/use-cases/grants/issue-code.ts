import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, KnownApplication } from '../../deps.ts'
import { amrOf } from '../../domain/amr.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import { newId } from '../../domain/ids.ts'
import type { CompletedLogin } from '../../domain/login/steps.ts'
import { Problem } from '../../domain/problem.ts'
import { recordEvent } from '../record-event.ts'

/** Milliseconds. */
const CODE_LIFETIME = 60_000

/**
 * An authorization code (RFC 6749 4.1.2), with the grant that everything minted from it hangs on. Only against the proof of a completed
 * login; bound to client, redirect URI, challenge, key, issuer, session, scope and nonce. A pushed request is spent with it (RFC 9126 4).
 * @throws Problem request_finished when another login of the same pushed request was quicker
 */
export async function issueCode(
  deps: Deps,
  tx: Executor,
  login: CompletedLogin,
  { application, parameters }: { application: KnownApplication; parameters: AuthRequestParameters },
): Promise<string> {
  const { clock, randomBytes, repositories } = deps
  const now = clock.now()
  const grantId = newId('grt', { now: clock.now, randomBytes })
  const code = newToken('authorization_code', randomBytes)
  const { scopes, issuer, claims, redirectUri, codeChallenge, dpopJkt, nonce, pushed } = parameters
  if (pushed !== null && !(await repositories.pushedRequests.consume(tx, pushed, now)))
    throw new Problem('request_finished')

  await repositories.grants.create(tx, {
    id: grantId,
    applicationId: application.id,
    userId: login.userId,
    sessionId: login.sessionId,
    machineCredential: null,
    issuer,
    scopes,
    claims,
    resource: parameters.resource ?? null,
    offline: scopes.includes('offline_access'),
    authTime: login.authTime,
    acr: login.assurance,
    amr: amrOf(login.factors),
    createdAt: now,
    expiresAt: now + longestLife(application, scopes),
  })
  await repositories.authorizationCodes.create(tx, {
    codeHash: tokenHash(code),
    grantId,
    applicationId: application.id,
    issuer,
    redirectUri,
    codeChallenge,
    dpopJkt,
    nonce,
    expiresAt: now + CODE_LIFETIME,
  })
  await recordEvent(deps, tx, {
    type: 'grant.issued',
    organizationId: login.organizationId,
    actor: login.userId,
    target: application.id,
    data: { grant: grantId, session: login.sessionId },
  })
  return code
}

/** How long anything minted from this grant can be valid, in milliseconds: the clean-up goes by it. */
function longestLife({ settings, grantTypes }: KnownApplication, scopes: readonly string[]): number {
  const refreshes =
    grantTypes.includes('refresh_token') && (scopes.includes('offline_access') || settings.sessionRefreshToken)
  const refreshing = refreshes ? settings.refreshTokenAbsoluteLifetime : 0
  return CODE_LIFETIME + (refreshing + settings.accessTokenLifetime) * 1000
}
