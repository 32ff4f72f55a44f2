import { equalSecrets, tokenHash } from '../crypto/token.ts'
import type { Deps, KnownApplication } from '../deps.ts'
import { type AuthenticationMethod, isConfidential } from '../domain/application.ts'
import { OAuthError } from './oauth-error.ts'
import { hasNul, type Parameters } from './parameters.ts'

type Credentials = { method: AuthenticationMethod; clientId: string; secret: string | null }

/** One answer for an unknown client, a wrong secret, a wrong method and none at all. */
const refused = () => new OAuthError('invalid_client', 'client authentication failed')

/** Compared against where there is no client, so that the work is the same. */
const NOBODY = tokenHash('nobody')

/**
 * Client authentication (RFC 6749 2.3): exactly the registered method, one at a time.
 * @throws OAuthError invalid_request for two methods at once, invalid_client for everything else
 */
export async function authenticateClient(
  deps: Deps,
  authorization: string | null,
  parameters: Parameters,
): Promise<KnownApplication> {
  const credentials = readCredentials(authorization, parameters)
  const application = await deps.repositories.applications.findActiveByClientId(credentials.clientId.slice(0, 256))
  const isProven = isSecretOf(application, credentials.secret)
  if (!application || credentials.method !== application.settings.authenticationMethod) throw refused()
  if (isConfidential(application) && !isProven) throw refused()
  return application
}

/**
 * Whom a request says it comes from, proven or not: the name that failures count against. However it is written, one client has one
 * name here.
 */
export function claimedClientId(authorization: string | null, parameters: Parameters): string {
  try {
    if (authorization !== null) return readBasic(authorization).clientId
  } catch {
    // malformed: it names nobody
  }
  return parameters.get('client_id') ?? ''
}

function readCredentials(authorization: string | null, parameters: Parameters): Credentials {
  const basic = authorization === null ? null : readBasic(authorization)
  const secret = parameters.get('client_secret')
  const clientId = parameters.get('client_id')
  if (basic && secret) throw new OAuthError('invalid_request', 'more than one way of client authentication')
  if (basic) {
    if (clientId && clientId !== basic.clientId) throw refused()
    return basic
  }
  if (!clientId) throw refused()
  return { method: secret ? 'client_secret_post' : 'none', clientId, secret }
}

/** HTTP Basic with form-encoded user name and password (RFC 6749 2.3.1, RFC 7617). Loosely encoded base64 is refused. */
function readBasic(authorization: string): Credentials {
  const encoded = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1]
  if (!encoded || Buffer.from(encoded, 'base64').toString('base64') !== encoded) throw refused()
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 1) throw refused()
  return {
    method: 'client_secret_basic',
    clientId: decoded(pair.slice(0, colon)),
    secret: decoded(pair.slice(colon + 1)),
  }
}

function decoded(text: string): string {
  try {
    const value = decodeURIComponent(text.replaceAll('+', ' '))
    if (!hasNul(value)) return value
  } catch {
    // not form-encoded: refused like the rest
  }
  throw refused()
}

function isSecretOf(application: KnownApplication | null, secret: string | null): boolean {
  const hash = tokenHash(secret ?? '')
  const known = application?.secretHashes.length ? application.secretHashes : [NOBODY]
  return known.map((stored) => equalSecrets(stored, hash)).includes(true) && secret !== null
}
