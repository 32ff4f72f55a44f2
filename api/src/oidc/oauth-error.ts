import type { TraceCheck, TraceReason } from '@vestibule/shared/trace.ts'
import type { Application } from '../domain/application.ts'
import type { RejectError } from '../domain/login/steps.ts'

/** Every code that our OAuth endpoints answer (RFC 6749, OpenID Connect Core, RFC 8707 ...). Their wire format is the RFC's, not ours. */
export type OAuthErrorCode =
  | RejectError
  | 'invalid_request'
  | 'invalid_request_uri'
  | 'invalid_client'
  | 'invalid_session'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'unsupported_token_type'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'registration_not_supported'
  | 'temporarily_unavailable'
  | 'server_error'

/** What refused a request, for the trace that its application's developer reads. `got` is as it was sent, and is redacted before it is kept. */
export type Finding = { check: TraceCheck; reason: TraceReason; expected?: string; got?: string }

export const finding = (
  check: TraceCheck,
  reason: TraceReason,
  compared: Pick<Finding, 'expected' | 'got'> = {},
): Finding => ({ check, reason, ...compared })

/**
 * Thrown in `oidc/` only. `description` is printable ASCII without quotes and backslashes and never repeats input; a type error keeps
 * nothing else out, so descriptions are constants at the place of the throw. `finding` says which check refused; null is for what is no fault of
 * the request, and leaves no trace.
 */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode
  readonly description: string
  readonly finding: Finding | null

  constructor(code: OAuthErrorCode, description: string, finding: Finding | null) {
    super(`${code}: ${description}`)
    this.code = code
    this.description = description
    this.finding = finding
  }
}

type Client = Pick<Application, 'id' | 'name' | 'organizationId' | 'settings'>

/**
 * Refused before the client or its redirect URI could be trusted: shown on our own page, never sent anywhere. The page wears the look of
 * the client's organization, once the client is known.
 */
export class UntrustedRequest extends OAuthError {
  readonly client: Client | null

  constructor(code: OAuthErrorCode, description: string, finding: Finding, client: Client | null = null) {
    super(code, description, finding)
    this.client = client
  }
}
