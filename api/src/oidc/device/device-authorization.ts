import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, KnownApplication, NewDeviceAuthorization } from '../../deps.ts'
import { DEVICE_GRANT } from '../../domain/application.ts'
import { newUserCode, shownUserCode } from '../../domain/user-code.ts'
import { requiredAssurance } from '../authorize/claims-parameter.ts'
import { maxAge } from '../authorize/prompt.ts'
import { askedScope } from '../authorize/scope.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import { askedResource } from '../resource.ts'

/** Seconds. */
const LIFETIME = 300
const INTERVAL = 5

/** Where somebody types the code. */
const DEVICE_PAGE = '/device'

/**
 * The device authorization endpoint (RFC 8628 3.1, 3.2), after client authentication: a code for the device to ask with, and one for a
 * person to type elsewhere.
 * @throws OAuthError unauthorized_client, invalid_scope, invalid_request
 */
export async function authorizeDevice(deps: Deps, application: KnownApplication, parameters: Parameters) {
  if (!application.grantTypes.includes(DEVICE_GRANT))
    throw new OAuthError(
      'unauthorized_client',
      'this client may not use the device authorization grant',
      finding('grant_type', 'not_allowed', { expected: application.grantTypes.join(' '), got: DEVICE_GRANT }),
    )
  const { scopes, organizationId } = await askedScope(deps, parameters, application)
  const asked = {
    applicationId: application.id,
    issuer: deps.settings.issuer,
    scopes,
    organizationId,
    resource: await askedResource(deps, application, parameters),
    requiredAssurance: requiredAssurance(parameters, null),
    maxAge: maxAge(parameters),
  }
  const deviceCode = newToken('device_code', deps.randomBytes)
  const userCode = await keep(deps, { ...asked, codeHash: tokenHash(deviceCode) })
  const page = deps.settings.issuer + DEVICE_PAGE
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?${new URLSearchParams({ user_code: userCode })}`,
    expires_in: LIFETIME,
    interval: INTERVAL,
  }
}

/** Under a user code that nobody else holds at this moment. Out: the code as it is shown. */
async function keep(
  deps: Deps,
  row: Omit<NewDeviceAuthorization, 'userCode' | 'interval' | 'createdAt' | 'expiresAt'>,
): Promise<string> {
  const { box, clock, db, randomBytes, repositories } = deps
  const now = clock.now()
  const times = { interval: INTERVAL, createdAt: now, expiresAt: now + LIFETIME * 1000 }
  for (let tries = 0; tries < 5; tries++) {
    const code = newUserCode(randomBytes)
    const userCode = box.nameOf('user code', code)
    const isKept = await db.transaction((tx) =>
      repositories.deviceAuthorizations.create(tx, { ...row, ...times, userCode }),
    )
    if (isKept) return shownUserCode(code)
  }
  throw new Error('no user code is free')
}
