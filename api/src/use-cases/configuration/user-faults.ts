import type { UserConfiguration } from '@vestibule/shared/configuration-user.ts'
import { domainOf } from '../../domain/identifier.ts'
import type { Fault } from './fault.ts'
import { namesOf } from './names.ts'

/** What is wrong with a user of the file, whoever is there already. */
export function faultsOfUser(path: string, user: UserConfiguration): Fault[] {
  const faults: Fault[] = []
  const names = namesOf(user)
  if (names.length === 0) faults.push({ path, message: 'needs a username, an email or a phone.' })
  // normalising can turn a look-alike into a second @
  if (names.some(({ kind, value }) => kind === 'email' && domainOf(value) === null))
    faults.push({ path: `${path}.email`, message: 'must be an e-mail address.' })
  if (user.password !== undefined && user.passwordHash !== undefined)
    faults.push({ path: `${path}.passwordHash`, message: 'must not stand beside password.' })
  if (user.passwordMustChange !== undefined && user.password === undefined && user.passwordHash === undefined)
    faults.push({ path: `${path}.passwordMustChange`, message: 'must stand beside password or passwordHash.' })
  for (const kind of ['email', 'phone'] as const)
    if (user[`${kind}Verified`] !== undefined && user[kind] === undefined)
      faults.push({ path: `${path}.${kind}Verified`, message: `must stand beside ${kind}.` })
  return faults
}
