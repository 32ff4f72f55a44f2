import type { Candidate, Deps, Executor } from '../../deps.ts'
import { domainOf, readIdentifier } from '../../domain/identifier.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { advance, type LoginOutcome } from './advance.ts'
import { loadLogin, type LoginHandle, mustPermit, organizationOf } from './load-login.ts'

/** Says who it is. A name nobody has takes the same way: the same reads, the same write, the same next step. */
export function identify(deps: Deps, handle: LoginHandle, typed: string): Promise<LoginOutcome> {
  const loginName = typed.trim()
  return deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    mustPermit(login, 'identify')
    const userId = await findUser(deps, tx, loginName, login.organizationId)
    await deps.repositories.authRequests.identify(tx, login.request.id, loginName, userId)
    return advance(deps, tx, handle)
  })
}

/** Whom a name means: in the organization that was asked for, or else the one person, or the one of the nearest organization. */
async function findUser(deps: Deps, tx: Executor, loginName: string, asked: OrganizationId | null): Promise<UserId | null> {
  const { users, organizations } = deps.repositories
  const nearest = asked ?? (await organizationOf(deps, loginName, tx))
  const candidates = await users.findCandidates(readIdentifier(loginName, ['email', 'phone', 'username']), tx)
  const within = asked ? candidates.filter(({ organizationId }) => organizationId === asked) : candidates
  const chosen = chooseCandidate(within, nearest, domainOf(loginName) !== null)
  if (!chosen) return null
  // the organization of the person decides which kinds of name let them in
  const { identifiers } = await organizations.loginPolicy(chosen.organizationId, tx)
  return identifiers.includes(chosen.kind) ? chosen.userId : null
}

/** One person, or the one of the nearest organization; several elsewhere are nobody, because a guess could be the wrong one. */
function chooseCandidate(candidates: Candidate[], nearest: OrganizationId | null, isAddress: boolean): Candidate | null {
  const preferred = isAddress ? candidates.toSorted((a) => (a.kind === 'email' ? -1 : 1)) : candidates
  const near = preferred.find(({ organizationId }) => organizationId === nearest)
  if (near) return near
  const [first] = preferred
  return first && new Set(candidates.map(({ userId }) => userId)).size === 1 ? first : null
}
