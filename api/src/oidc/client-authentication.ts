import { equalHashes, tokenHash } from '../crypto/token.ts'
import type { Deps, KnownApplication } from '../deps.ts'
import { isConfidential } from '../domain/application.ts'
import { knownHere } from '../use-cases/grants/known-here.ts'
import { provesClient } from './assertions/client-assertion.ts'
import { finding } from './oauth-error.ts'
import type { Parameters } from './parameters.ts'
import { type Claim, type Credentials, readCredentials, refused } from './read-credentials.ts'

/** Compared against where there is no client, so that the work is the same. */
const NOBODY = tokenHash('nobody')

/**
 * Client authentication (RFC 6749 2.3): exactly the registered method, one at a time.
 * @throws OAuthError invalid_request for two methods at once, invalid_client for everything else
 */
export async function authenticateClient(deps: Deps, claim: Claim, parameters: Parameters): Promise<KnownApplication> {
  const credentials = readCredentials(claim, parameters)
  const named = await deps.repositories.applications.findActiveByClientId(credentials.clientId.slice(0, 256))
  const application = knownHere(deps, named)
  const hasSecret = 'secret' in credentials && isSecretOf(application, credentials.secret)
  const { method: got, clientId } = credentials
  if (!application) throw refused(finding('client', 'unknown', { got: clientId }))
  const { authenticationMethod: expected } = application.settings
  if (got !== expected) throw refused(finding('client', 'mismatch', { expected, got }))
  if (!(await isProven(deps, application, credentials, hasSecret))) throw refused(finding('client', 'wrong', { got }))
  return application
}

/** Without a method there is nothing to prove: who may have none is said at the registration. */
function isProven(
  deps: Deps,
  application: KnownApplication,
  credentials: Credentials,
  hasSecret: boolean,
): boolean | Promise<boolean> {
  switch (credentials.method) {
    case 'none':
      return !isConfidential(application)
    case 'private_key_jwt':
      return provesClient(deps, application, credentials.assertion)
    default:
      return hasSecret
  }
}

function isSecretOf(application: KnownApplication | null, secret: string | null): boolean {
  const hash = tokenHash(secret ?? '')
  const known = application?.secretHashes.length ? application.secretHashes : [NOBODY]
  return known.map((stored) => equalHashes(stored, hash)).includes(true) && secret !== null
}
