import type { ProblemBody, StartAgain } from '@vestibule/shared/problem.ts'

/** What the server may answer, and `unreachable`: no answer came at all. */
export type FailureCode = ProblemBody['code'] | 'unreachable'

/** A refusal: its code, what was wrong with which field, and how many seconds to wait. It carries no sentence. */
export class ProblemAnswer extends Error {
  readonly code: FailureCode
  readonly fields: NonNullable<ProblemBody['fields']>
  readonly retryAfter: number | null
  readonly triesLeft: number | null
  readonly requestId: string | null
  readonly startAgain: StartAgain | null

  constructor(body: Omit<ProblemBody, 'code'> & { code: FailureCode }) {
    super(body.code)
    this.code = body.code
    this.fields = body.fields ?? {}
    this.retryAfter = body.retryAfter ?? null
    this.triesLeft = body.triesLeft ?? null
    this.requestId = body.requestId ?? null
    this.startAgain = body.startAgain ?? null
  }
}

/** The problem inside whatever was thrown. Anything else is a bug and stays one. */
export function asProblem(error: unknown): ProblemAnswer {
  if (error instanceof ProblemAnswer) return error
  throw error
}

/** What the page itself finds missing before it asks the server. */
export const missing = (field: string) =>
  new ProblemAnswer({ code: 'invalid_input', fields: { [field]: ['required'] } })
