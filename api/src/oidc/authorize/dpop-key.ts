import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

/** `dpop_jkt` (RFC 9449 10): the thumbprint of the key that the code will be redeemed with. */
export function dpopKey(parameters: Parameters): string | null {
  const jkt = parameters.get('dpop_jkt')
  if (jkt !== null && !/^[A-Za-z0-9_-]{43}$/.test(jkt))
    throw new OAuthError('invalid_request', 'dpop_jkt is malformed', finding('dpop_key', 'malformed', { got: jkt }))
  return jkt
}
