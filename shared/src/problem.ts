/**
 * Everything that may go wrong at our own API, and the one place that gives a code its status.
 * No sentence crosses the API (RFC 9457 `application/problem+json` with `code`): the browser says `errors.<code>` in the reader's
 * language, and a parity test fails on a code without a text. OAuth's own errors are not here: see api/src/oidc/oauth-error.ts.
 */
export const PROBLEM_STATUS = {
  invalid_input: 400,
  malformed_body: 400,
  code_invalid: 400,
  picture_refused: 400,
  cursor_invalid: 400,
  code_wrong: 400,
  code_expired: 400,
  proof_of_work_required: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  passkey_refused: 401,
  passkey_unknown: 401,
  security_key_refused: 401,
  reauth_required: 401,
  csrf_failed: 403,
  forbidden: 403,
  registration_closed: 403,
  not_found: 404,
  request_not_found: 404,
  method_not_allowed: 405,
  wrong_step: 409,
  last_owner: 409,
  request_finished: 409,
  account_changed: 409,
  deletion_planned: 409,
  changed_meanwhile: 409,
  last_way: 409,
  too_many: 409,
  challenge_over: 409,
  request_expired: 410,
  body_too_large: 413,
  unsupported_media_type: 415,
  unknown_host: 421,
  idempotency_key_reused: 422,
  too_many_attempts: 429,
  internal: 500,
  temporarily_unavailable: 503,
} as const

export type ProblemCode = keyof typeof PROBLEM_STATUS
export const PROBLEM_CODES = Object.keys(PROBLEM_STATUS) as readonly ProblemCode[]

/** Where an application begins a new login, and what it is called. */
export type StartAgain = { application: string; to: string }

/** The body of every refusal. `fields` names what was wrong with which input, `retryAfter` is in seconds. */
export type ProblemBody = {
  code: ProblemCode
  requestId?: string
  retryAfter?: number
  /** With `wrong_step`: the kind of the step that is true now. */
  step?: string
  fields?: Record<string, FieldProblem[]>
  /** With `code_wrong`: how often a code may still be tried. */
  triesLeft?: number
  /** With a login that is over: where its application begins another one. */
  startAgain?: StartAgain
}

/** What can be wrong with one field; the browser says `errors.field.<code>`. */
export const FIELD_PROBLEMS = [
  'required',
  'too_short',
  'too_long',
  'invalid',
  'taken',
  'not_allowed',
  // of a new password: see password-rules.ts
  'needs_upper_case',
  'needs_lower_case',
  'needs_digit',
  'needs_symbol',
  'context',
  // and what only the server knows
  'common',
  'reused',
  'breached',
] as const
export type FieldProblem = (typeof FIELD_PROBLEMS)[number]
