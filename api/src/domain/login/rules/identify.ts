import type { Reason } from '@vestibule/shared/login-step.ts'
import { eligibleAccounts, isUsable } from '../subject.ts'
import { registrationClosed } from './registration.ts'
import type { Rule } from './rule.ts'

export const selectAccount: Rule = (facts, subject) => {
  const accounts = eligibleAccounts(facts)
  if (subject || facts.freshAccount || accounts.length === 0) return null
  const usable = accounts.filter((account) => isUsable(account, facts.now))
  const reasons: Reason[] = registrationClosed(facts)
  if (facts.request.prompts.has('select_account')) reasons.push('application_asks_for_choice')
  else if (usable.length > 1) reasons.push('several_accounts')
  const error = usable.length > 1 && !facts.request.subject ? 'account_selection_required' : 'login_required'
  return { kind: 'select_account', accounts, reasons, error }
}

export const identify: Rule = (facts, subject) => {
  if (subject) return null
  const { request } = facts
  const reasons: Reason[] = registrationClosed(facts)
  if (request.subject) reasons.push('account_required')
  else if (request.organizationId && !request.isAtHome) reasons.push('organization_required')
  const hasAccounts = eligibleAccounts(facts).length > 0
  return { kind: 'identify', hasAccounts, reasons, error: 'login_required' }
}
