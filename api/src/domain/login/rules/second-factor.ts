import type { Factor, SecondFactor, SecondMethod } from '@vestibule/shared/factors.ts'
import type { Reason } from '@vestibule/shared/login-step.ts'
import type { Assurance } from '../../auth-request.ts'
import { firstFactorCheck, freshChecks } from '../checks.ts'
import type { AccountFacts, LoginFacts } from '../facts.ts'
import {
  assuranceOf,
  bestSecond,
  enrollable,
  heldMethods,
  isResistant,
  isTrusted,
  reaches,
  reasonsForSecond,
  secondFactorChecks,
} from '../second-factor.ts'
import type { LoginStep } from '../steps.ts'
import { trustLifetime } from '../trusted-device.ts'
import { askForFactor, firstIsYoung, openTo } from './ask.ts'
import { about } from './rule.ts'

/**
 * Asked for when the application or the policy wants it, and of everybody who has set one up. Whoever holds one shows it before another
 * one can be set up: a password alone adds nothing to an account that has more.
 */
export const secondFactor = about((facts, { account }) => {
  const first = account && firstFactorCheck(account, facts)
  if (!account || !first) return null
  const wanted = reasonsForSecond(account, facts)
  const second = bestSecond(secondFactorChecks(account, facts))
  if (wanted.length === 0 || (second && meetsRequest(facts, assuranceOf(first, second)))) return null
  if (isTrusted(account, facts)) return null
  const reasons = hasOldSecond(account, facts) ? [...wanted, 'second_check_too_old' as const] : wanted

  const fits = (method: { factor: Factor }) =>
    facts.request.requiredAssurance !== 'phr' || isResistant(first) || isResistant(method)
  const held = heldMethods(account)
  const fitting = held.filter((factor) => fits({ factor }))
  const methods = fitting.length > 0 || second ? fitting : held
  if (methods.length > 0) return askForSecond(facts, account, methods, reasons)
  return enroll(
    facts,
    account,
    enrollable(account).filter((factor) => fits({ factor })),
    reasons,
  )
})

function askForSecond(
  facts: LoginFacts,
  { policy }: AccountFacts,
  methods: SecondMethod[],
  reasons: Reason[],
): LoginStep {
  const trustFor = trustLifetime(facts, policy)
  return { kind: 'second_factor', ...openTo(methods, facts), trustFor, reasons, error: 'login_required' }
}

const meetsRequest = ({ request }: LoginFacts, reached: Assurance): boolean =>
  request.requiredAssurance === null || reaches(reached, request.requiredAssurance)

const hasOldSecond = (account: AccountFacts, facts: LoginFacts): boolean => {
  const fresh = new Set(freshChecks(account, facts))
  return account.session.checks.some((check) => check.factor !== 'password' && !fresh.has(check))
}

/** No way around, and only for who is there: the first proof was made just now, or is asked for again. */
function enroll(facts: LoginFacts, account: AccountFacts, methods: SecondFactor[], reasons: Reason[]): LoginStep {
  const isAsked = facts.request.requiredAssurance !== null
  if (methods.length === 0 && isAsked) return { kind: 'reject', error: 'unmet_authentication_requirements' }
  if (methods.length === 0) return { kind: 'denied', reason: 'no_second_factor', reasons: [], error: 'access_denied' }
  const error = 'interaction_required'
  return firstIsYoung(facts, account)
    ? { kind: 'enroll_second_factor', methods, canSkip: false, reasons, error }
    : askForFactor(facts, account.policy, reasons, error)
}

/** New recovery codes are seen, and said to be kept, before anything else goes on: they are never shown again. */
export const recoveryCodes = about(({ ceremony }, { user }) => {
  if (ceremony?.kind !== 'recovery_codes' || ceremony.userId !== user?.id) return null
  return { kind: 'recovery_codes', sealed: ceremony.sealed, reasons: [], error: 'interaction_required' }
})
