import type { ManagedApplication } from '@vestibule/shared/contract/managed-applications.ts'
import type { Resolved } from '@vestibule/shared/policies.ts'
import type { Deps, Executor, ListedApplication } from '../../../deps.ts'
import { isId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { settingsInForce } from '../../../domain/security-profile.ts'
import { sourcedLifetimes } from '../../../domain/token-lifetimes.ts'
import { openCursor, type Paging, pageOf } from '../cursor.ts'
import { actAsManager, type ManagerHandle, type Owner } from '../manager.ts'

/** Which one the address names. */
export type ApplicationPlace = { organization: string; application: string }
type Filter = { state?: 'active' | 'deactivated' | undefined; clientId?: string | undefined }

/** The oldest first; service users' own clients are not among them. @throws Problem as actAsManager, cursor_invalid */
export function listApplications(
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  { limit, after, state, clientId }: Paging & Filter,
): Promise<{ applications: ManagedApplication[]; next: string | null }> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    if (owner === 'instance') throw new Problem('not_found')
    const list = ['applications', owner, state ?? null, clientId ?? null]
    const key = openCursor(deps, list, after)
    const found = await deps.repositories.managedApplications.list(tx, {
      organizationId: owner,
      state: state ?? null,
      clientId: clientId ?? null,
      after: key !== null && isId('app', key) ? key : null,
      most: limit + 1,
    })
    const { rows, next } = pageOf(deps, list, { rows: found, limit, keyOf: ({ id }) => id })
    const tokens = await deps.repositories.policies.resolve('tokens', owner, tx)
    return { applications: rows.map((row) => applicationView(row, tokens)), next }
  })
}

/** @throws Problem as actAsManager, not_found */
export function getApplication(
  deps: Deps,
  handle: ManagerHandle,
  { organization, application }: ApplicationPlace,
): Promise<ManagedApplication> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    return showApplication(deps, tx, await getApplicationOf(deps, tx, owner, application))
  })
}

/** An application of this organization, in any state. @throws Problem not_found for anything else */
export async function getApplicationOf({ repositories }: Deps, tx: Executor, owner: Owner, id: string) {
  const found = isId('app', id) ? await repositories.managedApplications.find(id, tx) : null
  if (found?.organizationId !== owner) throw new Problem('not_found')
  return found
}

/** One, with what it goes by. */
export const showApplication = async (
  { repositories }: Deps,
  tx: Executor,
  application: ListedApplication,
): Promise<ManagedApplication> =>
  applicationView(application, await repositories.policies.resolve('tokens', application.organizationId, tx))

const applicationView = (application: ListedApplication, tokens: Resolved<'tokens'>): ManagedApplication => ({
  id: application.id,
  organization: application.organizationId,
  clientId: application.clientId,
  name: application.name,
  type: application.type as ManagedApplication['type'],
  state: application.state,
  project: application.projectId,
  redirectUris: [...application.redirectUris],
  postLogoutRedirectUris: [...application.postLogoutRedirectUris],
  grantTypes: [...application.grantTypes],
  settings: { ...settingsInForce(application.settings) },
  lifetimes: sourcedLifetimes(application.settings, tokens),
  secrets: application.secretHashes.length,
  createdAt: new Date(application.createdAt).toISOString(),
})
