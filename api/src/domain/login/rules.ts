import { type Factor, FIRST_FACTORS, type SecondFactor, type SecondMethod } from '@vestibule/shared/factors.ts'
import type { Reason } from '@vestibule/shared/login-step.ts'
import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import type { Assurance } from '../auth-request.ts'
import type { Registration } from '../ceremony.ts'
import { reasonsToReplace } from '../password-age.ts'
import { firstFactorCheck, freshChecks, isGuessable, isYoung } from './checks.ts'
import type { AccountFacts, LoginFacts } from './facts.ts'
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
} from './second-factor.ts'
import type { LoginStep, RejectError } from './steps.ts'
import { asksToRegister, eligibleAccounts, isUsable, openRegistration, type Subject, subjectOf } from './subject.ts'
import { trustLifetime } from './trusted-device.ts'

type Rule = (facts: LoginFacts, subject: Subject | null) => LoginStep | null

/** For rules about somebody; they do not apply before it is said who. */
const about =
  (rule: (facts: LoginFacts, subject: Subject) => LoginStep | null): Rule =>
  (facts, subject) =>
    subject && rule(facts, subject)

/** Whoever makes an account is asked for nothing else before; where nobody may, the sign-in says so and goes on. */
const register: Rule = (facts) => {
  const registration = openRegistration(facts)
  if (!registration) return null
  const kind = registrationStep(registration)
  const { form } = registration
  const reasons: Reason[] = kind === 'register' && form?.isUsernameTaken ? ['username_taken'] : []
  return { kind, registration, reasons, error: 'interaction_required' }
}

/** The form, then the code that proves the address, then what opens the account, where it was not typed into the form. */
function registrationStep({ at, form, newcomer }: Registration) {
  if (!form) return 'register'
  if (at === 'credential' && newcomer) return 'finish_registration'
  return at === 'code' && (form.way === 'passkey' || form.passwordHash) ? 'verify_email' : 'register'
}

const registrationClosed = (facts: LoginFacts): Reason[] =>
  asksToRegister(facts) && !facts.registrationIsOpen ? ['registration_closed'] : []

const selectAccount: Rule = (facts, subject) => {
  const accounts = eligibleAccounts(facts)
  if (subject || facts.freshAccount || accounts.length === 0) return null
  const usable = accounts.filter((account) => isUsable(account, facts.now))
  const reasons: Reason[] = registrationClosed(facts)
  if (facts.request.prompts.has('select_account')) reasons.push('application_asks_for_choice')
  else if (usable.length > 1) reasons.push('several_accounts')
  const error = usable.length > 1 && !facts.request.subject ? 'account_selection_required' : 'login_required'
  return { kind: 'select_account', accounts, reasons, error }
}

const identify: Rule = (facts, subject) => {
  if (subject) return null
  const { request } = facts
  const reasons: Reason[] = registrationClosed(facts)
  if (request.subject) reasons.push('account_required')
  else if (request.organizationId) reasons.push('organization_required')
  const hasAccounts = eligibleAccounts(facts).length > 0
  return { kind: 'identify', hasAccounts, reasons, error: 'login_required' }
}

/**
 * Whoever forgot the password proves the address it is sent to, and then sets a new one. It proves nobody: the new password is asked for
 * afterwards like any other, and whatever else the sign-in wants.
 */
const reset = about((facts, subject) => {
  if (!isResetting(facts, subject)) return null
  if (!facts.resetIsProven || !subject.user) return { kind: 'reset_code', reasons: [], error: 'login_required' }
  return denialOf(facts, subject) ?? { kind: 'new_password', reasons: [], error: 'login_required' }
})

function isResetting({ ceremony }: LoginFacts, { user, policy }: Subject): boolean {
  if (ceremony?.kind !== 'reset' || ceremony.isDone) return false
  return mayReset(policy) && ceremony.userId === (user?.id ?? null)
}

const mayReset = (policy: LoginPolicy): boolean => policy.allowPassword && policy.allowPasswordReset

const firstFactor = about((facts, { account, policy }) => {
  if (account && firstFactorCheck(account, facts)) return null
  return askForFactor(facts, policy, reasonsToAskAgain(facts, account), 'login_required')
})

function askForFactor(facts: LoginFacts, policy: LoginPolicy, reasons: Reason[], error: RejectError): LoginStep {
  // whether the person has any of them is not said: a name nobody has is asked for them too
  const methods = FIRST_FACTORS.filter((factor) => (factor === 'passkey' ? policy.allowPasskey : policy.allowPassword))
  if (methods.length === 0) return { kind: 'denied', reason: 'no_first_factor', reasons: [], error }
  return { kind: 'first_factor', ...openTo(methods, facts), canReset: mayReset(policy), reasons, error }
}

/** A lock after failures closes what can be guessed. Everything else stays open, or whoever knows a name could shut its owner out. */
function openTo<Method extends Factor>(methods: Method[], { lockedUntil, now }: LoginFacts) {
  if (lockedUntil === null || lockedUntil <= now) return { methods, lockedUntil: null }
  return { methods: methods.filter((factor) => !isGuessable(factor)), lockedUntil }
}

