import { type Factor, SECOND_FACTORS, SENT_CODES, type SecondFactor, type SentCode } from '@vestibule/shared/factors.ts'
import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import type { CredentialId } from './ids.ts'

export const isSecondFactor = (factor: Factor): factor is SecondFactor => SECOND_FACTORS.some((one) => one === factor)
export const isSentCode = (factor: Factor): factor is SentCode => SENT_CODES.some((one) => one === factor)

/**
 * A proof with its time, in milliseconds, and with what was shown, where that can be lost; `userVerified` is of passkeys. A session is a
 * list of these; "authenticated" is derived, never stored.
 */
export type Check = { factor: Factor; at: number; credential?: CredentialId; userVerified?: boolean }

export type SessionFacts = {
  checks: readonly Check[]
  createdAt: number
  lastUsedAt: number
  expiresAt: number
  endedAt: number | null
}

/** Not ended, not past its absolute end, not idle for too long. */
export function isLive(session: SessionFacts, policy: LoginPolicy, now: number): boolean {
  return (
    session.endedAt === null && session.expiresAt > now && session.lastUsedAt + policy.sessionIdleLifetime * 1000 > now
  )
}

/** The list with this check in it: one check a factor, the newest. */
export const withCheck = (checks: readonly Check[], check: Check): Check[] => [
  ...checks.filter(({ factor }) => factor !== check.factor),
  check,
]
