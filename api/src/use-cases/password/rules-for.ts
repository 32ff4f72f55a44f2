import { contextWords } from '@vestibule/shared/password-rules.ts'
import type { PasswordPolicy, PasswordRules } from '@vestibule/shared/policies/password.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'

/** Whom a new password is for: somebody with an account, or somebody who is about to have one and said these names and addresses. */
export type Chooser =
  | { userId: UserId }
  | { userId: null; organizationId: OrganizationId | null; names: readonly string[] }

/** The policy that counts, and the part of it that a page can look at while somebody types. */
export type Demands = { policy: PasswordPolicy; rules: PasswordRules }

const PRODUCT = 'Vestibule'

export async function rulesFor(deps: Deps, chooser: Chooser, tx?: Executor): Promise<Demands> {
  const { organizationId, organizationName, names } = await whoIs(deps, chooser, tx)
  const { value: policy } = await deps.repositories.policies.resolve('password', organizationId, tx)
  return demandsOf(policy, names, organizationName)
}

/** The same where everything is known already. */
export function demandsOf(policy: PasswordPolicy, names: readonly string[], organizationName: string): Demands {
  const { minLength, requireUpperCase, requireLowerCase, requireDigit, requireSymbol } = policy
  const words = contextWords(names, [organizationName, PRODUCT])
  return {
    policy,
    rules: { minLength, requireUpperCase, requireLowerCase, requireDigit, requireSymbol, contextWords: words },
  }
}

/** What people guess first about somebody who has just said this. */
export const ownWords = (said: readonly (string | null | undefined)[]): string[] =>
  said.filter((word) => word != null && word.trim() !== '') as string[]

type Known = { organizationId: OrganizationId | null; organizationName: string; names: readonly string[] }

async function whoIs({ repositories }: Deps, chooser: Chooser, tx?: Executor): Promise<Known> {
  const { users, organizations } = repositories
  if (chooser.userId === null) {
    const { organizationId, names } = chooser
    const look = organizationId && (await organizations.findLook(organizationId, tx))
    return { organizationId, organizationName: look ? look.organization.name : '', names }
  }
  const person = await users.findPerson(chooser.userId, tx)
  if (!person) throw new Problem('not_found')
  const identifiers = await users.listIdentifiers(person.id, tx)
  const { givenName, middleName, familyName, nickname } = person.profile
  const names = [person.displayName, givenName, middleName, familyName, nickname].filter((name) => name !== undefined)
  return {
    organizationId: person.organizationId,
    organizationName: person.organizationName,
    names: [...names, ...identifiers.map(({ value }) => value)],
  }
}
