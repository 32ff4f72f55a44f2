import { hash } from 'node:crypto'
import { equalSecrets, isToken, tokenHash } from '../../crypto/token.ts'
import type { AuthorizationCode, Deps, Executor, KnownApplication } from '../../deps.ts'
import { recordEvent } from '../../use-cases/record-event.ts'
import { type Finding, finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'
import { isOfGrant, otherResource } from '../resource.ts'
import { type Minted, mint, respond, type TokenResponse } from '../tokens/mint.ts'

const refused = (what: Finding, description = 'the authorization code is not valid') =>
  new OAuthError('invalid_grant', description, what)

/**
 * The authorization code grant (RFC 6749 4.1.3). The consuming update comes first: whatever is wrong with the rest, the code is spent.
 * A second presentation by the same client ends everything the first one got.
 */
export async function redeemCode(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
  key: string | null,
): Promise<TokenResponse> {
  const code = parameters.get('code')
  if (!code) throw new OAuthError('invalid_request', 'code is missing', finding('code', 'missing'))
  if (!isToken('authorization_code', code)) throw refused(finding('code', 'malformed'))
  const outcome = await deps.db.transaction((tx) => redeem(deps, tx, { application, parameters, key }, code))
  if (outcome instanceof OAuthError) throw outcome
  return respond(deps, outcome)
}

/** Errors are returned, not thrown: what was spent or revoked on the way stays so. */
async function redeem(
  deps: Deps,
  tx: Executor,
  {
    application,
    parameters,
    key: dpopJkt,
  }: { application: KnownApplication; parameters: Parameters; key: string | null },
  code: string,
): Promise<Minted | OAuthError> {
  const key = { codeHash: tokenHash(code), applicationId: application.id, issuer: deps.settings.issuer }
  const row = await deps.repositories.authorizationCodes.consume(tx, { ...key, now: deps.clock.now() })
  if (!row) return refuseReuse(deps, tx, key)
  const fault = bindingFault(row, parameters, dpopJkt)
  if (fault) return fault
  const grant = await deps.repositories.grants.findWithOwner(row.grantId, tx)
  if (!grant?.alive) return refused(finding('grant', 'ended'))
  if (!isOfGrant(grant, parameters)) return otherResource()
  const { scopes } = grant
  return mint(deps, tx, { application, grant, scopes, nonce: row.nonce, dpopJkt, absoluteExpiresAt: null })
}

async function refuseReuse(deps: Deps, tx: Executor, key: CodeKey): Promise<OAuthError> {
  const used = await deps.repositories.authorizationCodes.find(tx, key)
  if (used?.consumedAt != null && (await deps.repositories.grants.revoke(tx, used.grantId, deps.clock.now()))) {
    const grant = await deps.repositories.grants.findWithOwner(used.grantId, tx)
    await recordEvent(deps, tx, {
      type: 'grant.reused',
      organizationId: 'instance',
      actor: key.applicationId,
      target: used.grantId,
      person: grant?.userId ?? null,
      data: { presented: 'authorization_code' },
    })
  }
  if (!used) return refused(finding('code', 'unknown'))
  return refused(finding('code', used.consumedAt === null ? 'expired' : 'used'))
}
type CodeKey = { codeHash: string; applicationId: KnownApplication['id']; issuer: string }

/** Bound to the redirect URI byte for byte (RFC 6749 4.1.3), to a key (RFC 9449 10) and to the challenge (RFC 7636 4.6). */
function bindingFault(row: AuthorizationCode, parameters: Parameters, dpopJkt: string | null): OAuthError | null {
  const got = parameters.get('redirect_uri')
  // a request that was answered without a redirect had none
  if ((got ?? '') !== row.redirectUri) {
    const compared = { expected: row.redirectUri, got: got ?? '' }
    return refused(
      finding('redirect_uri', got === null ? 'missing' : 'mismatch', compared),
      'redirect_uri is not the one of the request',
    )
  }
  if (row.dpopJkt !== null && row.dpopJkt !== dpopJkt)
    return refused(
      finding('dpop_binding', dpopJkt === null ? 'missing' : 'mismatch'),
      'the code is bound to another key',
    )
  const verifier = parameters.get('code_verifier')
  if (row.codeChallenge === null)
    return verifier === null
      ? null
      : refused(finding('code_verifier', 'not_allowed'), 'code_verifier without a code_challenge')
  if (verifier === null) return refused(finding('code_verifier', 'missing'), 'code_verifier is missing')
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier))
    return refused(finding('code_verifier', 'malformed'), 'code_verifier is malformed')
  return equalSecrets(hash('sha256', verifier, 'base64url'), row.codeChallenge)
    ? null
    : refused(finding('code_verifier', 'wrong'), 'code_verifier is wrong')
}
