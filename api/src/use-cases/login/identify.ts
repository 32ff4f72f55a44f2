import type { Candidate, Deps, Executor } from '../../deps.ts'
import { domainOf, readIdentifier } from '../../domain/identifier.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { advance, type LoginOutcome } from './advance.ts'
import { type LoginHandle, loadLogin, mustPermit, ownerOf } from './load-login.ts'
import { NOBODY_YET } from './small-steps.ts'

/** Says who it is. A name nobody has takes the same way: the same reads, the same write, the same next step. */
export function identify(deps: Deps, handle: LoginHandle, typed: string): Promise<LoginOutcome> {
  const loginName = typed.trim()
  return deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    mustPermit(login, 'identify')
    const userId = await findUser(deps, tx, loginName, login.organizationId)
    // whatever was chosen or agreed to before does not count for somebody else
    return advance(deps, tx, login, { ...NOBODY_YET, loginName, userId })
  })
}

/** Whom a name means: in the organization that was asked for, or else the one person, or the one of the nearest organization. */
async function findUser(
  deps: Deps,
  tx: Executor,
  loginName: string,
  asked: OrganizationId | null,
): Promise<UserId | null> {
  const readings = readIdentifier(loginName, ['email', 'phone', 'username'])
  const candidates = (await deps.repositories.users.findCandidates(readings, tx))
    .filter(({ user }) => asked === null || asked === user.organizationId)
    // the organization of a person decides which kinds of name let them in
    .filter(({ kind, policy }) => policy.identifiers.includes(kind))
  const chosen = only(candidates) ?? (await nearest(deps, tx, candidates, loginName))
  return chosen?.user.id ?? null
}

/** The one person they all mean. */
function only(candidates: readonly Candidate[]): Candidate | null {
  const [first, ...others] = candidates
  return first && others.every(({ user }) => user.id === first.user.id) ? first : null
}

/** Of several the one of the organization that owns the domain, or of the default one: a guess could be the wrong person. */
async function nearest(
  deps: Deps,
  tx: Executor,
  candidates: readonly Candidate[],
  loginName: string,
): Promise<Candidate | null> {
  if (candidates.length === 0) return null
  const home = (await ownerOf(deps, loginName, tx)) ?? (await deps.repositories.organizations.findDefault(tx))?.id
  const near = candidates.filter(({ user }) => user.organizationId === home)
  const isAddress = domainOf(loginName) !== null
  return near.find(({ kind }) => isAddress && kind === 'email') ?? near[0] ?? null
}
