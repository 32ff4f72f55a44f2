import { PROFILE_MEMBERS, type UserConfiguration } from '@vestibule/shared/configuration-user.ts'
import type { StoredUser } from '../../deps.ts'
import { defaultDisplayName, strongestOf } from '../../domain/display-name.ts'
import type { UserId } from '../../domain/ids.ts'
import type { Profile } from '../../domain/user.ts'
import type { PlannedIdentifier, PlannedMetadata } from './change.ts'
import { type Difference, differencesOf } from './difference.ts'
import { namesOf } from './names.ts'
import type { State } from './state.ts'

/** The members of the profile that a file names. */
export const profileOf = (user: Pick<UserConfiguration, keyof Profile>): Profile =>
  Object.fromEntries(PROFILE_MEMBERS.flatMap((name) => (user[name] === undefined ? [] : [[name, user[name]]])))

/** A display name that nobody chose follows the names. */
export function displayNameOf(stored: StoredUser, wanted: UserConfiguration, profile: Profile): string {
  if (wanted.displayName !== undefined) return wanted.displayName
  const isChosen = stored.displayName !== defaultDisplayName(stored.profile, strongestOf(stored.identifiers))
  return isChosen
    ? stored.displayName
    : defaultDisplayName(profile, strongestOf([...namesOf(wanted), ...stored.identifiers]))
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

/** What the file says otherwise than it is; `id` is null for who is still to be made. */
export const newMetadata = (
  { metadata }: State,
  id: UserId | null,
  wanted: Readonly<Record<string, string | null>> = {},
): PlannedMetadata[] =>
  Object.entries(wanted)
    .map(([key, value]) => ({ key, value }))
    .filter(({ key, value }) => ((id && metadata.get(`${id}/${key}`)) ?? null) !== value)
