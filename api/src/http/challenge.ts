import { PROOF_ALGORITHMS } from '../oidc/dpop/proof.ts'

/** What a resource of ours asks for, in the scheme that was tried (RFC 6750 3, RFC 9449 7.1). */
export const challengeTo = (authorization: string | null): string =>
  /^dpop /i.test(authorization ?? '')
    ? `DPoP realm="vestibule", algs="${PROOF_ALGORITHMS.join(' ')}"`
    : 'Bearer realm="vestibule"'
