import type { Configuration } from '@vestibule/shared/configuration.ts'
import type { Fault } from './fault.ts'
import { namesOf } from './names.ts'

/** Something of which there can be only one, with the place that wants it. */
export type Claim = { key: string; path: string }

/** Everything a file wants for itself alone. */
export function claimsOf({ organizations }: Configuration): Claim[] {
  return organizations.flatMap((organization, index) => {
    const {
      primaryDomain,
      domains = [],
      loginDomain,
      applications = [],
      users = [],
      serviceUsers = [],
      projects = [],
    } = organization
    const path = `organizations[${index}]`
    return [
      { key: `domain ${primaryDomain}`, path: `${path}.primaryDomain` },
      // the same domain twice in one organization says nothing wrong
      ...[...new Set(domains)]
        .filter((domain) => domain !== primaryDomain)
        .map((domain) => ({ key: `domain ${domain}`, path: `${path}.domains[${domains.indexOf(domain)}]` })),
      ...(loginDomain ? [{ key: `login domain ${loginDomain}`, path: `${path}.loginDomain` }] : []),
      ...(organization.default ? [{ key: 'default', path: `${path}.default` }] : []),
      // a client id never equals the subject of a person: both stand in tokens for who acts
      ...applications.map(({ clientId }, at) => ({
        key: `actor ${clientId}`,
        path: `${path}.applications[${at}].clientId`,
      })),
      ...serviceUsers.flatMap(({ clientId, subject, keys = [] }, at) => [
        { key: `actor ${clientId}`, path: `${path}.serviceUsers[${at}].clientId` },
        ...(subject === undefined ? [] : [{ key: `actor ${subject}`, path: `${path}.serviceUsers[${at}].subject` }]),
        ...keys.map(({ id }, nth) => ({
          key: `key ${clientId} ${id}`,
          path: `${path}.serviceUsers[${at}].keys[${nth}].id`,
        })),
      ]),
      // a project and a client stand beside each other in `aud`
      ...projects.map(({ id }, at) => ({ key: `actor ${id}`, path: `${path}.projects[${at}].id` })),
      ...users.flatMap((user, at) => [
        ...(user.subject === undefined ? [] : [{ key: `actor ${user.subject}`, path: `${path}.users[${at}].subject` }]),
        ...namesOf(user).map(({ kind, value }) => ({
          key: `name ${primaryDomain} ${kind} ${value}`,
          path: `${path}.users[${at}].${kind}`,
        })),
      ]),
    ]
  })
}

/** One fault for each claim that came too late. */
export function contested(claims: readonly Claim[]): Fault[] {
  const first = new Map<string, string>()
  return claims.flatMap(({ key, path }) => {
    const before = first.get(key)
    if (before === undefined) first.set(key, path)
    return before === undefined ? [] : [{ path, message: `is the same as ${before}.` }]
  })
}
