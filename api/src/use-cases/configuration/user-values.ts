import { PROFILE_MEMBERS, type UserConfiguration } from '@vestibule/shared/configuration-user.ts'
import { IDENTIFIER_KINDS, type IdentifierKind } from '@vestibule/shared/policy.ts'
import type { StoredUser } from '../../deps.ts'
import type { Profile } from '../../domain/user.ts'
import type { PlannedIdentifier } from './change.ts'
import { type Difference, differencesOf } from './difference.ts'
import { namesOf } from './names.ts'

/** The members of the profile that a file names. */
export const profileOf = (user: Pick<UserConfiguration, keyof Profile>): Profile =>
  Object.fromEntries(PROFILE_MEMBERS.flatMap((name) => (user[name] === undefined ? [] : [[name, user[name]]])))

/** What somebody is called when nobody said so: given and family name, or the strongest name. */
export const defaultDisplayName = ({ givenName, familyName }: Profile, strongest: string): string =>
  [givenName, familyName].filter(Boolean).join(' ') || strongest

/** A display name that nobody chose follows the names. */
export function displayNameOf(stored: StoredUser, wanted: UserConfiguration, profile: Profile): string {
  if (wanted.displayName !== undefined) return wanted.displayName
  const isChosen = stored.displayName !== defaultDisplayName(stored.profile, strongest(stored.identifiers))
  return isChosen
    ? stored.displayName
    : defaultDisplayName(profile, strongest([...namesOf(wanted), ...stored.identifiers]))
}

/** Of several of one kind the first. */
function strongest(names: readonly { kind: IdentifierKind; value: string }[]): string {
  const ordered = IDENTIFIER_KINDS.map((kind) => names.find((name) => name.kind === kind)?.value)
  return ordered.find((value) => value !== undefined) ?? ''
}

/** The names that are not there yet, or not verified as the file says. A new address is not verified because the one before was. */
export function newIdentifiers(stored: StoredUser, wanted: UserConfiguration): PlannedIdentifier[] {
  return namesOf(wanted).flatMap(({ kind, value, isVerified }) => {
    const known = stored.identifiers.find((identifier) => identifier.kind === kind)
    const isKnown = known?.value === value
    const planned = { kind, value, isVerified: isVerified ?? (isKnown && known.isVerified) }
    return isKnown && planned.isVerified === known.isVerified ? [] : [planned]
  })
}

export const identifierDifferences = (stored: StoredUser, identifiers: readonly PlannedIdentifier[]): Difference[] =>
  identifiers.flatMap(({ kind, value, isVerified }) => {
    const known = stored.identifiers.find((identifier) => identifier.kind === kind)
    return differencesOf(
      { [kind]: known?.value, [`${kind}Verified`]: known?.isVerified ?? false },
      { [kind]: value, [`${kind}Verified`]: isVerified },
    )
  })
