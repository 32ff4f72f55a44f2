import { type Application, requiresPkce } from '../../domain/application.ts'
import { type Finding, finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

const refused = (description: string, what: Finding) => new OAuthError('invalid_request', description, what)

/** The code challenge (RFC 7636 4.3), S256 only. Null where a confidential client sends none; one that is sent always binds. */
export function codeChallenge(parameters: Parameters, application: Application): string | null {
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (!challenge) {
    if (method) throw refused('code_challenge_method without code_challenge', finding('code_challenge', 'missing'))
    if (requiresPkce(application)) throw refused('code_challenge is missing', finding('code_challenge', 'missing'))
    return null
  }
  if (method !== 'S256')
    throw refused(
      'code_challenge_method must be S256',
      finding('code_challenge', 'unsupported', { expected: 'S256', got: method ?? '' }),
    )
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge))
    throw refused(
      'code_challenge is malformed',
      finding('code_challenge', 'malformed', { got: `${challenge.length}`, expected: '43' }),
    )
  return challenge
}
