import type { Deps, KnownApplication } from '../../deps.ts'
import { isConfidential } from '../../domain/application.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import type { TokenResponse } from '../tokens/mint.ts'
import { machineTokens } from './machine-tokens.ts'

/**
 * The client credentials grant (RFC 6749 4.4): an application acts for itself, and its client id is the subject; or a service user with a
 * secret, which is the subject.
 */
export async function clientCredentials(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
  dpopJkt: string | null,
): Promise<TokenResponse> {
  if (!isConfidential(application))
    throw new OAuthError(
      'unauthorized_client',
      'a public client proves nothing',
      finding('client_type', 'not_allowed', { got: application.type }),
    )
  return machineTokens(deps, { application, parameters, dpopJkt, machineCredential: null })
}
