import type { Deps, Executor, ValidAccessToken } from '../../deps.ts'

/** What an access token is found by. */
export type AccessTokenKey = {
  /** Of the row that it hangs on. */
  hash: string
  /** One of several JWTs that hang on that row: what it says of itself, in milliseconds, and what it would be revoked by. */
  shared: { issuedAt: number; expiresAt: number; revocation: string } | null
}

/** The access token if it is valid at this moment, with everything that it hangs on. */
export async function findAccessToken(
  { clock, repositories }: Deps,
  { hash, shared }: AccessTokenKey,
  tx?: Executor,
): Promise<ValidAccessToken | null> {
  const now = clock.now()
  const token = await repositories.accessTokens.findValid(hash, now, tx)
  if (!token || !shared) return token
  if (shared.expiresAt <= now || (await repositories.spentProofs.isSpent(shared.revocation, tx))) return null
  return { ...token, issuedAt: shared.issuedAt, expiresAt: shared.expiresAt }
}
