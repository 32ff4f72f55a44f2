import type { UserConfiguration } from '@vestibule/shared/configuration-user.ts'
import type { StoredUser } from '../../deps.ts'
import { defaultDisplayName } from '../../domain/display-name.ts'
import type { Change, ChangeOf, FirstPassword } from './change.ts'
import { differencesOf } from './difference.ts'
import { findUser } from './find-user.ts'
import { namesOf } from './names.ts'
import type { Place } from './place.ts'
import type { Plan } from './plan.ts'
import { newProjectRoles } from './plan-project.ts'
import type { State } from './state.ts'
import { faultsOfUser } from './user-faults.ts'
import { displayNameOf, identifierDifferences, newIdentifiers, newMetadata, profileOf } from './user-values.ts'

type Who = { primaryDomain: string; label: string }

/** A person: made, or changed where the file says something else. `stored` is whom the file means. */
export function planUser(state: State, place: Place, wanted: UserConfiguration): Plan & { stored: StoredUser | null } {
  const { stored, faults } = findUser(state, place, wanted)
  if (stored?.kind === 'service') faults.push({ path: place.path, message: 'is a service user.' })
  const who = { primaryDomain: place.primaryDomain, label: namesOf(wanted)[0]?.value ?? '' }
  const first = firstPassword(place.path, wanted)
  const changes = stored ? changesOf(state, who, stored, wanted, first) : [creationOf(state, who, wanted, first)]
  return { stored, changes, faults: [...faultsOfUser(place.path, wanted), ...faults] }
}

function creationOf(
  state: State,
  who: Who,
  wanted: UserConfiguration,
  password: FirstPassword | null,
): ChangeOf<'create_user'> {
  const profile = profileOf(wanted)
  return {
    ...who,
    kind: 'create_user',
    subject: wanted.subject ?? null,
    displayName: wanted.displayName ?? defaultDisplayName(profile, who.label),
    profile,
    state: wanted.state ?? 'active',
    identifiers: namesOf(wanted).map((name) => ({ ...name, isVerified: name.isVerified ?? false })),
    password,
    roles: wanted.roles ?? [],
    projectRoles: newProjectRoles(state, null, wanted.projectRoles),
    metadata: newMetadata(state, null, wanted.metadata),
  }
}

function changesOf(
  state: State,
  who: Who,
  stored: StoredUser,
  wanted: UserConfiguration,
  first: FirstPassword | null,
): Change[] {
  const profile = { ...stored.profile, ...profileOf(wanted) }
  const values = { displayName: displayNameOf(stored, wanted, profile), profile, state: wanted.state ?? stored.state }
  const identifiers = newIdentifiers(stored, wanted)
  const password = stored.hasPassword ? null : first
  const roles = (wanted.roles ?? []).filter((role) => !stored.roles.includes(role))
  const shown = (of: typeof values) => ({ displayName: of.displayName, state: of.state, ...of.profile })
  const differences = [...identifierDifferences(stored, identifiers), ...differencesOf(shown(stored), shown(values))]
  const projectRoles = newProjectRoles(state, stored.id, wanted.projectRoles)
  const metadata = newMetadata(state, stored.id, wanted.metadata)
  if (differences.length + roles.length + projectRoles.length + metadata.length === 0 && !password) return []
  const more = { identifiers, password, roles, projectRoles, metadata, differences }
  return [{ ...who, kind: 'change_user', id: stored.id, values, ...more }]
}

function firstPassword(path: string, wanted: UserConfiguration): FirstPassword | null {
  const { password, passwordHash, passwordMustChange: mustChange = false } = wanted
  if (password !== undefined) return { plain: password, path: `${path}.password`, mustChange }
  return passwordHash === undefined ? null : { hash: passwordHash, mustChange }
}
