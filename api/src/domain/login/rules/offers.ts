import { enrollable, heldMethods, secondFactorChecks } from '../second-factor.ts'
import { firstIsYoung } from './ask.ts'
import { about } from './rule.ts'

/**
 * After a registration or a reset the account is what it is about, so a passkey is offered; a plain sign-in is never held up by it. It comes
 * before anything else is set up, because it is two factors; whoever holds a second factor shows that one first, like to whatever adds a way
 * in. Nobody is kept out by an offer.
 */
export const offerPasskey = about((facts, { account, policy }) => {
  const { request, passkeyOfferTo } = facts
  if (!account || account.user.id !== passkeyOfferTo || account.user.deletionAt !== null) return null
  if (!policy.allowPasskey || account.factors.passkeys > 0 || !firstIsYoung(facts, account)) return null
  if (request.prompts.has('none') || (request.isOwn && request.maxAge !== null)) return null
  if (heldMethods(account).length > 0 && secondFactorChecks(account, facts).length === 0) return null
  return { kind: 'offer_passkey', reasons: [], error: 'interaction_required' }
})

/**
 * Nobody is made to: it is offered right after a proof, to those who hold nothing, and not again for a while once they said "not now". An
 * offer keeps nobody out, so that it is not made where no screen may be shown, nor on the way to something else on the own pages.
 */
export const offerSecondFactor = about((facts, { account, policy }) => {
  const { request, now } = facts
  if (!account || policy.enrollmentSkipLifetime === 0 || !firstIsYoung(facts, account)) return null
  if (request.prompts.has('none') || (request.isOwn && request.maxAge !== null)) return null
  const { skippedAt } = account.factors
  if (skippedAt !== null && skippedAt + policy.enrollmentSkipLifetime * 1000 > now) return null
  const methods = enrollable(account)
  if (methods.length === 0 || heldMethods(account).length > 0) return null

  return { kind: 'enroll_second_factor', methods, canSkip: true, reasons: [], error: 'interaction_required' }
})
