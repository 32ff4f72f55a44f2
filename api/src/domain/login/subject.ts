import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import type { Registration } from '../ceremony.ts'
import { isLive } from '../session.ts'
import { firstFactorCheck } from './checks.ts'
import type { AccountFacts, LoginFacts, UserFacts } from './facts.ts'

/** Whom the login is about: somebody typed (perhaps nobody's name), or an account of this browser. */
export type Subject = {
  loginName: string
  user: UserFacts | null
  account: AccountFacts | null
  policy: LoginPolicy
}

type Request = LoginFacts['request']

/** Somebody wants an account of their own: they were sent here for one, or asked for one. */
export const asksToRegister = ({ request, ceremony }: LoginFacts): boolean =>
  request.prompts.has('create') || ceremony?.kind === 'registration'

/** The registration that is under way, where one may be. Who is named by the application has an account already. */
export const openRegistration = ({ request, ceremony, registrationIsOpen }: LoginFacts): Registration | null =>
  ceremony?.kind === 'registration' && registrationIsOpen && request.subject === null ? ceremony : null

/** May this person finish this request at all? The organization scope and the named subject decide. */
export const isEligible = (user: UserFacts, request: Request): boolean =>
  (request.organizationId === null || request.organizationId === user.organizationId) &&
  (request.subject === null || request.subject === user.subject)

export const eligibleAccounts = ({ accounts, request }: LoginFacts): AccountFacts[] =>
  accounts.filter(({ user }) => isEligible(user, request))

/** A live session whose first factor still counts under the policy, whatever this request asks for besides. */
export const isUsable = (account: AccountFacts, now: number): boolean =>
  isLive(account.session, account.policy, now) && firstFactorCheck(account, { now }) !== null

/**
 * Whoever makes an account is nobody yet. Then the order is the policy: what was typed, what was picked, whom the application named, whom it hinted at, and last the only account
 * that can go on without a question.
 */
export function subjectOf(facts: LoginFacts): Subject | null {
  const { typed, request } = facts
  if (openRegistration(facts)) return null
  if (typed) {
    const known = facts.accounts.find(({ user }) => user.id === typed.user?.id)
    const person = known?.user ?? typed.user
    // somebody who may not finish looks exactly like a name nobody has
    const user = person && isEligible(person, request) ? person : null
    const account = (user && known) ?? null
    return { loginName: typed.loginName, user, account, policy: account?.policy ?? typed.policy }
  }
  const account = accountOf(facts)
  return account && { loginName: account.loginName, user: account.user, account, policy: account.policy }
}

function accountOf(facts: LoginFacts): AccountFacts | null {
  const { request, chosen, freshAccount, atPicker, now } = facts
  const accounts = eligibleAccounts(facts)
  if (chosen) return accounts.find(({ session }) => session.id === chosen) ?? null
  if (freshAccount || atPicker || asksToRegister(facts) || request.prompts.has('select_account')) return null
  if (request.subject) return accounts[0] ?? null
  const hinted = request.loginHint?.trim().toLowerCase()
  if (hinted) return accounts.find(({ loginName }) => loginName.toLowerCase() === hinted) ?? null
  const usable = accounts.filter((account) => isUsable(account, now))
  return usable.length === 1 ? usable[0]! : null
}
