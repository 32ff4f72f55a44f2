import { isToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, KnownApplication, LiveGrant, RefreshToken } from '../../deps.ts'
import { isConfidential } from '../../domain/application.ts'
import { recordEvent } from '../../use-cases/record-event.ts'
import { type Finding, finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import { isOfGrant, otherResource } from '../resource.ts'
import { type Minted, mint, respond, type TokenResponse } from '../tokens/mint.ts'

const refused = (what: Finding) => new OAuthError('invalid_grant', 'the refresh token is not valid', what)

/**
 * The refresh token grant (RFC 6749 6) with rotation (RFC 9700 4.14.2). A used token presented again ends its family, newest token
 * included: no grace period, because a thief can be as quick as a retry.
 */
export async function refresh(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
  key: string | null,
): Promise<TokenResponse> {
  const token = parameters.get('refresh_token')
  if (!token) throw new OAuthError('invalid_request', 'refresh_token is missing', finding('refresh_token', 'missing'))
  if (!isToken('refresh_token', token)) throw refused(finding('refresh_token', 'malformed'))
  const outcome = await deps.db.transaction((tx) => rotate(deps, tx, { application, parameters, dpopJkt: key }, token))
  if (outcome instanceof OAuthError) throw outcome
  return respond(deps, outcome)
}

type Rotation = { application: KnownApplication; parameters: Parameters; dpopJkt: string | null }

/** Errors are returned, not thrown: a family that was ended on the way stays so. */
async function rotate(
  deps: Deps,
  tx: Executor,
  { application, parameters, dpopJkt }: Rotation,
  presented: string,
): Promise<Minted | OAuthError> {
  const now = deps.clock.now()
  const key = { tokenHash: tokenHash(presented), applicationId: application.id, issuer: deps.settings.issuer }
  const found = await deps.repositories.refreshTokens.find(tx, key)
  if (!found) return refused(finding('refresh_token', 'unknown'))
  const { token, grant } = found
  if (token.consumedAt !== null) return endFamily(deps, tx, grant)
  // a locked person's token is refused but not spent: it works again after the lock
  if (token.expiresAt <= now) return refused(finding('refresh_token', 'expired'))
  if (!grant.alive) return refused(finding('grant', 'ended'))
  const fault = keyFault(token, application, dpopJkt)
  if (fault) return fault
  const scopes = narrowed(grant, parameters)
  if (!scopes)
    return new OAuthError(
      'invalid_scope',
      'more than was granted',
      finding('scope', 'not_allowed', { expected: grant.scopes.join(' '), got: parameters.get('scope') ?? '' }),
    )
  if (!isOfGrant(grant, parameters)) return otherResource()
  if (!(await deps.repositories.refreshTokens.consume(tx, { ...key, now }))) return endFamily(deps, tx, grant)
  const { absoluteExpiresAt } = token
  return mint(deps, tx, { application, grant, scopes, nonce: null, dpopJkt, absoluteExpiresAt })
}

/**
 * A bound token wants a proof, and of a public client it is bound to the key itself; a confidential one proves itself besides, and may take
 * a new key (RFC 9449 5).
 */
function keyFault(token: RefreshToken, application: KnownApplication, dpopJkt: string | null): OAuthError | null {
  if (token.dpopJkt === null || token.dpopJkt === dpopJkt) return null
  if (dpopJkt === null)
    return new OAuthError(
      'invalid_dpop_proof',
      'a bound refresh token needs a proof',
      finding('dpop_binding', 'missing'),
    )
  return isConfidential(application) ? null : refused(finding('dpop_binding', 'mismatch'))
}

/** A subset narrows this access token only; the next refresh token keeps what was granted. Null for more than that. */
function narrowed({ scopes }: LiveGrant, parameters: Parameters): string[] | null {
  const text = parameters.get('scope')
  if (text === null) return scopes
  const asked = text.split(' ').filter(Boolean)
  return asked.every((scope) => scopes.includes(scope)) ? scopes.filter((scope) => asked.includes(scope)) : null
}

async function endFamily(deps: Deps, tx: Executor, grant: LiveGrant): Promise<OAuthError> {
  if (await deps.repositories.grants.revoke(tx, grant.id, deps.clock.now()))
    await recordEvent(deps, tx, {
      type: 'grant.reused',
      organizationId: 'instance',
      actor: grant.applicationId,
      target: grant.id,
      person: grant.userId,
      data: { presented: 'refresh_token' },
    })
  return refused(finding('refresh_token', 'used'))
}
