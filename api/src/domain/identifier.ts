import type { IdentifierKind } from '@vestibule/shared/policy.ts'

/** One way to read what was typed. */
export type IdentifierReading = { kind: IdentifierKind; value: string }

const EMAIL = /^[^\s@]+@[^\s@]+$/
const PHONE = /^\+?[0-9][0-9 ()./-]{4,}$/

/**
 * Normalised forms: Unicode NFKC and lower case, so that no collation decides equality; a phone number keeps its digits with the plus
 * in front. Whoever stores an identifier and whoever looks one up call this.
 */
export function normalizeIdentifier(kind: IdentifierKind, typed: string): string {
  const value = typed.trim().normalize('NFKC').toLowerCase()
  return kind === 'phone' ? `+${value.replace(/[^0-9]/g, '')}` : value
}

/** Every reading that policy allows, most likely first. */
export function readIdentifier(typed: string, accepts: readonly IdentifierKind[]): IdentifierReading[] {
  const trimmed = typed.trim()
  const kinds: IdentifierKind[] = []
  if (EMAIL.test(trimmed)) kinds.push('email')
  if (PHONE.test(trimmed)) kinds.push('phone')
  kinds.push('username')
  return kinds
    .filter((kind) => accepts.includes(kind))
    .map((kind) => ({ kind, value: normalizeIdentifier(kind, trimmed) }))
}

/** The domain of something that looks like an address, or null. */
export function domainOf(typed: string): string | null {
  const trimmed = typed.trim().normalize('NFKC').toLowerCase()
  return EMAIL.test(trimmed) ? trimmed.slice(trimmed.lastIndexOf('@') + 1) : null
}
