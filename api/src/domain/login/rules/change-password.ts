import { reasonsToReplace } from '../../password-age.ts'
import { firstFactorCheck, isYoung } from '../checks.ts'
import { askForFactor } from './ask.ts'
import { about } from './rule.ts'

/**
 * A password that somebody else chose, or that is too old, is replaced before anything else goes on. Whoever replaces it knows it: it was
 * proven just now, or it is asked for again.
 */
export const changePassword = about((facts, { account, policy }) => {
  const check = account && firstFactorCheck(account, facts)
  if (check?.factor !== 'password' || !account?.password) return null
  const reasons = reasonsToReplace(account.password, facts.now)
  if (reasons.length === 0) return null
  const error = 'interaction_required'
  return isYoung(check, facts)
    ? { kind: 'change_password', reasons, error }
    : askForFactor(facts, policy, reasons, error)
})
