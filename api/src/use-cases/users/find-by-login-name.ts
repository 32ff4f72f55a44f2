import type { Deps, Executor } from '../../deps.ts'
import { readIdentifier } from '../../domain/identifier.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'

/** Whom an operator means. `organization` is a primary domain. */
export type Who = { loginName: string; organization: string | null }
export type Member = { id: UserId; organizationId: OrganizationId }

/** `several`: the name means more than one person, and the organization was not said. */
export async function findByLoginName(
  { repositories }: Deps,
  tx: Executor,
  { loginName, organization }: Who,
): Promise<Member | 'nobody' | 'several'> {
  const { users, organizations } = repositories
  const candidates = await users.findCandidates(readIdentifier(loginName, ['email', 'phone', 'username']), tx)
  const within = organization === null ? null : await organizations.listByPrimaryDomain(tx, [organization])
  const members = new Map(candidates.map(({ user: { id, organizationId } }) => [id, { id, organizationId }]))
  const [member, ...others] = [...members.values()].filter(
    ({ organizationId }) => !within || within.some(({ id }) => id === organizationId),
  )
  if (!member) return 'nobody'
  return others.length > 0 ? 'several' : member
}
