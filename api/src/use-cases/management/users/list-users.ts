import type { ManagedUser } from '@vestibule/shared/contract/managed-users.ts'
import type { Deps } from '../../../deps.ts'
import { type IdentifierReading, normalizeIdentifier, readIdentifier } from '../../../domain/identifier.ts'
import { isId, type UserId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import type { UserState } from '../../../domain/user.ts'
import { openCursor, type Paging, pageOf } from '../cursor.ts'
import { actAsManager, type ManagerHandle } from '../manager.ts'
import { getMember, type MemberPlace, memberView } from './member.ts'

type Filter = { state?: UserState | undefined; loginName?: string | undefined; email?: string | undefined }

/** People of an organization, the oldest first; with a name those whom it lets in. @throws Problem as actAsManager, cursor_invalid */
export function listUsers(
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  { limit, after, state, loginName, email }: Paging & Filter,
): Promise<{ users: ManagedUser[]; next: string | null }> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    if (owner === 'instance') throw new Problem('not_found')
    const list = ['users', owner, state ?? null, loginName ?? null, email ?? null]
    const key = openCursor(deps, list, after)
    const found = await deps.repositories.managedUsers.list(tx, {
      organizationId: owner,
      kind: 'human',
      state: state ?? null,
      names: readingsOf(loginName, email),
      after: key !== null && isId('usr', key) ? (key as UserId) : null,
      most: limit + 1,
    })
    const { rows, next } = pageOf(deps, list, { rows: found, limit, keyOf: ({ id }) => id })
    return { users: rows.map(memberView), next }
  })
}

function readingsOf(loginName: string | undefined, email: string | undefined): IdentifierReading[] | null {
  if (email !== undefined) return [{ kind: 'email', value: normalizeIdentifier('email', email) }]
  return loginName === undefined ? null : readIdentifier(loginName, ['email', 'phone', 'username'])
}

/** @throws Problem as actAsManager, and not_found for anybody else's people */
export function getUser(deps: Deps, handle: ManagerHandle, { organization, user }: MemberPlace): Promise<ManagedUser> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    return memberView(await getMember(deps, tx, owner, user))
  })
}
