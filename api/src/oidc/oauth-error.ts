import type { OrganizationId } from '../domain/ids.ts'

/** Every code that our OAuth endpoints answer (RFC 6749, OpenID Connect Core, RFC 8707 ...). Their wire format is the RFC's, not ours. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_request_uri'
  | 'invalid_client'
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
  | 'access_denied'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'unsupported_token_type'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'registration_not_supported'
  | 'unmet_authentication_requirements'
  | 'temporarily_unavailable'
  | 'server_error'

/**
 * Thrown in `oidc/` only. `description` is printable ASCII without quotes and backslashes and never repeats input; a type error keeps
 * nothing else out, so descriptions are constants at the place of the throw.
 */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode
  readonly description: string

  constructor(code: OAuthErrorCode, description: string) {
    super(`${code}: ${description}`)
    this.code = code
    this.description = description
  }
}

/**
 * Refused before the client or its redirect URI could be trusted: shown on our own page, never sent anywhere. The page wears the look of
 * the client's organization, once the client is known.
 */
export class UntrustedRequest extends OAuthError {
  readonly organizationId: OrganizationId | null

  constructor(code: OAuthErrorCode, description: string, client: { organizationId: OrganizationId } | null = null) {
    super(code, description)
    this.organizationId = client?.organizationId ?? null
  }
}
