import type { Deps } from '../../deps.ts'
import type { Application } from '../../domain/application.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import { type Presented, proofKey } from './proof.ts'

/** The key that tokens are to be bound to, or null for bearer tokens. @throws OAuthError where this client must send a proof and did not */
export async function requiredProof(
  deps: Deps,
  { settings }: Application,
  presented: Presented,
): Promise<string | null> {
  if (presented.proof === null && settings.dpopBoundAccessTokens)
    throw new OAuthError('invalid_dpop_proof', 'this client must send a proof', finding('dpop_proof', 'missing'))
  return proofKey(deps, presented)
}
