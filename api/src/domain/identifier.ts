import type { IdentifierKind } from '@vestibule/shared/policy.ts'

/** One way to read what was typed. */
export type IdentifierReading = { kind: IdentifierKind; value: string }

const EMAIL = /^[^\s@]+@[^\s@]+$/
const PHONE = /^\+?[0-9][0-9 ()./-]{4,}$/

/**
 * Normalised forms: Unicode NFKC and lower case, so that no collation decides equality; a phone number keeps its digits with the plus
 * in front; the domain of an address is written as the name service has it (RFC 5890). Whoever stores an identifier and whoever looks one up call this.
 */
export function normalizeIdentifier(kind: IdentifierKind, typed: string): string {
  const value = typed.trim().normalize('NFKC').toLowerCase()
  if (kind === 'email') return withAsciiDomain(value)
  return kind === 'phone' ? `+${value.replace(/[^0-9]/g, '')}` : value
}

function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1
  const domain = address.slice(at)
  const isPlain = !/[^\p{L}\p{M}\p{N}.-]/u.test(domain)
  if (!isPlain || !/[\u0080-\uffff]/.test(domain) || !URL.canParse(`http://${domain}`)) return address
  return address.slice(0, at) + new URL(`http://${domain}`).hostname
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
  const trimmed = normalizeIdentifier('email', typed)
  return EMAIL.test(trimmed) ? trimmed.slice(trimmed.lastIndexOf('@') + 1) : null
}
