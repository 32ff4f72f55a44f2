import type { Application } from '../../domain/application.ts'
import { isUsableRedirect } from '../../domain/redirect-uri.ts'
import { nearest } from '../../domain/traces/redacted.ts'
import { finding, UntrustedRequest } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

/** An address of a loopback IP literal, whose port a native application chooses at run time (RFC 8252 7.3). */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::[0-9]{1,5})?(\/.*|\?.*)?$/

/**
 * The redirect URI, compared as an exact string: case, port, trailing slash, encoding and query all count (RFC 9700 2.1). Only the
 * port of a loopback literal varies, for native applications; `localhost` is a name and does not.
 * @throws UntrustedRequest
 */
export function redirectUri(parameters: Parameters, application: Application): string {
  const asked = parameters.get('redirect_uri')
  if (!asked || parameters.isRepeated('redirect_uri'))
    throw new UntrustedRequest(
      'invalid_request',
      'redirect_uri is missing',
      finding('redirect_uri', asked ? 'repeated' : 'missing'),
      application,
    )
  const isRegistered = application.redirectUris.some((registered) => matches(registered, asked, application))
  if (!isRegistered || !isUsableRedirect(asked, application)) {
    const found = isRegistered
      ? finding('redirect_uri', 'not_allowed', { got: asked })
      : finding('redirect_uri', 'mismatch', { expected: nearest(asked, application.redirectUris) ?? '', got: asked })
    throw new UntrustedRequest('invalid_request', 'redirect_uri is not registered for this client', found, application)
  }
  return asked
}

function matches(registered: string, asked: string, { type }: Application): boolean {
  if (registered === asked) return true
  if (type !== 'native') return false
  const known = LOOPBACK.exec(registered)
  const given = LOOPBACK.exec(asked)
  return known !== null && given !== null && known[1] === given[1] && (known[2] ?? '') === (given[2] ?? '')
}
