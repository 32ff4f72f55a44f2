import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId } from '../../domain/ids.ts'
import type { Change, FirstPassword } from './change.ts'

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
}

export const organizationOf = ({ organizations }: Execution, primaryDomain: string): OrganizationId => {
  const id = organizations.get(primaryDomain)
  if (!id) throw new Error(`no organization ${primaryDomain}`)
  return id
}

type Person = { primaryDomain: string; label: string }

/** Names one person of one file. */
export const passwordKey = ({ primaryDomain, label }: Person) => `${primaryDomain}/${label}`

/** The passwords that have to be hashed before these changes can be made. */
export function plainPasswords(changes: readonly Change[]): { key: string; plain: string }[] {
  return changes.flatMap((change) => {
    const password: FirstPassword | null = 'password' in change ? change.password : null
    return password && 'plain' in password ? [{ key: passwordKey(change as Person), plain: password.plain }] : []
  })
}
