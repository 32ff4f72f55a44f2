import type { ApplicationConfiguration } from '@vestibule/shared/configuration-application.ts'
import type { StoredApplication } from '../../deps.ts'
import { DEFAULT_APPLICATION_SETTINGS, isConfidential } from '../../domain/application.ts'
import type { ProjectId } from '../../domain/ids.ts'
import { settingsInForce } from '../../domain/security-profile.ts'
import { faultsOfApplication } from './application-faults.ts'
import type { PlannedApplication } from './change.ts'
import { type Difference, differencesOf, isSame } from './difference.ts'
import type { Fault } from './fault.ts'
import type { Place } from './place.ts'
import type { Plan } from './plan.ts'
import type { State } from './state.ts'

/** An application: what the file says over what is there, or over the defaults. The result is checked as a whole. */
export function planApplication(
  state: State,
  { path, primaryDomain, owner }: Place,
  wanted: ApplicationConfiguration,
): Plan {
  const { clientId } = wanted
  const faults: Fault[] = []
  const stored = state.applications.get(clientId)
  if (stored && stored.organizationId !== owner)
    faults.push({ path: `${path}.clientId`, message: 'belongs to an application of another organization.' })
  if (state.usersBySubject.has(clientId))
    faults.push({ path: `${path}.clientId`, message: 'is the subject of a user.' })
  if (state.projects.has(clientId as ProjectId))
    faults.push({ path: `${path}.clientId`, message: 'is the id of a project.' })
  const project = wanted.project == null ? null : state.projects.get(wanted.project as ProjectId)
  if (project && project.organizationId !== owner)
    faults.push({ path: `${path}.project`, message: 'belongs to another organization.' })
  if (wanted.project != null && !project && !state.namedProjects.has(wanted.project))
    faults.push({ path: `${path}.project`, message: 'is no project.' })
  if (stored?.serviceUserId) faults.push({ path: `${path}.clientId`, message: 'is the name of a service user.' })
  const application = merge(wanted, stored)
  faults.push(...faultsOfApplication(path, wanted, application))

  const { authenticationMethod } = settingsInForce(application.settings)
  const needsSecret = authenticationMethod.startsWith('client_secret') && application.secretHashes.length === 0
  if (!stored) return { changes: [{ kind: 'create_application', primaryDomain, application, needsSecret }], faults }
  const differences = compare(stored, application)
  if (differences.length === 0 && !needsSecret) return { changes: [], faults }
  const { id } = stored
  return { changes: [{ kind: 'change_application', primaryDomain, id, application, needsSecret, differences }], faults }
}

function merge(wanted: ApplicationConfiguration, stored: StoredApplication | undefined): PlannedApplication {
  const { clientId, name, type } = wanted
  const isAsBefore = stored !== undefined && isConfidential(stored) === isConfidential({ type })
  const known = stored?.settings ?? DEFAULT_APPLICATION_SETTINGS
  const byType = isConfidential({ type }) ? DEFAULT_APPLICATION_SETTINGS.authenticationMethod : 'none'
  const authenticationMethod = isAsBefore ? known.authenticationMethod : byType
  return {
    serviceUserId: null,
    projectId: wanted.project === undefined ? (stored?.projectId ?? null) : (wanted.project as ProjectId | null),
    clientId,
    name,
    type,
    state: wanted.state ?? stored?.state ?? 'active',
    // whoever can not keep a secret has none
    secretHashes: isConfidential({ type }) ? (wanted.secretSha256 ?? stored?.secretHashes ?? []) : [],
    redirectUris: wanted.redirectUris ?? stored?.redirectUris ?? [],
    postLogoutRedirectUris: wanted.postLogoutRedirectUris ?? stored?.postLogoutRedirectUris ?? [],
    grantTypes: wanted.grantTypes ?? stored?.grantTypes ?? ['authorization_code'],
    settings: { ...known, authenticationMethod, ...wanted.settings },
  }
}

function compare(before: StoredApplication, after: PlannedApplication): Difference[] {
  const shown = ({
    name,
    type,
    state,
    redirectUris,
    postLogoutRedirectUris,
    grantTypes,
    projectId: project,
    settings,
  }: PlannedApplication) => ({
    name,
    type,
    state,
    redirectUris,
    postLogoutRedirectUris,
    grantTypes,
    project,
    ...settings,
  })
  const differences = differencesOf(shown(before), shown(after))
  if (!isSame(before.secretHashes, after.secretHashes)) differences.push({ name: 'secretSha256', isHidden: true })
  return differences
}
