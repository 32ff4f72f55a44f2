import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { findByLoginName } from '../../use-cases/users/find-by-login-name.ts'
import { notOne } from '../not-one.ts'
import { Refused } from '../terminal.ts'

type Place = { organization: OrganizationId }

/** Whom and what an operator means, by the names that people know. Each is asked for in a transaction of its own. */
const within = <T>(deps: Deps, work: (tx: Executor) => Promise<T>): Promise<T> => deps.db.transaction(work)

/** By its primary domain, in any state; the default one where nothing is said. */
export async function organizationOf(deps: Deps, domain: string | undefined): Promise<Place> {
  const { organizations } = deps.repositories
  const found = await within(deps, async (tx) =>
    domain === undefined ? organizations.findDefault(tx) : (await organizations.listByPrimaryDomain(tx, [domain]))[0],
  )
  if (!found)
    throw new Refused(domain === undefined ? 'there is no organization yet.' : `no organization is ${domain}.`)
  return { organization: found.id }
}

export async function personOf(
  deps: Deps,
  loginName: string,
  organization: string | undefined,
): Promise<Place & { user: UserId }> {
  const who = { loginName, organization: organization ?? null }
  const found = await within(deps, (tx) => findByLoginName(deps, tx, who))
  if (typeof found === 'string') throw notOne(found, who)
  return { organization: found.organizationId, user: found.id }
}

export async function serviceUserOf(deps: Deps, clientId: string): Promise<Place & { serviceUser: UserId }> {
  const client = await clientOf(deps, clientId)
  if (!client?.serviceUserId) throw new Refused(`no service user is called ${clientId}.`)
  return { organization: client.organizationId, serviceUser: client.serviceUserId }
}

export async function applicationOf(deps: Deps, clientId: string): Promise<Place & { application: string }> {
  const client = await clientOf(deps, clientId)
  if (!client || client.serviceUserId) throw new Refused(`no application is called ${clientId}.`)
  return { organization: client.organizationId, application: client.id }
}

const clientOf = async (deps: Deps, clientId: string) =>
  within(deps, async (tx) => (await deps.repositories.applications.listByClientId(tx, [clientId]))[0])
