import type { Deps, ValidAccessToken } from '../deps.ts'
import { type AccessTokenKey, findAccessToken } from '../use-cases/grants/find-access-token.ts'
import { type Presented as DpopProof, proofKey } from './dpop/proof.ts'
import { OAuthError } from './oauth-error.ts'
import { accessTokenKey } from './tokens/access-token.ts'

/** Where an access token may be (RFC 6750 2.1, 2.2): the header, or a POST form. Never the query. */
export type Presented = { authorization: string | null; form: string | null; dpop: DpopProof }

/** Nothing was presented: answered with a bare challenge (RFC 6750 3.1). */
export class NoCredentials extends Error {}

/**
 * The access token of a request, valid at this moment and with the proof of its key where it is bound to one. `key` is what it is found by.
 * @throws NoCredentials, or OAuthError invalid_request, invalid_token, invalid_dpop_proof, use_dpop_nonce
 */
export async function presentedToken(
  deps: Deps,
  presented: Presented,
): Promise<{ token: ValidAccessToken; key: AccessTokenKey }> {
  const { text, scheme } = read(presented)
  const key = await accessTokenKey(deps, text)
  const token = key && (await findAccessToken(deps, key))
  if (!token || token.issuer !== deps.settings.issuer)
    throw new OAuthError('invalid_token', 'the access token is not valid', null)
  await mustHoldKey(deps, token, scheme === 'dpop' ? { accessToken: text, ...presented.dpop } : null)
  return { token, key }
}

/** A bound token comes with a proof of its key, and a bearer token without (RFC 9449 7.1, 7.2). */
async function mustHoldKey(
  deps: Deps,
  { dpopJkt }: ValidAccessToken,
  proven: (DpopProof & { accessToken: string }) | null,
): Promise<void> {
  if ((dpopJkt === null) !== (proven === null))
    throw new OAuthError('invalid_token', 'the scheme is not that of the token', null)
  if (!proven) return
  const key = await proofKey(deps, proven, proven.accessToken)
  if (key === null) throw new OAuthError('invalid_dpop_proof', 'the proof is missing', null)
  if (key !== dpopJkt) throw new OAuthError('invalid_token', 'the access token is bound to another key', null)
}

function read({ authorization, form }: Presented): { text: string; scheme: 'bearer' | 'dpop' } {
  if (authorization !== null && form !== null) throw new OAuthError('invalid_request', 'two access tokens', null)
  if (form !== null) return { text: form, scheme: 'bearer' }
  if (authorization === null) throw new NoCredentials()
  const [, scheme, text] = /^(bearer|dpop) ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization) ?? []
  if (!scheme || !text) throw new OAuthError('invalid_token', 'the Authorization header is malformed', null)
  return { text, scheme: scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer' }
}
