import { OAuthError, type OAuthErrorCode } from '../oidc/oauth-error.ts'
import { answerJson, setHeader } from './answer.ts'
import type { Http } from './env.ts'
import { problemOf, statusOf } from './problem.ts'

const STATUS: Partial<Record<OAuthErrorCode, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  server_error: 500,
  temporarily_unavailable: 503,
}

const PROOF_ERRORS: ReadonlySet<string> = new Set(['invalid_dpop_proof', 'use_dpop_nonce'])

/** The error response of RFC 6749 5.2, and of RFC 6750 3.1 with its challenge. What is no OAuth error is one of three codes. */
export function oauthErrorResponse(c: Http, error: unknown, { challenge }: { challenge: string }): Response {
  const { code, description, retryAfter, status, isNamed } =
    error instanceof OAuthError ? ofOAuth(error) : ofOther(c, error)
  setHeader(c, 'cache-control', 'no-store')
  if (retryAfter !== undefined) setHeader(c, 'retry-after', String(retryAfter))
  const isResource = !challenge.startsWith('Basic')
  // at a resource a proof is a credential like the token
  const told = isResource && PROOF_ERRORS.has(code) ? 401 : status
  if (told === 401 || (isResource && (told === 400 || told === 403)))
    setHeader(c, 'www-authenticate', isResource ? `${challenge}, error="${code}"` : challenge)
  // others may be ignored by whoever does not know them (RFC 6749 5.2)
  const named = isNamed ? { trace_id: c.env.visit.requestId } : {}
  return answerJson(c, { error: code, ...(description ? { error_description: description } : {}), ...named }, told)
}

type Answer = {
  code: OAuthErrorCode
  description?: string
  status: number
  retryAfter?: number
  /** By the name of the request its trace is found, or a bug in the log. */
  isNamed: boolean
}

const ofOAuth = ({ code, description, finding }: OAuthError): Answer => ({
  code,
  description,
  status: STATUS[code] ?? 400,
  isNamed: finding !== null,
})

function ofOther(c: Http, error: unknown): Answer {
  const problem = problemOf(error)
  const status = statusOf(problem.code)
  if (problem.code === 'internal') c.env.visit.failure = error
  const { retryAfter } = problem.details
  const code =
    status === 429 || status === 503 ? 'temporarily_unavailable' : status === 500 ? 'server_error' : 'invalid_request'
  return { code, status, isNamed: problem.code === 'internal', ...(retryAfter === undefined ? {} : { retryAfter }) }
}
