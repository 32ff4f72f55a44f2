import type { Deps } from '../../deps.ts'
import { Unavailable } from '../../domain/unavailable.ts'
import { keepRequest, LIFETIME } from '../authorize/push-request.ts'
import { finding, OAuthError, type OAuthErrorCode } from '../oauth-error.ts'
import { type Client, newAuthSession } from './auth-session.ts'
import type { Taken } from './challenge.ts'
import { wantedOf } from './wanted.ts'

/** The answer as it is sent; `retryAfter` is in seconds. */
export type ChallengeAnswer = { status: 200 | 403 | 503; body: Record<string, unknown>; retryAfter?: number }

/** A code, what is wanted next with a new auth session, or the way to a browser (5.2). @throws OAuthError where the login ended */
export async function answerTo(deps: Deps, client: Client, taken: Taken): Promise<ChallengeAnswer> {
  const { login, outcome, problem, passkeyOptions } = taken
  if (outcome.redirect) return { status: 200, body: { authorization_code: codeIn(outcome.redirect.form ?? {}) } }
  if (problem instanceof Unavailable) {
    const body = { error: 'temporarily_unavailable', auth_session: await newAuthSession(deps, client, login) }
    return { status: 503, body, retryAfter: problem.retryAfter }
  }
  const { step } = outcome.login
  if (step.kind === 'denied') throw denied(step.reason)
  const wanted = await wantedOf(deps, outcome.login)
  if (!wanted) return { status: 403, body: { error: 'redirect_to_web', ...(await pushed(deps, client, taken)) } }
  const { retryAfter: retry_after, triesLeft: tries_left } = problem?.details ?? {}
  const said = problem ? { problem: problem.code, ...defined({ retry_after, tries_left }) } : {}
  const options = passkeyOptions ? { passkey_options: passkeyOptions } : {}
  const auth_session = await newAuthSession(deps, client, login)
  return { status: 403, body: { error: 'insufficient_authorization', auth_session, ...wanted, ...said, ...options } }
}

const defined = (members: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))

/** @throws OAuthError where the login ended without one */
function codeIn({ code, error }: Record<string, string>): string {
  if (code) return code
  throw new OAuthError(
    (error ?? 'access_denied') as OAuthErrorCode,
    'this login ended without a code',
    finding('session', 'interaction', error === undefined ? {} : { got: error }),
  )
}

const denied = (reason: string) =>
  new OAuthError('access_denied', 'this account can not sign in', finding('session', 'refused', { got: reason }))

/** The same request for a browser, where it has what a pushed one needs: a redirect URI and a challenge (5.2.2.1.1). */
async function pushed(deps: Deps, { application, key }: Client, { outcome }: Taken) {
  const asked = outcome.login.parameters.native
  if (!asked?.redirect_uri || !asked.code_challenge) return {}
  const request_uri = await keepRequest(deps, application, { ...asked, dpop_jkt: key })
  return { request_uri, expires_in: LIFETIME }
}
