import type { Deps } from '../../deps.ts'
import { deleteApplication, rotateSecret } from '../../use-cases/management/applications/change-application.ts'
import { getApplication, listApplications } from '../../use-cases/management/applications/list-applications.ts'
import { listEvents } from '../../use-cases/management/events/list-events.ts'
import type { ManagerHandle } from '../../use-cases/management/manager.ts'
import {
  createOrganization,
  deactivateOrganization,
  listOrganizations,
  reactivateOrganization,
} from '../../use-cases/management/organizations/manage-organizations.ts'
import { deleteKey, deleteToken, listKeys, listTokens } from '../../use-cases/management/service-users/credentials.ts'
import { listServiceUsers } from '../../use-cases/management/service-users/service-member.ts'
import {
  createServiceUser,
  deactivateServiceUser,
  deleteServiceUser,
  reactivateServiceUser,
} from '../../use-cases/management/service-users/service-state.ts'
import { createUser } from '../../use-cases/management/users/create-user.ts'
import { listUserFactors, removeUserFactor } from '../../use-cases/management/users/factors.ts'
import { getUser, listUsers } from '../../use-cases/management/users/list-users.ts'
import { endUserSessions, listUserSessions } from '../../use-cases/management/users/sessions.ts'
import { deactivateUser, deleteUser, lockUser, reactivateUser } from '../../use-cases/management/users/user-state.ts'
import type { ManageCommand, ManageOptions } from './commands.ts'
import { momentOf, pagingOf, stateOf, userStateOf } from './options.ts'
import { applicationOf, organizationOf, personOf, serviceUserOf } from './subjects.ts'

/** Whoever runs the server may do everything, and is nobody's user. */
const IN = { by: { kind: 'operator' }, needs: { permission: 'users.write', on: 'organization' }, once: null } as const
const ON: ManagerHandle = { ...IN, needs: { permission: 'organizations.manage', on: 'instance' } }

type Action = (deps: Deps, things: readonly string[], options: ManageOptions) => Promise<object>

const ofPerson =
  (work: (deps: Deps, who: ManagerHandle, place: Awaited<ReturnType<typeof personOf>>) => Promise<object>): Action =>
  async (deps, [loginName = ''], { organization }) =>
    work(deps, IN, await personOf(deps, loginName, organization))
const ofMachine =
  (
    work: (deps: Deps, who: ManagerHandle, place: Awaited<ReturnType<typeof serviceUserOf>>) => Promise<object>,
  ): Action =>
  async (deps, [clientId = '']) =>
    work(deps, IN, await serviceUserOf(deps, clientId))
const ofOrganization =
  (work: (deps: Deps, who: ManagerHandle, organization: string) => Promise<object>): Action =>
  async (deps, [domain = '']) =>
    work(deps, IN, (await organizationOf(deps, domain)).organization)

/** Each by the use-case that its route has too. Out: what the route would answer. */
export const ACTIONS: Record<ManageCommand, Action> = {
  'organization list': (deps, _, options) =>
    listOrganizations(deps, ON, { ...pagingOf(options), state: stateOf(options) }),
  'organization create': (deps, [primaryDomain = ''], { name = primaryDomain }) =>
    createOrganization(deps, ON, { name, primaryDomain }),
  'organization deactivate': ofOrganization(deactivateOrganization),
  'organization reactivate': ofOrganization(reactivateOrganization),

  'user list': async (deps, _, options) => {
    const { organization } = await organizationOf(deps, options.organization)
    return listUsers(deps, IN, organization, { ...pagingOf(options), state: userStateOf(options) })
  },
  'user show': ofPerson(getUser),
  'user create': async (deps, [loginName = ''], options) => {
    const { organization } = await organizationOf(deps, options.organization)
    const { 'given-name': givenName, 'family-name': familyName, 'setup-link': setupLink } = options
    const name = loginName.includes('@') ? { email: loginName } : { username: loginName }
    return createUser(deps, IN, organization, { ...name, givenName, familyName, setupLink })
  },
  'user deactivate': ofPerson(deactivateUser),
  'user reactivate': ofPerson(reactivateUser),
  'user lock': ofPerson(lockUser),
  'user delete': ofPerson(deleteUser),
  'user sessions': ofPerson(async (...all) => ({ sessions: await listUserSessions(...all) })),
  'user sign-out': ofPerson(endUserSessions),
  'user factors': ofPerson(async (...all) => ({ factors: await listUserFactors(...all) })),
  'user factor delete': async (deps, [loginName = '', factor = ''], { organization }) =>
    removeUserFactor(deps, IN, { ...(await personOf(deps, loginName, organization)), factor }),

  'service-user list': async (deps, _, options) => {
    const { organization } = await organizationOf(deps, options.organization)
    return listServiceUsers(deps, IN, organization, { ...pagingOf(options), state: userStateOf(options) })
  },
  'service-user create': async (deps, [clientId = ''], options) => {
    const { organization } = await organizationOf(deps, options.organization)
    return createServiceUser(deps, IN, organization, { clientId, name: options.name ?? clientId })
  },
  'service-user deactivate': ofMachine(deactivateServiceUser),
  'service-user reactivate': ofMachine(reactivateServiceUser),
  'service-user delete': ofMachine(deleteServiceUser),
  'service-user key list': ofMachine(async (...all) => ({ keys: await listKeys(...all) })),
  'service-user key delete': async (deps, [clientId = '', key = '']) =>
    deleteKey(deps, IN, { ...(await serviceUserOf(deps, clientId)), key }),
  'service-user token list': ofMachine(async (...all) => ({ tokens: await listTokens(...all) })),
  'service-user token delete': async (deps, [clientId = '', token = '']) =>
    deleteToken(deps, IN, { ...(await serviceUserOf(deps, clientId)), token }),

  'application list': async (deps, _, options) => {
    const { organization } = await organizationOf(deps, options.organization)
    return listApplications(deps, IN, organization, { ...pagingOf(options), state: stateOf(options) })
  },
  'application show': async (deps, [clientId = '']) => getApplication(deps, IN, await applicationOf(deps, clientId)),
  'application secret': async (deps, [clientId = ''], options) =>
    rotateSecret(deps, IN, await applicationOf(deps, clientId), { keepPrevious: options['keep-previous'] ?? false }),
  'application delete': async (deps, [clientId = '']) =>
    deleteApplication(deps, IN, await applicationOf(deps, clientId)),

  'event list': async (deps, _, options) => {
    const { organization } = await organizationOf(deps, options.organization)
    const whose = options.user === undefined ? null : await personOf(deps, options.user, options.organization)
    const times = { since: momentOf(options, 'since'), until: momentOf(options, 'until') }
    return listEvents(deps, IN, organization, { ...pagingOf(options), ...times, user: whose?.user })
  },
}
