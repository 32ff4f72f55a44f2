import type { Configuration } from '@vestibule/shared/configuration.ts'
import { PASSWORD_MOST } from '@vestibule/shared/password-rules.ts'
import type { PasswordPolicy, PasswordRules } from '@vestibule/shared/policies/password.ts'
import { defaultPolicy } from '@vestibule/shared/policies.ts'
import type { FieldProblem } from '@vestibule/shared/problem.ts'
import type { Deps } from '../../deps.ts'
import { brokenDemands } from '../password/check-new-password.ts'
import { demandsOf } from '../password/rules-for.ts'
import type { PlainPassword } from './execution.ts'
import type { Fault } from './fault.ts'
import { policyKey, type State } from './state.ts'

const SENTENCES: Partial<Record<FieldProblem, (rules: PasswordRules) => string>> = {
  too_short: ({ minLength }) => `must have at least ${minLength} characters`,
  too_long: () => `must have at most ${PASSWORD_MOST} characters`,
  needs_upper_case: () => 'must have an upper-case letter',
  needs_lower_case: () => 'must have a lower-case letter',
  needs_digit: () => 'must have a digit',
  needs_symbol: () => 'must have a symbol',
  context: () => 'must not hold names or addresses of its owner, nor the name of the organization',
  common: () => 'must not be a common password',
  reused: () => 'must be another one than those before',
  breached: () => 'must not be known from a breach',
}

/** What is wrong with a password, for an operator: "must have a digit, must have a symbol". The password is not in it. */
export const describeBroken = (broken: readonly FieldProblem[], rules: PasswordRules): string =>
  broken.map((problem) => SENTENCES[problem]?.(rules) ?? 'can not be used').join(', ')

/** The passwords of a file that break the rules of where they will be used, once the file is applied. */
export async function passwordFaults(
  deps: Deps,
  state: State,
  configuration: Configuration,
  passwords: readonly PlainPassword[],
): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const { path, plain, names, primaryDomain } of passwords) {
    const wanted = configuration.organizations.find((organization) => organization.primaryDomain === primaryDomain)
    const demands = demandsOf(policyOf(state, configuration, primaryDomain), names, wanted?.name ?? '')
    const broken = await brokenDemands(deps, demands, plain)
    if (broken.length > 0) faults.push({ path, message: `${describeBroken(broken, demands.rules)}.` })
  }
  return faults
}

/** What the file says, or what is stored: of the organization, and then of the instance. A policy is owned whole. */
function policyOf(state: State, { instance, organizations }: Configuration, primaryDomain: string): PasswordPolicy {
  const owner = state.organizations.get(primaryDomain)?.id
  const wanted = organizations.find((organization) => organization.primaryDomain === primaryDomain)
  const found =
    wanted?.policies?.password ??
    (owner && state.policies.get(policyKey(owner, 'password'))) ??
    instance?.policies?.password ??
    state.policies.get(policyKey('instance', 'password'))
  return { ...defaultPolicy('password'), ...(found as Partial<PasswordPolicy> | undefined) }
}
