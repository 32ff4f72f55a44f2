import type { Configuration } from '@vestibule/shared/configuration.ts'
import type { Change } from './change.ts'
import { type Claim, claimsOf, contested } from './claims.ts'
import type { Fault } from './fault.ts'
import { planApplication } from './plan-application.ts'
import { defaultOf, planDefault, planOrganization } from './plan-organization.ts'
import { planPolicies } from './plan-policies.ts'
import { planProject } from './plan-project.ts'
import { planServiceUser } from './plan-service-user.ts'
import { planUser } from './plan-user.ts'
import type { State } from './state.ts'

/** What has to be done, in this order, or what is wrong; with a fault nothing is done. */
export type Plan = { changes: readonly Change[]; faults: readonly Fault[] }

/**
 * The whole of it as a pure function: what is there and what should be there in, what has to be done out. Nothing to do means that all
 * is as the file says.
 */
export function planChanges(state: State, configuration: Configuration): Plan {
  const { instance = {}, organizations } = configuration
  const changes: Change[] = planPolicies(state, { primaryDomain: null, owner: 'instance' }, instance)
  const faults: Fault[] = contested(claimsOf(configuration))
  const people: Claim[] = []
  const add = (plan: Plan) => {
    changes.push(...plan.changes)
    faults.push(...plan.faults)
  }

  for (const [index, organization] of organizations.entries()) {
    const { primaryDomain, applications = [], users = [], serviceUsers = [] } = organization
    const owner = state.organizations.get(primaryDomain)?.id ?? null
    const place = { primaryDomain, owner, path: `organizations[${index}]` }
    add(planOrganization(state, place, organization, defaultOf(state, configuration)))
    changes.push(...planPolicies(state, place, organization))
    for (const [at, application] of applications.entries())
      add(planApplication(state, { ...place, path: `${place.path}.applications[${at}]` }, application))
    for (const [at, serviceUser] of serviceUsers.entries())
      add(planServiceUser(state, { ...place, path: `${place.path}.serviceUsers[${at}]` }, serviceUser))
    for (const [at, user] of users.entries()) {
      const path = `${place.path}.users[${at}]`
      const { stored, ...plan } = planUser(state, { ...place, path }, user)
      if (stored) people.push({ key: stored.id, path })
      add(plan)
    }
  }
  for (const [index, { primaryDomain, projects = [] }] of organizations.entries())
    for (const [at, project] of projects.entries()) {
      const owner = state.organizations.get(primaryDomain)?.id ?? null
      const place = { primaryDomain, owner, path: `organizations[${index}].projects[${at}]` }
      add(planProject(state, place, project, new Set(organizations.map((organization) => organization.primaryDomain))))
    }
  changes.push(...planDefault(state, configuration))
  return { changes, faults: [...faults, ...contested(people)] }
}
