import type { LoginFacts } from './facts.ts'
import { refuseInactive, refuseLeaving } from './rules/account-state.ts'
import { changePassword } from './rules/change-password.ts'
import { confirmDevice, consent } from './rules/consent.ts'
import { firstFactor } from './rules/first-factor.ts'
import { identify, selectAccount } from './rules/identify.ts'
import { offerPasskey, offerSecondFactor } from './rules/offers.ts'
import { register } from './rules/registration.ts'
import { reset } from './rules/reset.ts'
import type { Rule } from './rules/rule.ts'
import { recoveryCodes, secondFactor } from './rules/second-factor.ts'
import type { LoginStep } from './steps.ts'
import { type Subject, subjectOf } from './subject.ts'

/** The order is the policy: a step is reachable only when every rule above it is satisfied. */
export const RULES = {
  register,
  selectAccount,
  identify,
  reset,
  firstFactor,
  refuseInactive,
  offerPasskey,
  secondFactor,
  recoveryCodes,
  refuseLeaving,
  changePassword,
  offerSecondFactor,
  confirmDevice,
  consent,
} satisfies Record<string, Rule>

/** Whom the rules were asked about, and the first step any of them demands. */
export function firstDemand(facts: LoginFacts): { subject: Subject | null; demand: LoginStep | null } {
  const subject = subjectOf(facts)
  for (const rule of Object.values(RULES)) {
    const demand = rule(facts, subject)
    if (demand) return { subject, demand }
  }
  return { subject, demand: null }
}
