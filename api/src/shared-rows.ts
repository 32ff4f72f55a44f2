import type { ApplicationId } from './domain/ids.ts'

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

/** Rows of access tokens that this process wrote, by what hangs on them. Whether one still counts is for the database to say. */
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
