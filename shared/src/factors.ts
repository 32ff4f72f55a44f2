/** What opens an account by itself. */
export const FIRST_FACTORS = ['passkey', 'password'] as const
export type FirstFactor = (typeof FIRST_FACTORS)[number]

/** What proves, after the first proof, that it is the same person. The names are those of policies, checks and events. */
export const SECOND_FACTORS = ['totp', 'security_key', 'email_code', 'sms_code', 'recovery_code'] as const
export type SecondFactor = (typeof SECOND_FACTORS)[number]

/** What is sent to somebody, who types it in. */
export const SENT_CODES = ['email_code', 'sms_code'] as const satisfies readonly SecondFactor[]
export type SentCode = (typeof SENT_CODES)[number]

/** What somebody may have several of, and tells apart by names. */
export const NAMED_FACTORS = ['totp', 'security_key'] as const satisfies readonly SecondFactor[]
export const isNamed = (factor: SecondFactor): boolean => NAMED_FACTORS.some((one) => one === factor)

/** A passkey that verifies its user is two factors, so that it can stand for the second one too. */
export const SECOND_METHODS = ['passkey', ...SECOND_FACTORS] as const
export type SecondMethod = (typeof SECOND_METHODS)[number]

export const FACTORS = [...FIRST_FACTORS, ...SECOND_FACTORS] as const
export type Factor = (typeof FACTORS)[number]
