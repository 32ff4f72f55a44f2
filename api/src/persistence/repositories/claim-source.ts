import type { ClaimSource } from '../../domain/claims.ts'

export type SourceRow = Pick<ClaimSource, 'displayName' | 'profile' | 'updatedAt'> & {
  username: string | null
  email: string | null
  emailVerifiedAt: number | null
  phone: string | null
  phoneVerifiedAt: number | null
}

/** What may be said about a person, from a row that joins their identifiers. */
export function claimSourceOf(row: SourceRow): ClaimSource {
  return {
    displayName: row.displayName,
    profile: row.profile,
    updatedAt: row.updatedAt,
    loginName: row.username ?? row.email,
    email: row.email === null ? null : { value: row.email, verified: row.emailVerifiedAt !== null },
    phone: row.phone === null ? null : { value: row.phone, verified: row.phoneVerifiedAt !== null },
  }
}
