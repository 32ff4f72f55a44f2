import type { Deps } from '../../deps.ts'
import { type ClaimSource, claimValues } from '../../domain/claims.ts'
import { pictureHere } from '../../use-cases/own-picture.ts'

/** Values of the named claims (OpenID Connect Core 5.1). A picture of ours is at the address that says it, like everything else. */
export function personClaims(deps: Deps, names: ReadonlySet<string>, source: ClaimSource): Record<string, unknown> {
  const values = claimValues(names, source)
  if (typeof values.picture === 'string') values.picture = pictureHere(deps, values.picture)
  return values
}
