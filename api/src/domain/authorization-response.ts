import type { Redirect } from '@vestibule/shared/login-step.ts'
import type { AuthRequestParameters } from './auth-request.ts'

type Target = Pick<AuthRequestParameters, 'redirectUri' | 'responseMode' | 'state' | 'issuer'>

/**
 * The authorization response (RFC 6749 4.1.2, OAuth 2.0 Multiple Response Types, OAuth 2.0 Form Post Response Mode) with `state` as it
 * was sent and `iss` (RFC 9207), whatever the outcome.
 */
function respond({ redirectUri, responseMode, state, issuer }: Target, outcome: Record<string, string>): Redirect {
  const values = { ...outcome, ...(state === null ? {} : { state }), iss: issuer }
  if (responseMode === 'form_post') return { to: redirectUri, form: values }
  const encoded = new URLSearchParams(values).toString()
  if (responseMode === 'fragment') return { to: `${redirectUri}#${encoded}` }
  // a registered query stays in front of ours, byte for byte
  return { to: `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${encoded}` }
}

export const codeResponse = (target: Target, code: string): Redirect => respond(target, { code })

/** `description` holds printable ASCII without quotes and backslashes, and repeats no input (RFC 6749 4.1.2.1). */
export const errorResponse = (target: Target, error: string, description?: string): Redirect =>
  respond(target, { error, ...(description ? { error_description: description } : {}) })
