import type { ManagedOrganization } from '@vestibule/shared/contract/managed-organizations.ts'
import type { Deps } from '../../../deps.ts'
import { loginOrigin } from '../../../domain/login-domain.ts'
import { Problem } from '../../../domain/problem.ts'
import { oneAtATime } from '../../configuration/one-at-a-time.ts'
import type { ManagerHandle } from '../manager.ts'
import { changeOne } from './manage-organizations.ts'

const refused = (problem: 'invalid' | 'taken') => new Problem('invalid_input', { fields: { domain: [problem] } })

/**
 * Its people sign in at this host name from now on, beside the public one. The name is not proven to be theirs: who may call this answers
 * for that. @throws Problem as changeAsManager, invalid_input for a name that can be none or that another organization has
 */
export const setLoginDomain = (
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  { domain }: { domain: string },
): Promise<ManagedOrganization> =>
  changeOne(deps, handle, organization, { loginDomain: domain }, async (tx, { id }) => {
    if (loginOrigin(domain, deps.settings.publicOrigin) === null) throw refused('invalid')
    await oneAtATime(deps, tx)
    const holders = await deps.repositories.organizations.listByLoginDomain(tx, [domain])
    if (holders.some((holder) => holder.id !== id)) throw refused('taken')
  })

/** Nothing is answered there any more, within seconds. @throws Problem as changeAsManager */
export const removeLoginDomain = (
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
): Promise<ManagedOrganization> => changeOne(deps, handle, organization, { loginDomain: null }, async () => {})
