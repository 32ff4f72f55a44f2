import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import type { Change, ChangeOf } from './change.ts'

/** What the steps of one execution share. */
export type Execution = {
  deps: Deps
  tx: Executor
  now: number
  /** By primary domain; new ones are added as they are made. */
  organizations: Map<string, OrganizationId>
  /** By `passwordKey`. */
  hashes: ReadonlyMap<string, string>
  /** Made here, to be shown once. Only their hashes are stored. */
  secrets: { clientId: string; secret: string }[]
  /** Who does it; an operator where nobody is said. */
  actor?: UserId | null
}

export const organizationOf = ({ organizations }: Execution, primaryDomain: string): OrganizationId => {
  const id = organizations.get(primaryDomain)
  if (!id) throw new Error(`no organization ${primaryDomain}`)
  return id
}

type Person = { primaryDomain: string; label: string }

/** Names one person of one file. */
export const passwordKey = ({ primaryDomain, label }: Person) => `${primaryDomain}/${label}`

/** A password that stands in the file, with whose it will be. */
export type PlainPassword = { key: string; plain: string; path: string; primaryDomain: string; names: string[] }

/** The passwords that have to be checked and hashed before these changes can be made. */
export function plainPasswords(changes: readonly Change[]): PlainPassword[] {
  return changes.flatMap((change) => {
    if (!('password' in change) || !change.password || !('plain' in change.password)) return []
    const { plain, path } = change.password
    return [{ key: passwordKey(change), plain, path, primaryDomain: change.primaryDomain, names: namesIn(change) }]
  })
}

function namesIn(change: ChangeOf<'create_user' | 'change_user'>): string[] {
  const { displayName = '', profile = {} } = change.kind === 'create_user' ? change : change.values
  const { givenName = '', middleName = '', familyName = '', nickname = '' } = profile
  const identifiers = change.identifiers.map(({ value }) => value)
  return [change.label, displayName, givenName, middleName, familyName, nickname, ...identifiers]
}
