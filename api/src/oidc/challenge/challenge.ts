import type { RequestOptions } from '@vestibule/shared/contract/webauthn.ts'
import type { Deps } from '../../deps.ts'
import { isFirstParty } from '../../domain/application.ts'
import { Problem } from '../../domain/problem.ts'
import { Unavailable } from '../../domain/unavailable.ts'
import type { Asking } from '../../use-cases/factors/sent-codes.ts'
import type { LoginOutcome } from '../../use-cases/login/advance.ts'
import { loadLogin } from '../../use-cases/login/load-login.ts'
import { beginPasskeyLogin } from '../../use-cases/passkeys/check-passkey.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import { type Brought, broughtIn } from './actions.ts'
import { answerTo, type ChallengeAnswer } from './answer.ts'
import { type Client, type OpenLogin, spendAuthSession } from './auth-session.ts'
import { beginChallenge } from './begin.ts'

/**
 * The authorization challenge endpoint (OAuth 2.0 for First-Party Applications 5), after client authentication: the login that browsers have,
 * for an application that draws the forms itself. The engine decides every step; here what a request brings becomes its actions, one after
 * the other, and its step an answer.
 * @throws OAuthError unauthorized_client, invalid_dpop_proof, invalid_session, and those of the authorization endpoint
 */
export async function challenge(
  deps: Deps,
  client: Omit<Client, 'key'> & { key: string | null },
  parameters: Parameters,
  asking: Asking,
): Promise<ChallengeAnswer> {
  const { application, key } = client
  const brought = broughtIn(deps, parameters, asking)
  if (!isFirstParty(application))
    throw new OAuthError(
      'unauthorized_client',
      'this client is not a first-party application',
      finding('first_party', 'not_allowed'),
    )
  if (key === null)
    throw new OAuthError('invalid_dpop_proof', 'this endpoint needs a proof', finding('dpop_proof', 'missing'))
  const proven = { application, key }
  const login = await openLogin(deps, proven, parameters, asking.userAgent)
  const result = await take(deps, login, brought, parameters.get('passkey_options') !== null)
  return answerTo(deps, proven, result)
}

async function openLogin(deps: Deps, client: Client, parameters: Parameters, userAgent: string): Promise<OpenLogin> {
  const authSession = parameters.get('auth_session')
  if (authSession === null) return beginChallenge(deps, client, parameters, userAgent)
  const login = await spendAuthSession(deps, client, authSession)
  if (!login) throw overSession('unknown')
  return login
}

const overSession = (reason: 'unknown' | 'expired') =>
  new OAuthError('invalid_session', 'the auth_session is not valid', finding('auth_session', reason))

/** What came of it. `problem` stopped it, and what was done before stays done. */
export type Taken = {
  login: OpenLogin
  outcome: Pick<LoginOutcome, 'login' | 'redirect'>
  problem: Problem | Unavailable | null
  passkeyOptions: RequestOptions | null
}

/** The end of the conversation; everything else is said inside it. */
const OVER: ReadonlySet<string> = new Set(['request_not_found', 'request_expired', 'request_finished'])

async function take(deps: Deps, opened: OpenLogin, brought: Brought[], asksForOptions: boolean): Promise<Taken> {
  let login = opened
  let outcome: LoginOutcome | null = null
  let problem: Taken['problem'] = null
  let passkeyOptions: Taken['passkeyOptions'] = null
  try {
    for (const run of brought) {
      outcome = await run(login)
      if (outcome.cookie) login = { ...login, deviceToken: outcome.cookie.token }
      if (outcome.redirect) break
    }
    if (asksForOptions && !outcome?.redirect) passkeyOptions = await beginPasskeyLogin(deps, login)
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof Unavailable)) throw error
    if (error instanceof Problem && OVER.has(error.code)) throw overSession('expired')
    problem = error
  }
  const current = problem || !outcome ? { login: await stepOf(deps, login), redirect: null } : outcome
  return { login, outcome: current, problem, passkeyOptions }
}

async function stepOf(deps: Deps, login: OpenLogin) {
  try {
    return await loadLogin(deps, login)
  } catch (error) {
    if (error instanceof Problem && OVER.has(error.code)) throw overSession('expired')
    throw error
  }
}
