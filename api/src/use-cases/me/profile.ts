import type { OwnProfile } from '@vestibule/shared/contract/profile.ts'
import type { ProfileChange } from '@vestibule/shared/profile.ts'
import type { Deps, Executor } from '../../deps.ts'
import { defaultDisplayName, strongestOf } from '../../domain/display-name.ts'
import type { UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import type { Profile } from '../../domain/user.ts'
import { recordEvent } from '../record-event.ts'
import { type AccountActor, type AccountHandle, currentAccount } from './current-account.ts'

type Person = NonNullable<Awaited<ReturnType<Deps['repositories']['users']['findPerson']>>>
type Described = Pick<Person, 'profile' | 'displayName'>
type Said = Omit<ProfileChange, 'version' | 'displayName'>
type Members = { [Name in keyof Said]: Said[Name] | null }

/** What somebody says of themselves. */
export async function getProfile(deps: Deps, { login }: AccountActor): Promise<OwnProfile> {
  return viewOf(await getPerson(deps, login.userId))
}

/** @throws Problem unauthenticated where the person is gone */
async function getPerson(deps: Deps, id: UserId, tx?: Executor): Promise<Person> {
  const person = await deps.repositories.users.findPerson(id, tx)
  if (!person) throw new Problem('unauthenticated')
  return person
}

function viewOf({ updatedAt, displayName, profile }: Person): OwnProfile {
  const { formatted: _formatted, ...address } = profile.address ?? {}
  return {
    version: updatedAt,
    displayName,
    givenName: profile.givenName ?? null,
    familyName: profile.familyName ?? null,
    middleName: profile.middleName ?? null,
    nickname: profile.nickname ?? null,
    profile: profile.profile ?? null,
    website: profile.website ?? null,
    gender: profile.gender ?? null,
    birthdate: profile.birthdate ?? null,
    zoneinfo: profile.zoneinfo ?? null,
    locale: profile.locale ?? null,
    address: profile.address ? address : null,
  }
}

/**
 * Changes what was sent of the profile, and nothing else of the person. A display name that nobody chose follows the names.
 * @throws Problem unauthenticated, account_changed, changed_meanwhile
 */
export function changeProfile(
  deps: Deps,
  handle: AccountHandle,
  { version, displayName, ...members }: ProfileChange,
): Promise<OwnProfile> {
  const { repositories, clock, db } = deps
  return db.transaction(async (tx) => {
    const { login } = await currentAccount(deps, handle, tx)
    const person = await getPerson(deps, login.userId, tx)
    if (person.updatedAt !== version) throw new Problem('changed_meanwhile')
    const profile = withMembers(person.profile, members)
    const name = displayName ?? (await followingName(deps, tx, person, profile))
    const changed = profileDifferences(person, { profile, displayName: name })
    if (changed.length === 0) return viewOf(person)
    const updatedAt = await repositories.users.changePerson(tx, person, { profile, displayName: name }, clock.now())
    if (updatedAt === null) throw new Problem('changed_meanwhile')
    await recordEvent(deps, tx, {
      type: 'user.profile_changed',
      organizationId: login.organizationId,
      actor: login.userId,
      target: login.userId,
      data: { changed },
    })
    return viewOf({ ...person, profile, displayName: name, updatedAt })
  })
}

/** Null takes a member away; one that was not sent stays. */
export function withMembers(before: Profile, members: Members): Profile {
  const after = { ...before, ...members } as Record<string, unknown>
  for (const [name, value] of Object.entries(members)) if (value === null || value === undefined) delete after[name]
  return after as Profile
}

async function followingName(deps: Deps, tx: Executor, person: Person, profile: Profile): Promise<string> {
  const strongest = strongestOf(await deps.repositories.users.listIdentifiers(person.id, tx))
  const isChosen = person.displayName !== defaultDisplayName(person.profile, strongest)
  return isChosen ? person.displayName : defaultDisplayName(profile, strongest)
}

/** The names of what changes, for the log: never a value. */
export function profileDifferences(before: Described, after: Described): string[] {
  const names = new Set([...Object.keys(before.profile), ...Object.keys(after.profile)]) as Set<keyof Profile>
  const isOther = (name: keyof Profile) => JSON.stringify(before.profile[name]) !== JSON.stringify(after.profile[name])
  return [...(before.displayName === after.displayName ? [] : ['displayName']), ...[...names].filter(isOther)].sort()
}
