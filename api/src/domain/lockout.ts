import type { LockoutPolicy } from '@vestibule/shared/policies/lockout.ts'

/** So many failures in a row are nobody's business: everybody mistypes. */
export const FREE_FAILURES = 4

/** How long the next try waits after each failure beyond them, the last one from then on. Seconds. */
export const WAITS = [1, 2, 4, 8, 16, 30] as const

/** Failures after which their owner is told that somebody got in. */
export const MANY_FAILURES = 5

/** Failures are forgotten when there was none for so long. Milliseconds. */
export const FAILURES_KEPT = 7 * 86_400_000

/** How long the nth lock in a row lasts, in milliseconds. The first one is number 1. */
export const lockLength = ({ firstLock, growth, longestLock }: LockoutPolicy, nth: number): number =>
  Math.round(Math.min(longestLock, firstLock * growth ** (nth - 1)) * 1000)
