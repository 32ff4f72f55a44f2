import type { FieldProblem, ProblemCode } from '@vestibule/shared/problem.ts'

type Details = { retryAfter?: number; fields?: Record<string, FieldProblem[]>; step?: string }

/** Everything that may go wrong and is not OAuth's wire format. A code, never a sentence. `retryAfter` in seconds. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly details: Details

  constructor(code: ProblemCode, details: Details = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}
