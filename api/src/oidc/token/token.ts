import type { Deps, KnownApplication } from '../../deps.ts'
import { DEVICE_GRANT, GRANT_TYPES, type GrantType, JWT_BEARER } from '../../domain/application.ts'
import type { Presented } from '../dpop/proof.ts'
import { requiredProof } from '../dpop/required-proof.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import type { TokenResponse } from '../tokens/mint.ts'
import { redeemCode } from './authorization-code.ts'
import { clientCredentials } from './client-credentials.ts'
import { redeemDeviceCode } from './device-code.ts'
import { jwtBearer } from './jwt-bearer.ts'
import { refresh } from './refresh-token.ts'

/** `key` is the thumbprint that the tokens are bound to; null for bearer tokens. */
type Grant = (
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
  key: string | null,
) => Promise<TokenResponse>

/** A grant that is not here is not offered: one file each. */
const GRANTS: Record<GrantType, Grant> = {
  authorization_code: redeemCode,
  refresh_token: refresh,
  client_credentials: clientCredentials,
  [JWT_BEARER]: jwtBearer,
  [DEVICE_GRANT]: redeemDeviceCode,
}

const isGrantType = (value: string): value is GrantType => GRANT_TYPES.some((type) => type === value)

/** The token endpoint (RFC 6749 3.2), after client authentication. @throws OAuthError */
export async function exchange(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
  presented: Presented,
): Promise<TokenResponse> {
  const grantType = parameters.get('grant_type')
  if (!grantType) throw new OAuthError('invalid_request', 'grant_type is missing', finding('grant_type', 'missing'))
  if (!isGrantType(grantType)) {
    const compared = { expected: GRANT_TYPES.join(' '), got: grantType }
    throw new OAuthError(
      'unsupported_grant_type',
      'this grant_type is not supported',
      finding('grant_type', 'unsupported', compared),
    )
  }
  if (!application.grantTypes.includes(grantType))
    throw new OAuthError(
      'unauthorized_client',
      'this client may not use this grant_type',
      finding('grant_type', 'not_allowed', { expected: application.grantTypes.join(' '), got: grantType }),
    )
  const key = await requiredProof(deps, application, presented)
  return GRANTS[grantType](deps, application, parameters, key)
}
