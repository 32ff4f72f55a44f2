import { PROBLEM_STATUS, type ProblemBody, type ProblemCode } from '@vestibule/shared/problem.ts'
import { Problem } from '../domain/problem.ts'
import { Unavailable } from '../domain/unavailable.ts'
import { OAuthError } from '../oidc/oauth-error.ts'

/** What an exception is to the outside: a code, never its message. Anything unknown is a bug, and fails closed. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof Unavailable) return new Problem('temporarily_unavailable', { retryAfter: error.retryAfter })
  if (error instanceof OAuthError) return new Problem('malformed_body')
  return new Problem('internal')
}

export function problemResponse(problem: Problem, requestId: string): Response {
  const { code, details } = problem
  const body: ProblemBody = { code, requestId, ...details }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (details.retryAfter !== undefined) headers.set('retry-after', String(details.retryAfter))
  return new Response(JSON.stringify(body), { status: statusOf(code), headers })
}

export const statusOf = (code: ProblemCode): number => PROBLEM_STATUS[code]
