import { z } from 'zod'

/**
 * Policies are data: the instance has one of each kind, an organization owns a policy whole or inherits it.
 * Every duration is in seconds.
 */
const seconds = (least: number, most: number) => z.int().min(least).max(most)
const DAY = 86_400

export const IDENTIFIER_KINDS = ['username', 'email', 'phone'] as const
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

export const loginPolicySchema = z.strictObject({
  allowPassword: z.boolean().default(true),
  /** What a person may type to say who they are. */
  identifiers: z.array(z.enum(IDENTIFIER_KINDS)).min(1).default(['username', 'email', 'phone']),
  /** A password check counts this long. */
  passwordCheckLifetime: seconds(60, 365 * DAY).default(10 * DAY),
  /** A session ends when it was not used this long. */
  sessionIdleLifetime: seconds(60, 365 * DAY).default(30 * DAY),
  /** A session ends this long after it began, whatever happens. */
  sessionAbsoluteLifetime: seconds(60, 730 * DAY).default(90 * DAY),
})
export type LoginPolicy = z.infer<typeof loginPolicySchema>

/** Links of the footer. https only, so that nothing a manager types can become a script (also checked when shown). */
const link = z
  .url({ protocol: /^https$/ })
  .max(2048)
  .regex(/^https:\/\/[^\s@\\]+$/)
export const linksPolicySchema = z.strictObject({
  help: link.optional(),
  privacy: link.optional(),
  terms: link.optional(),
})
export type LinksPolicy = z.infer<typeof linksPolicySchema>

export const DEFAULT_LOGIN_POLICY: LoginPolicy = loginPolicySchema.parse({})
