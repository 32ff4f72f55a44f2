import { IDENTIFIER_KINDS, type IdentifierKind } from '@vestibule/shared/policy.ts'
import type { Profile } from './user.ts'

/** What somebody is called when nobody said so: given and family name, or the strongest name. */
export const defaultDisplayName = ({ givenName, familyName }: Profile, strongest: string): string =>
  [givenName, familyName].filter(Boolean).join(' ') || strongest

/** Of several names that let somebody in the one to call them by; of several of one kind the first. */
export function strongestOf(names: readonly { kind: IdentifierKind; value: string }[]): string {
  const ordered = IDENTIFIER_KINDS.map((kind) => names.find((name) => name.kind === kind)?.value)
  return ordered.find((value) => value !== undefined) ?? ''
}
