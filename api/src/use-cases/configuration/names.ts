import type { UserConfiguration } from '@vestibule/shared/configuration-user.ts'
import { IDENTIFIER_KINDS } from '@vestibule/shared/policy.ts'
import { type IdentifierReading, normalizeIdentifier } from '../../domain/identifier.ts'

/** A name a configuration gives somebody, normalised. `isVerified` is undefined where nothing is said. */
export type Name = IdentifierReading & { isVerified: boolean | undefined }

/** The strongest first. */
export function namesOf(user: UserConfiguration): Name[] {
  const verified = { username: undefined, email: user.emailVerified, phone: user.phoneVerified }
  return IDENTIFIER_KINDS.flatMap((kind) => {
    const typed = user[kind]
    return typed === undefined ? [] : [{ kind, value: normalizeIdentifier(kind, typed), isVerified: verified[kind] }]
  })
}
