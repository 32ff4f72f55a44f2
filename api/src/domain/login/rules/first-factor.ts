import type { Reason } from '@vestibule/shared/login-step.ts'
import { firstFactorCheck } from '../checks.ts'
import type { LoginFacts } from '../facts.ts'
import { isUsable, type Subject } from '../subject.ts'
import { askForFactor } from './ask.ts'
import { about } from './rule.ts'

export const firstFactor = about((facts, { account, policy }) => {
  if (account && firstFactorCheck(account, facts)) return null
  return askForFactor(facts, policy, reasonsToAskAgain(facts, account), 'login_required')
})

function reasonsToAskAgain(facts: LoginFacts, account: Subject['account']): Reason[] {
  if (facts.ceremony?.kind === 'reset' && facts.ceremony.isDone) return ['password_was_reset']
  if (!account) return []
  if (!isUsable(account, facts.now)) return ['session_ended']
  if (facts.request.isOwn) return ['account_asks_again']
  return facts.request.prompts.has('login') ? ['application_asks_again'] : ['check_too_old']
}
