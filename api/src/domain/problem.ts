import type { FieldProblem, ProblemCode, StartAgain } from '@vestibule/shared/problem.ts'
import type { OrganizationId } from './ids.ts'

type Details = {
  retryAfter?: number
  fields?: Record<string, FieldProblem[]>
  step?: string
  triesLeft?: number
  startAgain?: StartAgain
}

/**
 * Everything that may go wrong and is not OAuth's wire format. A code, never a sentence. `retryAfter` in seconds. `organizationId` is
 * whose look the page about it wears; it is told to nobody.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly details: Details
  readonly organizationId: OrganizationId | null

  constructor(code: ProblemCode, details: Details = {}, organizationId: OrganizationId | null = null) {
    super(code)
    this.code = code
    this.details = details
    this.organizationId = organizationId
  }
}
