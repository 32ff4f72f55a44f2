import { isToken, newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps } from '../../deps.ts'
import type { ApplicationId } from '../../domain/ids.ts'

/** What the JWTs that hang on one row have in common. */
export type Common = {
  applicationId: ApplicationId
  issuer: string
  scopes: readonly string[]
  resource: string | null
  audience: readonly string[] | null
}

/** The row that several JWTs of a machine hang on, by its handle, which opens nothing itself. Milliseconds. */
export type SharedRow = { handle: string; expiresAt: number }

/** Rows that this process wrote, by what hangs on them. */
export type SharedRows = { find(common: Common): SharedRow | undefined; keep(common: Common, row: SharedRow): void }

/** Who asks for more kinds than fit has a row written more often. */
const MOST = 1_000

export function createSharedRows(): SharedRows {
  const rows = new Map<string, SharedRow>()
  const nameOf = ({ applicationId, issuer, scopes, resource, audience }: Common) =>
    JSON.stringify([applicationId, issuer, scopes, resource, audience])
  return {
    find: (common) => rows.get(nameOf(common)),
    keep(common, row) {
      if (rows.size >= MOST) rows.delete(rows.keys().next().value!)
      rows.set(nameOf(common), row)
    },
  }
}

export const newSharedHandle = ({ randomBytes }: Deps): string => newToken('shared_access', randomBytes)

/** The `jti` of one JWT among those of a row. */
export const newSharedJti = ({ randomBytes }: Deps, handle: string): string =>
  `${handle}.${newToken('access_token', randomBytes)}`

/** The handle of the row that a `jti` hangs on with others, or null for any other `jti`. */
export function sharedHandleOf(jti: string): string | null {
  const [handle = '', own = '', ...more] = jti.split('.')
  return more.length === 0 && isToken('shared_access', handle) && isToken('access_token', own) ? handle : null
}

/** By what it is known that one of them was revoked before its end. */
export const revocationOf = (jti: string): string => `access token/${tokenHash(jti)}`