function reasonsToAskAgain(facts: LoginFacts, account: Subject['account']): Reason[] {
  if (facts.ceremony?.kind === 'reset' && facts.ceremony.isDone) return ['password_was_reset']
  if (!account) return []
  if (!isUsable(account, facts.now)) return ['session_ended']
  if (facts.request.isOwn) return ['account_asks_again']
  return facts.request.prompts.has('login') ? ['application_asks_again'] : ['check_too_old']
}

/** After the proof, so that the state of an account is told to nobody but its owner. */
const refuseInactive = about((facts, subject) => denialOf(facts, subject))

function denialOf({ now }: LoginFacts, { user }: Subject): LoginStep | null {
  if (!user) return null
  const isGone = user.deletionAt !== null && user.deletionAt <= now
  const reason = user.organizationActive && !isGone ? user.state : 'deactivated'
  return reason === 'active' ? null : { kind: 'denied', reason, reasons: [], error: 'access_denied' }
}

/**
 * After a registration or a reset the account is what it is about, so a passkey is offered; a plain sign-in is never held up by it. It comes
 * before anything else is set up, because it is two factors; whoever holds a second factor shows that one first, like to whatever adds a way
 * in. Nobody is kept out by an offer.
 */
const offerPasskey = about((facts, { account, policy }) => {
  const { request, passkeyOfferTo } = facts
  if (!account || account.user.id !== passkeyOfferTo || account.user.deletionAt !== null) return null
  if (!policy.allowPasskey || account.factors.passkeys > 0 || !firstIsYoung(facts, account)) return null
  if (request.prompts.has('none') || (request.isOwn && request.maxAge !== null)) return null
  if (heldMethods(account).length > 0 && secondFactorChecks(account, facts).length === 0) return null
  return { kind: 'offer_passkey', reasons: [], error: 'interaction_required' }
})

/**
 * Asked for when the application or the policy wants it, and of everybody who has set one up. Whoever holds one shows it before another
 * one can be set up: a password alone adds nothing to an account that has more.
 */
const secondFactor = about((facts, { account }) => {
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

function firstIsYoung(facts: LoginFacts, account: AccountFacts): boolean {
  const first = firstFactorCheck(account, facts)
  return first !== null && isYoung(first, facts)
}

/** New recovery codes are seen, and said to be kept, before anything else goes on: they are never shown again. */
const recoveryCodes = about(({ ceremony }, { user }) => {
  if (ceremony?.kind !== 'recovery_codes' || ceremony.userId !== user?.id) return null
  return { kind: 'recovery_codes', sealed: ceremony.sealed, reasons: [], error: 'interaction_required' }
})

/** Whoever wishes to go can still change their mind, here or on their own pages; applications do not see them any more. */
const refuseLeaving = about(({ request }, { user }) => {
  if (!user || user.deletionAt === null || request.isOwn) return null
  return { kind: 'deletion_planned', deletionAt: user.deletionAt, reasons: [], error: 'interaction_required' }
})

/**
 * A password that somebody else chose, or that is too old, is replaced before anything else goes on. Whoever replaces it knows it: it was
 * proven just now, or it is asked for again.
 */
const changePassword = about((facts, { account, policy }) => {
  const check = account && firstFactorCheck(account, facts)
  if (check?.factor !== 'password' || !account?.password) return null
  const reasons = reasonsToReplace(account.password, facts.now)
  if (reasons.length === 0) return null
  const error = 'interaction_required'
  return isYoung(check, facts)
    ? { kind: 'change_password', reasons, error }
    : askForFactor(facts, policy, reasons, error)
})

/** Somebody may have been given the code of a stranger's device: nothing is let in without a word, whatever was agreed to before. */
const confirmDevice = about(({ consent: { given }, request }, { user }) =>
  given || !user || !request.isForDevice ? null : { kind: 'confirm_device', reasons: [], error: 'consent_required' },
)

/**
 * Nobody is made to: it is offered right after a proof, to those who hold nothing, and not again for a while once they said "not now". An
 * offer keeps nobody out, so that it is not made where no screen may be shown, nor on the way to something else on the own pages.
 */
const offerSecondFactor = about((facts, { account, policy }) => {
  const { request, now } = facts
  if (!account || policy.enrollmentSkipLifetime === 0 || !firstIsYoung(facts, account)) return null
  if (request.prompts.has('none') || (request.isOwn && request.maxAge !== null)) return null
  const { skippedAt } = account.factors
  if (skippedAt !== null && skippedAt + policy.enrollmentSkipLifetime * 1000 > now) return null
  const methods = enrollable(account)
  if (methods.length === 0 || heldMethods(account).length > 0) return null

  return { kind: 'enroll_second_factor', methods, canSkip: true, reasons: [], error: 'interaction_required' }
})

const consent = about(({ consent: { required, given }, request }, { user }) => {
  const asked = request.prompts.has('consent')
  if (given || !user || !(asked || required(user))) return null
  const reasons: Reason[] = [asked ? 'application_asks_for_consent' : 'new_access']
  return { kind: 'consent', reasons, error: 'consent_required' }
})

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
