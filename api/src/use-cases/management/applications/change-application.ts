import type { ApplicationConfiguration } from '@vestibule/shared/configuration-application.ts'
import type { ApplicationChange, ManagedApplication } from '@vestibule/shared/contract/managed-applications.ts'
import { tokenHash } from '../../../crypto/token.ts'
import type { Deps, Executor, ListedApplication } from '../../../deps.ts'
import { isConfidential } from '../../../domain/application.ts'
import type { ApplicationId, OrganizationId, UserId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { settingsInForce } from '../../../domain/security-profile.ts'
import { planApplication } from '../../configuration/plan-application.ts'
import { recordEvent } from '../../record-event.ts'
import { applyOne } from '../apply-one.ts'
import { changeAsManager } from '../change.ts'
import type { Manager, ManagerHandle } from '../manager.ts'
import { isFree } from '../names.ts'
import { type ApplicationPlace, getApplicationOf, showApplication } from './list-applications.ts'

type WithSecret = ManagedApplication & { secret: string | null }

/** As a configuration file makes one; a confidential one without a hash gets a secret. @throws Problem as changeAsManager, invalid_input */
export const createApplication = (
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  wanted: ApplicationConfiguration,
): Promise<WithSecret> =>
  changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    if (owner === 'instance') throw new Problem('not_found')
    if (!(await isFree(deps, tx, wanted.clientId)))
      throw new Problem('invalid_input', { fields: { clientId: ['taken'] } })
    const secret = await apply(deps, tx, { organizationId: owner, by: manager.id, wanted })
    const [made] = await deps.repositories.applications.listByClientId(tx, [wanted.clientId])
    return answer(deps, tx, made!.id, secret)
  })

/** What is sent of an application, checked as the whole that it becomes. @throws Problem as changeAsManager, not_found, invalid_input */
export const changeApplication = (
  deps: Deps,
  handle: ManagerHandle,
  place: ApplicationPlace,
  change: ApplicationChange,
): Promise<WithSecret> =>
  changeOne(deps, handle, place, async (tx, application, manager) => {
    const { clientId, name, type, organizationId } = application
    const known = { clientId, name, type: type as ApplicationConfiguration['type'] }
    const secret = await apply(deps, tx, { organizationId, by: manager.id, wanted: { ...known, ...change } })
    return answer(deps, tx, application.id, secret)
  })

/** Everything that was granted to it ends; nothing is ever called by its client id again. @throws Problem as changeAsManager, not_found */
export const deleteApplication = (
  deps: Deps,
  handle: ManagerHandle,
  place: ApplicationPlace,
): Promise<{ done: boolean }> =>
  changeOne(deps, handle, place, async (tx, { id, clientId, organizationId }, manager) => {
    await deps.repositories.departures.retireSubject(tx, tokenHash(clientId), deps.clock.now())
    await deps.repositories.managedApplications.remove(tx, id)
    const what = { organizationId, actor: manager.id, target: id, data: { clientId } }
    await recordEvent(deps, tx, { type: 'application.deleted', ...what })
    return { done: true }
  })

/** @throws Problem as changeAsManager, not_found, forbidden for one that proves itself in another way */
export const rotateSecret = (
  deps: Deps,
  handle: ManagerHandle,
  place: ApplicationPlace,
  { keepPrevious }: { keepPrevious: boolean },
): Promise<{ secret: string }> =>
  changeOne(deps, handle, place, async (tx, application, manager) => {
    const { id, organizationId, secretHashes } = application
    const { authenticationMethod } = settingsInForce(application.settings)
    const hasSecrets = isConfidential(application) && authenticationMethod.startsWith('client_secret')
    if (!hasSecrets) throw new Problem('forbidden')
    const secret = deps.randomBytes(32).toString('base64url')
    const kept = keepPrevious ? secretHashes.slice(0, 1) : []
    await deps.repositories.applications.setSecrets(tx, id, [tokenHash(secret), ...kept])
    const what = { organizationId, actor: manager.id, target: id, data: { changed: ['secret'] } }
    await recordEvent(deps, tx, { type: 'application.changed', ...what })
    return { secret }
  })

function changeOne<T>(
  deps: Deps,
  handle: ManagerHandle,
  { organization, application }: ApplicationPlace,
  work: (tx: Executor, application: ListedApplication, manager: Manager) => Promise<T>,
): Promise<T> {
  return changeAsManager(deps, handle, organization, async (tx, { manager, owner }) =>
    work(tx, await getApplicationOf(deps, tx, owner, application), manager),
  )
}

type Wish = { organizationId: OrganizationId; by: UserId | null; wanted: ApplicationConfiguration }

const apply = (deps: Deps, tx: Executor, { wanted, ...whose }: Wish): Promise<string | null> =>
  applyOne(deps, tx, {
    ...whose,
    part: { applications: [wanted] },
    plan: (state, place) => planApplication(state, place, wanted),
  })

async function answer(deps: Deps, tx: Executor, id: ApplicationId, secret: string | null): Promise<WithSecret> {
  const now = await deps.repositories.managedApplications.find(id, tx)
  if (!now) throw new Problem('not_found')
  return { ...(await showApplication(deps, tx, now)), secret }
}
