import { isToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, DeviceAuthorization, Executor, KnownApplication } from '../../deps.ts'
import { type Finding, finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import { type Minted, mint, respond, type TokenResponse } from '../tokens/mint.ts'

const refused = (what: Finding) => new OAuthError('invalid_grant', 'the device code is not valid', what)
const used = finding('device_code', 'used')

/** A device asks whether somebody let it in (RFC 8628 3.4, 3.5). */
export async function redeemDeviceCode(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
  key: string | null,
): Promise<TokenResponse> {
  const code = parameters.get('device_code')
  if (!code) throw new OAuthError('invalid_request', 'device_code is missing', finding('device_code', 'missing'))
  if (!isToken('device_code', code)) throw refused(finding('device_code', 'malformed'))
  const outcome = await deps.db.transaction((tx) => poll(deps, tx, { application, code, dpopJkt: key }))
  if (outcome instanceof OAuthError) throw outcome
  return respond(deps, outcome)
}

type Question = { application: KnownApplication; code: string; dpopJkt: string | null }

/** Errors are returned, not thrown: that it was asked is remembered. */
async function poll(deps: Deps, tx: Executor, { application, code, dpopJkt }: Question): Promise<Minted | OAuthError> {
  const { deviceAuthorizations, grants } = deps.repositories
  const now = deps.clock.now()
  const key = { codeHash: tokenHash(code), applicationId: application.id, issuer: deps.settings.issuer, now }
  const row = await deviceAuthorizations.poll(tx, key)
  const fault = faultOf(row, now)
  if (fault || !row?.grantId) return fault ?? refused(used)
  if (!(await deviceAuthorizations.consume(tx, key))) return refused(used)
  const grant = await grants.findWithOwner(row.grantId, tx)
  if (!grant?.alive) return refused(finding('grant', 'ended'))
  const { scopes } = grant
  return mint(deps, tx, { application, grant, scopes, nonce: null, dpopJkt, absoluteExpiresAt: null })
}

function faultOf(row: DeviceAuthorization | null, now: number): OAuthError | null {
  if (!row) return refused(finding('device_code', 'unknown'))
  if (row.consumedAt !== null) return refused(used)
  if (row.expiresAt <= now)
    return new OAuthError('expired_token', 'nobody let the device in in time', finding('device_code', 'expired'))
  if (row.state === 'refused')
    return new OAuthError('access_denied', 'somebody refused', finding('device_code', 'refused'))
  if (row.state === 'approved') return null
  return row.tooEarly
    ? new OAuthError('slow_down', 'asked too early: wait five seconds longer from now on', null)
    : new OAuthError('authorization_pending', 'nobody has decided yet', null)
}
