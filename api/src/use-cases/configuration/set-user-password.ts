import type { Deps, Executor } from '../../deps.ts'
import { readIdentifier } from '../../domain/identifier.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { setPassword } from '../password/set-up-password.ts'

type Who = { loginName: string /** A primary domain. */; organization: string | null }
type Owner = { id: UserId; organizationId: OrganizationId }

/** `several`: the name means more than one person, and the organization was not said. */
export type PasswordSetting = 'done' | 'nobody' | 'several'

/** An operator's word: it ends the sessions and grants of that person, as any new password does. @throws Unavailable */
export async function setUserPassword(deps: Deps, who: Who, newPassword: string): Promise<PasswordSetting> {
  const hash = await deps.passwords.hash(newPassword)
  return deps.db.transaction(async (tx) => {
    const owners = await findOwners(deps, tx, who)
    const [owner] = owners
    if (!owner) return 'nobody'
    if (owners.length > 1) return 'several'
    await setPassword(deps, tx, owner, hash)
    return 'done'
  })
}

async function findOwners({ repositories }: Deps, tx: Executor, { loginName, organization }: Who): Promise<Owner[]> {
  const { users, organizations } = repositories
  const candidates = await users.findCandidates(readIdentifier(loginName, ['email', 'phone', 'username']), tx)
  const within = organization === null ? null : await organizations.listByPrimaryDomain(tx, [organization])
  const owners = new Map(candidates.map(({ user: { id, organizationId } }) => [id, { id, organizationId }]))
  return [...owners.values()].filter(({ organizationId }) => !within || within.some(({ id }) => id === organizationId))
}
