import type { OrganizationConfiguration } from '@vestibule/shared/configuration.ts'
import type { FieldProblem } from '@vestibule/shared/problem.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { execute } from '../configuration/execute.ts'
import type { Fault } from '../configuration/fault.ts'
import type { Place } from '../configuration/place.ts'
import type { Plan } from '../configuration/plan.ts'
import { readState, type State } from '../configuration/state.ts'

type Part = Pick<OrganizationConfiguration, 'applications' | 'projects'>
type Wish = {
  organizationId: OrganizationId
  by: UserId | null
  /** What a file would say of this organization. */
  part: Part
  plan: (state: State, place: Place) => Plan
}

/**
 * One thing of an organization as a configuration file would say it: by the same plan, with the same faults, in the caller's transaction.
 * Out: a secret that was made, to be shown once. @throws Problem invalid_input with the members that can not be
 */
export async function applyOne(
  deps: Deps,
  tx: Executor,
  { organizationId, by, part, plan }: Wish,
): Promise<string | null> {
  const organization = await deps.repositories.organizations.find(organizationId, tx)
  if (!organization) throw new Problem('not_found')
  const { primaryDomain, name } = organization
  const state = await readState(deps, tx, { organizations: [{ primaryDomain, name, ...part }] })
  const { changes, faults } = plan(state, { path: '', primaryDomain, owner: organizationId })
  if (faults.length > 0) throw new Problem('invalid_input', { fields: fieldsOf(faults) })
  const known = [...state.organizations].map(([domain, { id }]) => [domain, id] as const)
  const organizations = new Map([...known, [primaryDomain, organizationId]])
  const execution = { deps, tx, now: deps.clock.now(), organizations, hashes: new Map(), secrets: [], actor: by }
  for (const change of changes) await execute(execution, change)
  return (execution.secrets as { secret: string }[])[0]?.secret ?? null
}

/** The names of what a file calls by its path; sentences are for its readers only. */
function fieldsOf(faults: readonly Fault[]): Record<string, FieldProblem[]> {
  const problemOf = (field: string): FieldProblem => (['clientId', 'id'].includes(field) ? 'taken' : 'invalid')
  return Object.fromEntries(
    faults.map(({ path }) => {
      const field = path.replace(/^\./, '')
      return [field, [problemOf(field)]]
    }),
  )
}
