import type { UserConfiguration } from '@vestibule/shared/configuration-user.ts'
import type { StoredUser } from '../../deps.ts'
import type { Fault } from './fault.ts'
import { type Name, namesOf } from './names.ts'
import type { Place } from './place.ts'
import { nameKey, type State } from './state.ts'

/**
 * Whom a user of the file means: the one with the strongest name it gives (subject, username, email, phone). A weaker name finds only
 * somebody who has no stronger one, so that nobody is renamed into somebody else.
 */
export function findUser(
  state: State,
  { path, owner }: Place,
  user: UserConfiguration,
): { stored: StoredUser | null; faults: Fault[] } {
  const names = namesOf(user)
  const holderOf = (name: Name) => (owner === null ? null : (state.usersByName.get(nameKey(owner, name)) ?? null))
  const bySubject = user.subject === undefined ? null : (state.usersBySubject.get(user.subject) ?? null)
  const stored = bySubject ?? findByName(names, holderOf)

  const faults: Fault[] = []
  if (bySubject && bySubject.organizationId !== owner)
    faults.push({ path: `${path}.subject`, message: 'belongs to a user of another organization.' })
  if (stored && user.subject !== undefined && stored.subject !== user.subject)
    faults.push({ path: `${path}.subject`, message: 'can not change: this user has another one.' })
  if (!stored && user.subject !== undefined && state.retiredSubjects.has(user.subject))
    faults.push({ path: `${path}.subject`, message: 'belonged to an account that was deleted.' })
  if (user.subject !== undefined && state.applications.has(user.subject))
    faults.push({ path: `${path}.subject`, message: 'is the clientId of an application.' })
  for (const name of names) {
    const holder = holderOf(name)
    if (holder && holder !== stored)
      faults.push({ path: `${path}.${name.kind}`, message: 'belongs to another user of this organization.' })
  }
  return { stored, faults }
}

function findByName(names: readonly Name[], holderOf: (name: Name) => StoredUser | null): StoredUser | null {
  for (const [position, name] of names.entries()) {
    const holder = holderOf(name)
    const stronger = names.slice(0, position).map(({ kind }) => kind)
    if (holder) return holder.identifiers.some(({ kind }) => stronger.includes(kind)) ? null : holder
  }
  return null
}
