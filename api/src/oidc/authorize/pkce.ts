import { type Application, requiresPkce } from '../../domain/application.ts'
import { OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

/** The code challenge (RFC 7636 4.3), S256 only. Null where a confidential client sends none; one that is sent always binds. */
export function codeChallenge(parameters: Parameters, application: Application): string | null {
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (!challenge) {
    if (method) throw new OAuthError('invalid_request', 'code_challenge_method without code_challenge')
    if (requiresPkce(application)) throw new OAuthError('invalid_request', 'code_challenge is missing')
    return null
  }
  if (method !== 'S256') throw new OAuthError('invalid_request', 'code_challenge_method must be S256')
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw new OAuthError('invalid_request', 'code_challenge is malformed')
  return challenge
}
