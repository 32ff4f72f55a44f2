import type { Deps } from '../deps.ts'
import { newNonce } from '../oidc/dpop/nonce.ts'
import type { Presented } from '../oidc/dpop/proof.ts'
import { setHeader } from './answer.ts'
import type { Http } from './env.ts'

/** The proof of a request, for this method and address. Where proofs hold a nonce, every answer brings the next one (RFC 9449 8.2). */
export function presentedProof(c: Http, deps: Deps): Presented {
  const { issuer, dpopNonce } = deps.settings
  if (dpopNonce) setHeader(c, 'dpop-nonce', newNonce(deps))
  return { proof: c.req.header('dpop') ?? null, method: c.req.method, url: issuer + c.req.path }
}
