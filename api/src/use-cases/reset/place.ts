import type { CodePlace } from '../../deps.ts'
import type { AuthRequestId, UserId } from '../../domain/ids.ts'
import type { UserFacts } from '../../domain/login/facts.ts'

/** Where the code of a reset belongs: to the request that asked for it, and to the person it is about. */
export const resetPlaceOf = (flow: AuthRequestId, userId: UserId | null): CodePlace => ({
  flow,
  purpose: 'reset_password',
  userId,
})

/** Somebody who may come in, so that a new password is of use to them. */
export const isActive = (user: UserFacts | null | undefined): user is UserFacts =>
  user?.state === 'active' && user.organizationActive
