import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, KnownApplication } from '../../deps.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type { CompletedLogin } from '../../domain/login/steps.ts'
import { Problem } from '../../domain/problem.ts'
import { createGrant } from './create-grant.ts'

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
  const code = newToken('authorization_code', randomBytes)
  const { issuer, redirectUri, codeChallenge, dpopJkt, nonce, pushed } = parameters
  if (pushed !== null && !(await repositories.pushedRequests.consume(tx, pushed, now)))
    throw new Problem('request_finished')

  await repositories.authorizationCodes.create(tx, {
    codeHash: tokenHash(code),
    grantId: await createGrant(deps, tx, login, { application, parameters }),
    applicationId: application.id,
    issuer,
    redirectUri,
    codeChallenge,
    dpopJkt,
    nonce,
    expiresAt: now + CODE_LIFETIME,
  })
  return code
}
