import { z } from 'zod'
import { SECOND_FACTORS } from './factors.ts'
import { DAY, HOUR, seconds } from './policies/durations.ts'

export const IDENTIFIER_KINDS = ['username', 'email', 'phone'] as const
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** Whom the policy makes have a second factor: nobody, whoever signs in here and not at an identity provider, everybody. */
export const FORCED = ['never', 'local_only', 'always'] as const

export const loginPolicySchema = z.strictObject({
  allowPassword: z.boolean().default(true),
  allowPasskey: z.boolean().default(true),
  /** Whether a browser that can may make a passkey by itself, right after a password. */
  upgradesToPasskey: z.boolean().default(true),
  /** What may be set up and what counts; one that is not in the list is neither offered nor accepted. */
  secondFactors: z.array(z.enum(SECOND_FACTORS)).default([...SECOND_FACTORS]),
  forceSecondFactor: z.enum(FORCED).default('never'),
  /** What a person may type to say who they are. */
  identifiers: z.array(z.enum(IDENTIFIER_KINDS)).min(1).default(['username', 'email', 'phone']),
  /** Whether people may choose another user name themselves. */
  allowUsernameChange: z.boolean().default(true),
  /** Whether the password screen offers to set a new one. */
  allowPasswordReset: z.boolean().default(true),
  /** A password check counts this long. */
  passwordCheckLifetime: seconds(60, 365 * DAY).default(10 * DAY),
  passkeyCheckLifetime: seconds(60, 365 * DAY).default(12 * HOUR),
  secondFactorCheckLifetime: seconds(60, 365 * DAY).default(18 * HOUR),
  /** Who checks "don't ask again on this device" is not asked there for a second factor for so long; 0: nobody is offered that. */
  trustedDeviceLifetime: seconds(0, 365 * DAY).default(0),
  /** Who may set a second factor up and says "not now" is not asked again for so long; 0: nobody is ever asked. */
  enrollmentSkipLifetime: seconds(0, 365 * DAY).default(30 * DAY),
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
  /** Which text of them stands behind the links: who registers accepts this one. */
  version: z.string().min(1).max(40).optional(),
})
export type LinksPolicy = z.infer<typeof linksPolicySchema>

export const DEFAULT_LOGIN_POLICY: LoginPolicy = loginPolicySchema.parse({})
