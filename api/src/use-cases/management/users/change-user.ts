import type { ManagedUser, UserChange } from '@vestibule/shared/contract/managed-users.ts'
import { IDENTIFIER_KINDS, type IdentifierKind } from '@vestibule/shared/policy.ts'
import type { Deps, Executor, ListedUser } from '../../../deps.ts'
import { defaultDisplayName, strongestOf } from '../../../domain/display-name.ts'
import { domainOf, normalizeIdentifier } from '../../../domain/identifier.ts'
import type { UserId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { profileDifferences, withMembers } from '../../me/profile.ts'
import { recordEvent } from '../../record-event.ts'
import type { ManagerHandle } from '../manager.ts'
import { changeMember, type MemberPlace, viewNow } from './member.ts'
import { replaceName } from './replace-name.ts'

type Wish = { kind: IdentifierKind; value: string | null; isVerified: boolean | undefined }

/**
 * Changes what was sent of a person, and nothing else. A new address or number is not verified because the one before was.
 * @throws Problem as changeMember, changed_meanwhile, invalid_input
 */
export function changeUser(
  deps: Deps,
  handle: ManagerHandle,
  place: MemberPlace,
  wanted: UserChange,
): Promise<ManagedUser> {
  return changeMember(deps, handle, place, async (tx, { member, manager }) => {
    if (wanted.version !== undefined && wanted.version !== member.updatedAt) throw new Problem('changed_meanwhile')
    const wishes = wishesOf(wanted, member)
    const names = namesAfter(member, wishes)
    if (names.length === 0) throw new Problem('invalid_input', { fields: { username: ['required'] } })
    for (const wish of wishes) await replaceName(deps, tx, { member, by: manager.id, ...wish })
    await changeProfile(deps, tx, { member, wanted, names, by: manager.id })
    return viewNow(deps, tx, member.id)
  })
}

type ProfileOf = { member: ListedUser; wanted: UserChange; names: ListedUser['identifiers']; by: UserId | null }

async function changeProfile(deps: Deps, tx: Executor, { member, wanted, names, by }: ProfileOf): Promise<void> {
  const { version: _version, displayName, username, email, emailVerified, phone, phoneVerified, ...members } = wanted
  const profile = withMembers(member.profile, members)
  const isChosen = member.displayName !== defaultDisplayName(member.profile, strongestOf(member.identifiers))
  const following = isChosen ? member.displayName : defaultDisplayName(profile, strongestOf(names))
  const after = { profile, displayName: displayName ?? following }
  const changed = profileDifferences(member, after)
  const areNames = [username, email, emailVerified, phone, phoneVerified].some((one) => one !== undefined)
  if (changed.length === 0 && !areNames) return
  // applications learn of it by updated_at
  const version = await deps.repositories.users.changePerson(tx, member, after, deps.clock.now())
  if (version === null) throw new Problem('changed_meanwhile')
  if (changed.length === 0) return
  await recordEvent(deps, tx, {
    type: 'user.profile_changed',
    organizationId: member.organizationId,
    actor: by,
    target: member.id,
    data: { changed },
  })
}

function wishesOf(wanted: UserChange, { identifiers }: ListedUser): Wish[] {
  const verified = { username: undefined, email: wanted.emailVerified, phone: wanted.phoneVerified }
  return IDENTIFIER_KINDS.flatMap((kind) => {
    const held = identifiers.find((name) => name.kind === kind)
    const typed = wanted[kind] === undefined && verified[kind] !== undefined ? held?.value : wanted[kind]
    if (typed === undefined) {
      if (verified[kind] === undefined) return []
      throw new Problem('invalid_input', { fields: { [`${kind}Verified`]: ['not_allowed'] } })
    }
    const value = typed === null ? null : normalizeIdentifier(kind, typed)
    if (kind === 'email' && value !== null && domainOf(value) === null)
      throw new Problem('invalid_input', { fields: { email: ['invalid'] } })
    return [{ kind, value, isVerified: verified[kind] }]
  })
}

const namesAfter = ({ identifiers }: ListedUser, wishes: readonly Wish[]): ListedUser['identifiers'] => [
  ...identifiers.filter(({ kind }) => !wishes.some((wish) => wish.kind === kind)),
  ...wishes.flatMap(({ kind, value }) => (value === null ? [] : [{ kind, value, verifiedAt: null }])),
]
