import type { ServiceUserConfiguration } from '@vestibule/shared/configuration-service-user.ts'
import { readPublicKey } from '../../crypto/public-key.ts'
import { KEY_FAULT } from './application-faults.ts'
import { differencesOf, isSame as isEqual } from './difference.ts'
import type { Fault } from './fault.ts'
import type { Place } from './place.ts'
import type { Plan } from './plan.ts'
import { newProjectRoles } from './plan-project.ts'
import type { KnownServiceUser, State } from './state.ts'

/** A service user with its client, keys and roles: made, or changed where the file says something else. */
export function planServiceUser(state: State, place: Place, wanted: ServiceUserConfiguration): Plan {
  const { primaryDomain } = place
  const { clientId, name, subject = null } = wanted
  const known = state.serviceUsers.get(clientId)
  const faults = faultsOf(state, place, wanted, known)
  const keys = (wanted.keys ?? [])
    .filter(({ id }) => !known?.keys.includes(id))
    .map(({ id, publicKey: publicJwk, expiresAt }) => ({
      id,
      publicJwk,
      expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt),
    }))
  const planned = {
    primaryDomain,
    clientId,
    name,
    state: wanted.state ?? (known?.state === 'deactivated' ? 'deactivated' : 'active'),
    secretHashes: wanted.secretSha256 ?? known?.secretHashes ?? [],
    settings: { ...known?.settings, ...wanted.settings },
    keys,
    roles: (wanted.roles ?? []).filter((role) => !known?.roles.includes(role)),
    projectRoles: newProjectRoles(state, known?.id ?? null, wanted.projectRoles),
  } as const
  if (!known) return { changes: [{ kind: 'create_service_user', subject, ...planned }], faults }
  const shown = { name, state: planned.state, ...planned.settings }
  const differences = differencesOf({ name: known.name, state: known.state, ...known.settings }, shown)
  if (!isEqual(known.secretHashes, planned.secretHashes)) differences.push({ name: 'secretSha256', isHidden: true })
  const isSame = differences.length + keys.length + planned.roles.length + planned.projectRoles.length === 0
  if (isSame) return { changes: [], faults }
  return { changes: [{ kind: 'change_service_user', id: known.id, differences, ...planned }], faults }
}

function faultsOf(
  state: State,
  { path, owner }: Place,
  { clientId, subject, keys = [] }: ServiceUserConfiguration,
  known: KnownServiceUser | undefined,
): Fault[] {
  const faults: Fault[] = []
  const application = state.applications.get(clientId)
  if (application && application.organizationId !== owner)
    faults.push({ path: `${path}.clientId`, message: 'belongs to another organization.' })
  else if (application && !known) faults.push({ path: `${path}.clientId`, message: 'is the name of an application.' })
  if (state.usersBySubject.has(clientId))
    faults.push({ path: `${path}.clientId`, message: 'is the subject of a user.' })
  if (known && subject !== undefined && subject !== known.subject)
    faults.push({ path: `${path}.subject`, message: 'never changes.' })
  if (!known && subject !== undefined && (state.usersBySubject.has(subject) || state.applications.has(subject)))
    faults.push({ path: `${path}.subject`, message: 'is taken.' })
  if (!known && subject !== undefined && state.retiredSubjects.has(subject))
    faults.push({ path: `${path}.subject`, message: 'belonged to an account that is gone.' })
  for (const [index, { publicKey }] of keys.entries()) {
    const key = readPublicKey(publicKey)
    if (typeof key === 'string') faults.push({ path: `${path}.keys[${index}].publicKey`, message: KEY_FAULT[key] })
  }
  return faults
}
