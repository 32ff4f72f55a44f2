import type { AuthenticationMethod } from '../domain/application.ts'
import { CLIENT_ASSERTION_TYPE } from './assertions/client-assertion.ts'
import { type InboundJwt, readJwt } from './assertions/inbound-jwt.ts'
import { type Finding, finding, OAuthError } from './oauth-error.ts'
import { hasNul, type Parameters } from './parameters.ts'

/** What a client says about itself, not believed yet. */
export type Credentials = { clientId: string } & (
  | { method: 'private_key_jwt'; assertion: InboundJwt }
  | { method: Exclude<AuthenticationMethod, 'private_key_jwt'>; secret: string | null }
)

/** One answer for an unknown client, a wrong secret, a wrong method and none at all. */
export const refused = (what: Finding) => new OAuthError('invalid_client', 'client authentication failed', what)
const malformed = (got: string) => refused(finding('client', 'malformed', { got }))

type Proofs = { basic: Credentials | null; assertion: Credentials | null }

/** Whom a request says it comes from, and what it brings for that, read once. */
export type Claim = {
  /** Proven or not: the name that failures count against. However it is written, one client has one name here. */
  name: string
  authorization: string | null
  /** Or why it can not be read. */
  proofs: Proofs | OAuthError
}

export function readClaim(authorization: string | null, parameters: Parameters): Claim {
  const proofs = readProofs(authorization, parameters)
  const named = proofs instanceof OAuthError ? null : (proofs.basic ?? proofs.assertion)
  return { name: named?.clientId ?? parameters.get('client_id') ?? '', authorization, proofs }
}

/** @throws OAuthError invalid_request for two methods at once or half of one, invalid_client for what can not be read */
export function readCredentials({ proofs }: Claim, parameters: Parameters): Credentials {
  if (proofs instanceof OAuthError) throw proofs
  const { basic, assertion } = proofs
  const secret = parameters.get('client_secret')
  const clientId = parameters.get('client_id')
  if ([basic, secret, assertion].filter((one) => one !== null).length > 1)
    throw new OAuthError('invalid_request', 'more than one way of client authentication', finding('client', 'repeated'))
  const proven = basic ?? assertion
  if (proven) {
    if (clientId && clientId !== proven.clientId)
      throw refused(finding('client', 'mismatch', { expected: proven.clientId, got: clientId }))
    return proven
  }
  if (!clientId) throw refused(finding('client', 'missing'))
  return { method: secret ? 'client_secret_post' : 'none', clientId, secret }
}

function readProofs(authorization: string | null, parameters: Parameters): Proofs | OAuthError {
  try {
    return {
      basic: authorization === null ? null : readBasic(authorization),
      assertion: readAssertion(parameters),
    }
  } catch (error) {
    // refused before anything is compared, and after it was counted
    if (error instanceof OAuthError) return error
    throw error
  }
}

/** RFC 7521 4.2: type and assertion go together. */
function readAssertion(parameters: Parameters): Credentials | null {
  const type = parameters.get('client_assertion_type')
  const text = parameters.get('client_assertion')
  if (type === null && text === null) return null
  if (type !== CLIENT_ASSERTION_TYPE)
    throw new OAuthError(
      'invalid_request',
      'this client_assertion_type is not supported',
      finding('client', 'unsupported', { expected: CLIENT_ASSERTION_TYPE, got: type ?? '' }),
    )
  if (text === null)
    throw new OAuthError('invalid_request', 'client_assertion is missing', finding('client', 'missing'))
  const assertion = readJwt(text)
  if (!assertion || typeof assertion.claims.sub !== 'string' || hasNul(assertion.claims.sub))
    throw malformed('client_assertion')
  return { method: 'private_key_jwt', clientId: assertion.claims.sub, assertion }
}

/** HTTP Basic with form-encoded user name and password (RFC 6749 2.3.1, RFC 7617). Loosely encoded base64 is refused. */
function readBasic(authorization: string): Credentials {
  const encoded = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1]
  if (!encoded || Buffer.from(encoded, 'base64').toString('base64') !== encoded) throw malformed('Basic')
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 1) throw malformed('Basic')
  return {
    method: 'client_secret_basic',
    clientId: decoded(pair.slice(0, colon)),
    secret: decoded(pair.slice(colon + 1)),
  }
}

function decoded(text: string): string {
  // most hold nothing that was encoded
  const isPlain = /^[A-Za-z0-9._~-]*$/.test(text)
  if (isPlain) return text
  try {
    const value = decodeURIComponent(text.replaceAll('+', ' '))
    if (!hasNul(value)) return value
  } catch {
    // not form-encoded: refused like the rest
  }
  throw malformed('Basic')
}
