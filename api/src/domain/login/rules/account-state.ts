import type { LoginFacts } from '../facts.ts'
import type { LoginStep } from '../steps.ts'
import type { Subject } from '../subject.ts'
import { about } from './rule.ts'

/** After the proof, so that the state of an account is told to nobody but its owner. */
export const refuseInactive = about((facts, subject) => denialOf(facts, subject))

export function denialOf({ now }: LoginFacts, { user }: Subject): LoginStep | null {
  if (!user) return null
  const isGone = user.deletionAt !== null && user.deletionAt <= now
  const reason = user.organizationActive && !isGone ? user.state : 'deactivated'
  return reason === 'active' ? null : { kind: 'denied', reason, reasons: [], error: 'access_denied' }
}

/** Whoever wishes to go can still change their mind, here or on their own pages; applications do not see them any more. */
export const refuseLeaving = about(({ request }, { user }) => {
  if (!user || user.deletionAt === null || request.isOwn) return null
  return { kind: 'deletion_planned', deletionAt: user.deletionAt, reasons: [], error: 'interaction_required' }
})
