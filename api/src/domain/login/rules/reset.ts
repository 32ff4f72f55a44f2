import type { LoginFacts } from '../facts.ts'
import type { Subject } from '../subject.ts'
import { denialOf } from './account-state.ts'
import { mayReset } from './ask.ts'
import { about } from './rule.ts'

/**
 * Whoever forgot the password proves the address it is sent to, and then sets a new one. It proves nobody: the new password is asked for
 * afterwards like any other, and whatever else the sign-in wants.
 */
export const reset = about((facts, subject) => {
  if (!isResetting(facts, subject)) return null
  if (!facts.resetIsProven || !subject.user) return { kind: 'reset_code', reasons: [], error: 'login_required' }
  return denialOf(facts, subject) ?? { kind: 'new_password', reasons: [], error: 'login_required' }
})

function isResetting({ ceremony }: LoginFacts, { user, policy }: Subject): boolean {
  if (ceremony?.kind !== 'reset' || ceremony.isDone) return false
  return mayReset(policy) && ceremony.userId === (user?.id ?? null)
}
