import { PROBLEM_STATUS, type ProblemBody, type ProblemCode } from '@vestibule/shared/problem.ts'
import { Problem } from '../domain/problem.ts'
import { Unavailable } from '../domain/unavailable.ts'
import { OAuthError } from '../oidc/oauth-error.ts'
import { answer } from './answer.ts'
import type { Http } from './env.ts'

/** What an exception is to the outside: a code, never its message. Anything unknown is a bug, and fails closed. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof Unavailable) return new Problem('temporarily_unavailable', { retryAfter: error.retryAfter })
  if (error instanceof OAuthError || isCutOff(error)) return new Problem('malformed_body')
  return new Problem('internal')
}

/** The client went away in the middle of its body: nobody waits for the answer, and nothing is broken here. */
const isCutOff = (error: unknown): boolean =>
  error instanceof Error && error.message === 'aborted' && (error as NodeJS.ErrnoException).code === 'ECONNRESET'

/** RFC 9457, with a code in place of sentences. */
export function problemResponse(c: Http, { code, details }: Problem): Response {
  const { retryAfter } = details
  const { requestId, challenge } = c.env.visit
  const body: ProblemBody = { code, requestId, ...details }
  return answer(c, JSON.stringify(body), statusOf(code), {
    'content-type': 'application/problem+json',
    ...(challenge && isAbout(challenge, code) ? { 'www-authenticate': challenge } : {}),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  })
}

/** A token that lacks something is told what, with a 403 too (RFC 6750 3.1). */
const isAbout = (challenge: string, code: ProblemCode): boolean =>
  statusOf(code) === 401 || (code === 'forbidden' && challenge.includes('error='))

export const statusOf = (code: ProblemCode): number => PROBLEM_STATUS[code]
