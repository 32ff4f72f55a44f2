import { z } from 'zod'
import { DAY, HOUR, MINUTE, seconds } from './durations.ts'

/** What failures in a row do to an account: a lock that ends by itself, longer each time. */
export const lockoutPolicySchema = z.strictObject({
  /** So many failures in a row lock; 0: never. */
  maxFailures: z.int().min(0).max(1000).default(10),
  firstLock: seconds(MINUTE, 30 * DAY).default(15 * MINUTE),
  /** Each lock is so many times as long as the one before. */
  growth: z.number().min(1).max(10).default(2),
  longestLock: seconds(MINUTE, 365 * DAY).default(24 * HOUR),
})
export type LockoutPolicy = z.infer<typeof lockoutPolicySchema>
