import type { Configuration } from '@vestibule/shared/configuration.ts'
import type { PolicyKind } from '@vestibule/shared/policies.ts'
import type { Role } from '@vestibule/shared/roles.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, Organization, Project, StoredApplication, StoredUser } from '../../deps.ts'
import type { ApplicationSettings } from '../../domain/application.ts'
import type { IdentifierReading } from '../../domain/identifier.ts'
import type { OrganizationId, ProjectId, UserId } from '../../domain/ids.ts'
import type { UserState } from '../../domain/user.ts'
import { namesOf } from './names.ts'

/** A service user as its rows have it, in any state. */
export type KnownServiceUser = {
  id: UserId
  name: string
  state: UserState
  subject: string
  secretHashes: readonly string[]
  settings: ApplicationSettings
  keys: readonly string[]
  roles: readonly Role[]
}

/** What is there now, as far as a configuration speaks of it. */
export type State = {
  /** By primary domain. */
  organizations: ReadonlyMap<string, Organization>
  defaultOrganization: Organization | null
  domains: ReadonlyMap<string, OrganizationId>
  /** Host names of the file at which people sign in, and whose they are. */
  loginDomains: ReadonlyMap<string, OrganizationId>
  publicOrigin: string
  policies: ReadonlyMap<string, object>
  /** By client id. */
  applications: ReadonlyMap<string, StoredApplication>
  /** By the client id of their own client. */
  serviceUsers: ReadonlyMap<string, KnownServiceUser>
  projects: ReadonlyMap<ProjectId, Project>
  /** Those that the file makes, or says something of. */
  namedProjects: ReadonlySet<string>
  /** By the id of the user and of the project. */
  projectRoles: ReadonlyMap<string, readonly string[]>
  /** By the id of the user and the name. */
  metadata: ReadonlyMap<string, string>
  usersBySubject: ReadonlyMap<string, StoredUser>
  usersByName: ReadonlyMap<string, StoredUser>
  /** Subjects of the file that belonged to accounts which are gone. */
  retiredSubjects: ReadonlySet<string>
}

export const policyKey = (owner: OrganizationId | 'instance', kind: PolicyKind) => `${owner}/${kind}`
export const nameKey = (owner: OrganizationId, { kind, value }: IdentifierReading) => `${owner}/${kind}/${value}`

/** Reads it in the transaction that will change it, in a number of statements that hardly grows with the file. */
export async function readState(
  { repositories, settings }: Deps,
  tx: Executor,
  { organizations: wanted }: Configuration,
): Promise<State> {
  const domains = wanted.flatMap(({ primaryDomain, domains: others = [] }) => [primaryDomain, ...others])
  const people = wanted.flatMap(({ users = [] }) => users)
  // both name somebody who gets tokens, so none may be the other's
  const services = wanted.flatMap(({ serviceUsers = [] }) => serviceUsers)
  const clients = [...wanted.flatMap(({ applications = [] }) => applications), ...services]
  const clientIds = clients.map(({ clientId }) => clientId)
  const subjects = [...people, ...services].flatMap(({ subject }) => subject ?? [])
  const names = people.flatMap((person) => namesOf(person).map(({ value }) => value))

  const projectIds = wanted.flatMap(({ projects = [] }) => projects.map(({ id }) => id as ProjectId))
  const named = clients.flatMap((client) =>
    'project' in client && client.project ? [client.project as ProjectId] : [],
  )
  // a project and a client stand beside each other in `aud`, so neither may be the other
  const projects = await repositories.projects.list([...projectIds, ...named, ...(clientIds as ProjectId[])], tx)
  const guests = wanted.flatMap((organization) =>
    (organization.projects ?? []).flatMap(({ grantedTo = [] }) => grantedTo),
  )
  const organizations = await repositories.organizations.listByPrimaryDomain(tx, [...domains, ...guests])
  const loginDomains = wanted.flatMap(({ loginDomain }) => loginDomain ?? [])
  const atDomains = await repositories.organizations.listByLoginDomain(tx, loginDomains)
  const owners = ['instance', ...organizations.map(({ id }) => id)]
  const policies = await repositories.policies.listOwned(tx, owners)
  const applications = await repositories.applications.listByClientId(tx, [...clientIds, ...subjects, ...projectIds])
  const users = await repositories.users.listStored(tx, { names, subjects: [...clientIds, ...subjects, ...projectIds] })
  const hashes = new Map(subjects.map((subject) => [tokenHash(subject), subject]))
  const retired = await repositories.departures.listRetired(tx, hashes.keys())
  return {
    organizations: new Map(organizations.map((organization) => [organization.primaryDomain, organization])),
    defaultOrganization: await repositories.organizations.findDefault(tx),
    domains: new Map(
      (await repositories.organizations.listDomains(tx, domains)).map((row) => [row.domain, row.organizationId]),
    ),
    loginDomains: new Map(atDomains.map(({ id, loginDomain }) => [loginDomain!, id])),
    publicOrigin: settings.publicOrigin,
    policies: new Map(policies.map(({ owner, kind, value }) => [`${owner}/${kind}`, value as object])),
    applications: new Map(applications.map((application) => [application.clientId, application])),
    namedProjects: new Set(projectIds),
    projects: new Map(projects.map((project) => [project.id, project])),
    projectRoles: await listProjectRoles(repositories, tx, [
      ...users.map(({ id }) => id),
      ...applications.flatMap(({ serviceUserId }) => serviceUserId ?? []),
    ]),
    serviceUsers: await listServiceUsers(repositories, tx, applications),
    retiredSubjects: new Set(retired.map((hash) => hashes.get(hash)!)),
    metadata: await listMetadata(repositories, tx, users),
    usersBySubject: new Map(users.map((user) => [user.subject, user])),
    usersByName: new Map(
      users.flatMap((user) => user.identifiers.map((name) => [nameKey(user.organizationId, name), user] as const)),
    ),
  }
}

/** Each with the names of its keys and with its roles, on the instance and in its organization. */
async function listServiceUsers(
  { users, machineKeys, managerRoles }: Deps['repositories'],
  tx: Executor,
  applications: readonly StoredApplication[],
): Promise<Map<string, KnownServiceUser>> {
  const known = new Map<string, KnownServiceUser>()
  for (const { serviceUserId: id, clientId, secretHashes, settings } of applications) {
    const user = id === null ? null : await users.findPerson(id, tx)
    if (!user) continue
    const roles = await managerRoles.listOfUser(user.id, tx)
    known.set(clientId, {
      id: user.id,
      name: user.displayName,
      state: user.state,
      subject: user.subject,
      secretHashes,
      settings,
      keys: (await machineKeys.listOfUser(user.id, tx)).map((key) => key.id),
      roles: roles.filter(({ scope }) => ['instance', user.organizationId].includes(scope)).map(({ role }) => role),
    })
  }
  return known
}

async function listMetadata({ userMetadata }: Deps['repositories'], tx: Executor, users: readonly StoredUser[]) {
  const rows = await userMetadata.listOfUsers([...new Set(users.map(({ id }) => id))], tx)
  return new Map(rows.map(({ userId, key, value }) => [`${userId}/${key}`, value]))
}

async function listProjectRoles({ projects }: Deps['repositories'], tx: Executor, ids: readonly UserId[]) {
  const grants = await projects.listGrants([...new Set(ids)], tx)
  return new Map(grants.map(({ userId, projectId, roles }) => [`${userId}/${projectId}`, roles]))
}
