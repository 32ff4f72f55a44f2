import { reasonsToReplace } from '../password-age.ts'
import { firstFactorCheck } from './checks.ts'
import type { LoginFacts, UserFacts } from './facts.ts'
import { firstDemand } from './rules.ts'
import { assuranceOf, bestSecond, isTrusted, reaches, reasonsForSecond, secondFactorChecks } from './second-factor.ts'
import type { CompletedLogin, LoginStep } from './steps.ts'
import { isEligible, type Subject } from './subject.ts'

/**
 * The whole login: facts in, the one next step out. prompt=none is the same walk, with each screen answered by its error.
 * A step is never an error; a bug in the rules is (it throws, and nothing is issued).
 */
export function nextStep(facts: LoginFacts): LoginStep {
  const { subject, demand } = firstDemand(facts)
  if (!demand) return complete(facts, subject)
  if (facts.request.prompts.has('none') && demand.kind !== 'complete') return { kind: 'reject', error: demand.error }
  return demand
}

/** The only maker of a CompletedLogin. It trusts no rule: what it states is checked once more, and fails closed. */
function complete(facts: LoginFacts, subject: Subject | null): CompletedLogin {
  const account = subject?.account
  const first = account && firstFactorCheck(account, facts)
  if (!account || !first || account.user.state !== 'active' || !account.user.organizationActive)
    throw new Error('the rules let an unproven login through')
  if (isLeaving(account.user, facts)) throw new Error('the rules let somebody through who is leaving')
  if (first.factor === 'password' && account.password && reasonsToReplace(account.password, facts.now).length > 0)
    throw new Error('the rules let an old password through')
  if (facts.request.isForDevice && !facts.consent.given) throw new Error('the rules let a device in without a word')
  const second = bestSecond(secondFactorChecks(account, facts))
  const reached = assuranceOf(first, second)
  const { requiredAssurance } = facts.request
  const needsSecond = reasonsForSecond(account, facts).length > 0 && !isTrusted(account, facts)
  if (!second && needsSecond) throw new Error('the rules forgot the second factor')
  if (requiredAssurance && !reaches(reached, requiredAssurance)) throw new Error('the rules forgot what was asked for')
  if (!isEligible(account.user, facts.request)) throw new Error('the rules let somebody else through')
  const proven = {
    kind: 'complete',
    userId: account.user.id,
    organizationId: account.user.organizationId,
    sessionId: account.session.id,
    authTime: Math.min(first.at, second?.at ?? first.at),
    factors: [...new Set([first.factor, ...(second ? [second.factor] : [])])],
    assurance: requiredAssurance ?? reached,
    hasTwoFactors: second !== null,
  } as const
  return proven as unknown as CompletedLogin
}

const isLeaving = ({ deletionAt }: UserFacts, { now, request }: LoginFacts): boolean =>
  deletionAt !== null && (deletionAt <= now || !request.isOwn)
