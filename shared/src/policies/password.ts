import { z } from 'zod'
import { DAY, seconds } from './durations.ts'

/** What a new password must be. Lengths are in characters (code points), as NIST SP 800-63B-4 counts them. */
export const passwordPolicySchema = z.strictObject({
  minLength: z.int().min(8).max(64).default(12),
  requireUpperCase: z.boolean().default(false),
  requireLowerCase: z.boolean().default(false),
  requireDigit: z.boolean().default(false),
  requireSymbol: z.boolean().default(false),
  /** Refuses what stands in the list of common passwords. */
  refuseCommon: z.boolean().default(true),
  /** Asks a breach service for it, by the first five characters of a hash (k-anonymity). */
  refuseBreached: z.boolean().default(false),
  /** Refuses the last so many passwords of the person; 0 refuses none. */
  history: z.int().min(0).max(24).default(0),
  /** A password older than this must be changed at the next sign-in; null: never. */
  maxAge: seconds(DAY, 3650 * DAY)
    .nullable()
    .default(null),
  /** So long before that the person is told; null: not at all. */
  warnBefore: seconds(DAY, 365 * DAY)
    .nullable()
    .default(null),
})
export type PasswordPolicy = z.infer<typeof passwordPolicySchema>

/**
 * The part of the rules that a browser can look at while somebody types, with the words that stand for the owner of the password. The
 * server adds what only it knows: common passwords, earlier ones, breached ones.
 */
export const passwordRulesSchema = z.object({
  minLength: z.int(),
  requireUpperCase: z.boolean(),
  requireLowerCase: z.boolean(),
  requireDigit: z.boolean(),
  requireSymbol: z.boolean(),
  contextWords: z.array(z.string()),
})
export type PasswordRules = z.infer<typeof passwordRulesSchema>
