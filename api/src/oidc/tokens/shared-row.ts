import { isToken, newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, NewGrant } from '../../deps.ts'
import { newId } from '../../domain/ids.ts'

type Shared = Omit<NewGrant, 'id'> & { audience: string[] | null }

/**
 * The `jti` of one JWT among those of a machine that hang on one row (ADR 29). It has the handle of that row in front, so that the row is
 * found by it. `lifetime`: of the JWT, milliseconds.
 */
export async function sharedJti(deps: Deps, shared: Shared, lifetime: number): Promise<string> {
  return `${await sharedHandle(deps, shared, lifetime)}.${newToken('access_token', deps.randomBytes)}`
}

/** The handle of the row that a `jti` hangs on with others, or null for any other `jti`. */
export function sharedHandleOf(jti: string): string | null {
  const [handle = '', own = '', ...more] = jti.split('.')
  return more.length === 0 && isToken('shared_access', handle) && isToken('access_token', own) ? handle : null
}

/** By what it is known that one of them was revoked before its end. */
export const revocationOf = (jti: string): string => `access token/${tokenHash(jti)}`

/**
 * The row that this process wrote before, as long as its grant lives and it outlasts what is issued now, or a new one, which outlasts many.
 */
async function sharedHandle(deps: Deps, { audience, ...grant }: Shared, lifetime: number): Promise<string> {
  const { clock, db, repositories, sharedRows } = deps
  const now = clock.now()
  const common = { ...grant, audience }
  const known = sharedRows.find(common)
  if (known && known.expiresAt >= now + lifetime && (await repositories.accessTokens.isLive(tokenHash(known.handle))))
    return known.handle
  const handle = newToken('shared_access', deps.randomBytes)
  const expiresAt = now + 2 * lifetime
  const grantId = newId('grt', { now: clock.now, randomBytes: deps.randomBytes })
  await db.transaction(async (tx) => {
    await repositories.grants.create(tx, { ...grant, id: grantId, expiresAt })
    const { scopes } = grant
    const row = { tokenHash: tokenHash(handle), grantId, scopes, audience, dpopJkt: null, issuedAt: now, expiresAt }
    await repositories.accessTokens.create(tx, row)
  })
  sharedRows.keep(common, { handle, expiresAt })
  return handle
}
