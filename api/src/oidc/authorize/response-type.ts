import type { Application } from '../../domain/application.ts'
import { RESPONSE_MODES, type ResponseMode } from '../../domain/auth-request.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

/** Only the code flow (RFC 6749 3.1.1); implicit and hybrid put tokens where they leak (RFC 9700 2.1.2). */
export function checkResponseType(parameters: Parameters, application: Application): void {
  const responseType = parameters.get('response_type')
  if (!responseType)
    throw new OAuthError('invalid_request', 'response_type is missing', finding('response_type', 'missing'))
  if (responseType !== 'code') {
    const compared = { expected: 'code', got: responseType }
    throw new OAuthError(
      'unsupported_response_type',
      'only response_type code is supported',
      finding('response_type', 'unsupported', compared),
    )
  }
  if (!application.grantTypes.includes('authorization_code'))
    throw new OAuthError(
      'unauthorized_client',
      'this client may not use the authorization code grant',
      finding('response_type', 'not_allowed', { expected: application.grantTypes.join(' ') }),
    )
}

const isMode = (value: string | null): value is ResponseMode => RESPONSE_MODES.some((mode) => mode === value)

/** The mode an answer can be given in: an unknown one is answered in query mode, with the error below. */
export const usableResponseMode = (parameters: Parameters): ResponseMode => {
  const mode = parameters.get('response_mode')
  return isMode(mode) && !parameters.isRepeated('response_mode') ? mode : 'query'
}

export function checkResponseMode(parameters: Parameters): void {
  const mode = parameters.get('response_mode')
  if (mode === null || isMode(mode)) return
  const compared = { expected: RESPONSE_MODES.join(' '), got: mode }
  throw new OAuthError(
    'invalid_request',
    'this response_mode is not supported',
    finding('response_mode', 'unsupported', compared),
  )
}
