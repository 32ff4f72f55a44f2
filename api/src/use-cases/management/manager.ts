import { type Permission, permissionsOf, ROLES, type Role, type RoleScope, scopeOf } from '@vestibule/shared/roles.ts'
import type { Deps, Executor } from '../../deps.ts'
import { isId, type OrganizationId, type UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { type AccessTokenKey, findAccessToken } from '../grants/find-access-token.ts'
import { type AccountHandle, currentAccount } from '../me/current-account.ts'

/** Who calls a route of managers, and what its row of the access table asks for. */
export type ManagerHandle = {
  needs: { permission: Permission; on: RoleScope }
  /** Somebody at the account pages, a service user by the access token that is found by this, or whoever runs the server. */
  by: ({ kind: 'session' } & AccountHandle) | { kind: 'token'; token: AccessTokenKey } | { kind: 'operator' }
  /** The name that the caller gives this change: see once.ts. */
  once: { key: string; requestHash: string } | null
}

/** Somebody who was found to hold the permission, in this transaction. An operator is no user. */
export type Manager = { id: UserId | null; roles: readonly HeldRole[] }
/** `scope` is `instance` or an organization's id. */
type HeldRole = { role: Role; scope: string }

/** Whose affairs these are. */
export type Owner = OrganizationId | 'instance'

/**
 * Roles are read at each request, so that whoever lost one is out at once. What is granted on the instance counts everywhere. `organization`
 * is an id from the address; the row that was loaded decides.
 * @throws Problem unauthenticated, account_changed; not_found for an organization that is not there, or not for them; forbidden;
 *   reauth_required, last, so that nobody proves who they are for nothing
 */
export async function actAsManager(
  deps: Deps,
  tx: Executor,
  { needs, by }: ManagerHandle,
  organization: string | null,
): Promise<{ manager: Manager; owner: Owner }> {
  const id = await callerOf(deps, tx, by)
  const roles = id === null ? OPERATOR : await deps.repositories.managerRoles.listOfUser(id, tx)
  const owner = needs.on === 'instance' ? 'instance' : await findOrganization(deps, tx, organization)
  if (owner === null || (owner !== 'instance' && rolesOn(roles, owner).length === 0)) throw new Problem('not_found')
  if (!permissionsOn(roles, owner).has(needs.permission)) throw new Problem('forbidden')
  if (by.kind === 'session' && by.maxAge !== null) await currentAccount(deps, by, tx)
  return { manager: { id, roles }, owner }
}

const OPERATOR = [{ role: 'instance_owner', scope: 'instance' }] as const

/** Null for whoever runs the server: only the command line says so. */
async function callerOf(deps: Deps, tx: Executor, by: ManagerHandle['by']): Promise<UserId | null> {
  if (by.kind === 'operator') return null
  if (by.kind === 'session') return (await currentAccount(deps, { ...by, maxAge: null }, tx)).login.userId
  const token = await findAccessToken(deps, by.token, tx)
  if (!token?.user) throw new Problem('unauthenticated')
  return token.user.id
}

async function findOrganization({ repositories }: Deps, tx: Executor, id: string | null) {
  return id !== null && isId('org', id) ? ((await repositories.organizations.find(id, tx))?.id ?? null) : null
}

/** Nobody acts on somebody who may do what they may not. @throws Problem forbidden */
export async function mustNotOutrank({ repositories }: Deps, tx: Executor, { roles }: Manager, user: UserId) {
  const theirs = await repositories.managerRoles.listOfUser(user, tx)
  for (const { scope } of theirs)
    for (const permission of permissionsOn(theirs, scope))
      if (!permissionsOn(roles, scope).has(permission)) throw new Problem('forbidden')
}

/** A role counts where it can be granted, and nowhere else. */
const rolesOn = (roles: readonly HeldRole[], owner: string): HeldRole[] =>
  roles.filter(({ role, scope }) => {
    if (!ROLES.includes(role)) return false
    return scopeOf(role) === 'instance' ? scope === 'instance' : scope === owner && owner !== 'instance'
  })

export const permissionsOn = (roles: readonly HeldRole[], owner: string): Set<Permission> =>
  new Set(rolesOn(roles, owner).flatMap(({ role }) => permissionsOf(role)))
