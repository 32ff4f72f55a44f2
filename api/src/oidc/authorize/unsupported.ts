import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

const refusedOf = (got: string) => finding('unsupported', 'unsupported', { got })

/** Request objects and dynamic registration are not offered, and so never honoured in part (OpenID Connect Core 6, 7.2.1). */
export function refuseUnsupported(parameters: Parameters): void {
  const request = parameters.get('request')
  const requestUri = parameters.get('request_uri')
  if (request && requestUri)
    throw new OAuthError('invalid_request', 'request and request_uri together', refusedOf('request request_uri'))
  if (request) throw new OAuthError('request_not_supported', 'request objects are not supported', refusedOf('request'))
  if (requestUri)
    throw new OAuthError('request_uri_not_supported', 'this request_uri is not one of ours', refusedOf('request_uri'))
  if (parameters.get('registration'))
    throw new OAuthError('registration_not_supported', 'registration is not supported', refusedOf('registration'))
}
