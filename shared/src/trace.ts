/** Of a request that an application sends as a form, and proves itself with. */
const SENT = ['form', 'parameters', 'client'] as const
/** What an authorization request asks for, once it is known who asks and where the answer goes. */
const ASKED = [
  'unsupported',
  'response_mode',
  'response_type',
  'code_challenge',
  'scope',
  'claims',
  'resource',
  'dpop_key',
  'prompt',
  'max_age',
  'id_token_hint',
  'acr',
] as const
const TOKEN = [...SENT, 'grant_type', 'dpop_proof'] as const

/**
 * What each request of the protocol is checked for, in this order: the first check that fails ends it, so those before it were passed, and
 * nobody looked at those after it. Integrators read these names; the guide says what to do about each.
 */
export const TRACE_CHECKS = {
  authorize: ['form', 'client', 'request_uri', 'redirect_uri', 'pushed', 'parameters', ...ASKED, 'session'],
  par: [...SENT, 'dpop_proof', 'request_uri', 'redirect_uri', ...ASKED, 'dpop_binding'],
  challenge: [
    ...SENT,
    'first_party',
    'dpop_proof',
    'auth_session',
    'redirect_uri',
    ...ASKED,
    'dpop_binding',
    'session',
  ],
  /** Without a grant that is known. */
  token: [...SENT, 'grant_type'],
  token_authorization_code: [...TOKEN, 'code', 'redirect_uri', 'dpop_binding', 'code_verifier', 'grant', 'resource'],
  token_refresh_token: [...TOKEN, 'refresh_token', 'grant', 'dpop_binding', 'scope', 'resource'],
  token_client_credentials: [...TOKEN, 'client_type', 'scope', 'resource'],
  token_jwt_bearer: [
    'form',
    'parameters',
    'assertion',
    'client',
    'grant_type',
    'dpop_proof',
    'assertion_proof',
    'scope',
    'resource',
    'assertion_once',
  ],
  token_device_code: [...TOKEN, 'device_code', 'grant'],
  device_authorization: [...SENT, 'grant_type', 'scope', 'resource', 'max_age'],
  introspect: [...SENT, 'client_type', 'token'],
  revoke: [...SENT, 'token'],
  end_session: ['form', 'parameters', 'id_token_hint'],
} as const satisfies Record<string, readonly string[]>

/** Which request it was. */
export type TracePath = keyof typeof TRACE_CHECKS
export const TRACE_PATHS = Object.keys(TRACE_CHECKS) as [TracePath, ...TracePath[]]
export type TraceCheck = (typeof TRACE_CHECKS)[TracePath][number]
export const ALL_TRACE_CHECKS = [...new Set(Object.values(TRACE_CHECKS).flat())] as [TraceCheck, ...TraceCheck[]]

/** What was wrong with what a check looked at. */
export const TRACE_REASONS = [
  'missing',
  'repeated',
  'too_long',
  'malformed',
  /** Not offered here, to nobody. */
  'unsupported',
  /** Not offered to this application. */
  'not_allowed',
  /** It names nothing that is known here, or something that is switched off. */
  'unknown',
  /** It is another one than it has to be. */
  'mismatch',
  /** A proof that proves nothing. */
  'wrong',
  'expired',
  'used',
  /** What it hangs on is over: the session, the consent, the person's account. */
  'ended',
  /** Somebody said no. */
  'refused',
  /** It can not be answered without a page. */
  'interaction',
] as const
export type TraceReason = (typeof TRACE_REASONS)[number]

export const TRACE_OUTCOMES = ['passed', 'failed', 'not_reached'] as const
export type TraceOutcome = (typeof TRACE_OUTCOMES)[number]

/** Every check of a request, and what came of it. */
export function outcomesOf(path: TracePath, failed: TraceCheck): { check: TraceCheck; outcome: TraceOutcome }[] {
  const checks: readonly TraceCheck[] = TRACE_CHECKS[path]
  const at = checks.indexOf(failed)
  return checks.map((check, index) => ({
    check,
    outcome: index < at ? 'passed' : index === at ? 'failed' : 'not_reached',
  }))
}
