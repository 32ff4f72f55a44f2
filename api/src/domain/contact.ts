import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import { readEmail } from './email-address.ts'
import type { IdentifierReading } from './identifier.ts'
import type { CodePurpose } from './one-time-code.ts'
import { readPhone } from './phone.ts'
import { countryOf } from './recipient.ts'

/** Where somebody can be reached, and what lets them in at the same time. */
export type ContactKind = 'email' | 'phone'

/** What a code that was sent to a new one opens. */
export const CONTACT_PURPOSE = {
  email: 'change_email',
  phone: 'change_phone',
} as const satisfies Record<ContactKind, CodePurpose>

/** An address or number that somebody may have, normalised; null for anything else. */
export const readContact = (kind: ContactKind, typed: string): string | null =>
  kind === 'email' ? readEmail(typed) : readPhone(typed)

/** Enough to be recognised by its owner, and no more: `a••@new.example`, `+49 ••• ••42`. */
export function maskContact(kind: ContactKind, value: string): string {
  if (kind === 'phone') return `${countryOf(value)} ••• ••${value.slice(-2)}`
  const at = value.lastIndexOf('@')
  return `${[...value][0]}••${value.slice(at)}`
}

type Held = IdentifierReading & { verifiedAt: number | null }

/**
 * Whether it can be taken away: another name must let the person in, and without an address there must be a confirmed number that a
 * forgotten password is replaced by.
 */
export function mayRemove(kind: ContactKind, held: readonly Held[], { identifiers }: LoginPolicy): boolean {
  const left = held.filter((name) => name.kind !== kind)
  const opens = left.some((name) => identifiers.includes(name.kind))
  const reaches = left.some((name) => (name.kind === 'phone' || name.kind === 'email') && name.verifiedAt !== null)
  return held.some((name) => name.kind === kind) && opens && (kind === 'phone' || reaches)
}
