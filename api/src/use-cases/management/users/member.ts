import type { ManagedUser } from '@vestibule/shared/contract/managed-users.ts'
import type { Deps, Executor, ListedUser } from '../../../deps.ts'
import { isId, type UserId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { changeAsManager } from '../change.ts'
import { type Manager, type ManagerHandle, mustNotOutrank, type Owner } from '../manager.ts'

/** Whom the address names. */
export type MemberPlace = { organization: string; user: string }

/** A person of this organization, with their names. @throws Problem not_found for anybody else, service users too */
export async function getMember({ repositories }: Deps, tx: Executor, owner: Owner, user: string): Promise<ListedUser> {
  const member = isId('usr', user) ? await repositories.managedUsers.find(user, tx) : null
  if (member?.kind !== 'human' || member.organizationId !== owner) throw new Problem('not_found')
  return member
}

type Acting = { member: ListedUser; manager: Manager }

/** What a manager does to a person who may not do more than they may. @throws Problem as changeAsManager, not_found, forbidden */
export function changeMember<T>(
  deps: Deps,
  handle: ManagerHandle,
  { organization, user }: MemberPlace,
  work: (tx: Executor, acting: Acting) => Promise<T>,
): Promise<T> {
  return changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    const member = await getMember(deps, tx, owner, user)
    await mustNotOutrank(deps, tx, manager, member.id)
    return work(tx, { member, manager })
  })
}

/** As they are now, once something was changed. */
export async function viewNow({ repositories }: Deps, tx: Executor, id: UserId): Promise<ManagedUser> {
  const member = await repositories.managedUsers.find(id, tx)
  if (!member) throw new Problem('not_found')
  return memberView(member)
}

export function memberView(member: ListedUser): ManagedUser {
  const of = (kind: 'username' | 'email' | 'phone') => member.identifiers.find((name) => name.kind === kind)
  const contact = (kind: 'email' | 'phone') => {
    const known = of(kind)
    return known ? { value: known.value, isVerified: known.verifiedAt !== null } : null
  }
  return {
    id: member.id,
    organization: member.organizationId,
    subject: member.subject,
    state: member.state,
    displayName: member.displayName,
    username: of('username')?.value ?? null,
    email: contact('email'),
    phone: contact('phone'),
    profile: { ...member.profile },
    version: member.updatedAt,
    createdAt: new Date(member.createdAt).toISOString(),
    deletionAt: member.deletionAt === null ? null : new Date(member.deletionAt).toISOString(),
  }
}
