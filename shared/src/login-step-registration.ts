import { z } from 'zod'
import { FIRST_FACTORS } from './factors.ts'
import { passwordRulesSchema } from './policies/password.ts'
import { REGISTRATION_FIELDS } from './policies/registration.ts'

/** Everything the form may hold, by the names that password managers and integrators rely on. */
export const REGISTRATION_VALUES = ['givenName', 'familyName', 'email', ...REGISTRATION_FIELDS] as const

/** Work for the browser, signed by us (ALTCHA, proof of work v2); it comes back as it was given out. */
export const challengeSchema = z.strictObject({
  parameters: z.strictObject({
    algorithm: z.string().max(40),
    cost: z.int(),
    keyLength: z.int(),
    keyPrefix: z.string().max(64),
    nonce: z.string().max(64),
    salt: z.string().max(64),
    data: z.strictObject({ place: z.string().max(64), until: z.int() }),
  }),
  signature: z.string().max(128),
})

export const proofSchema = z.strictObject({
  challenge: challengeSchema,
  solution: z.strictObject({ counter: z.int(), derivedKey: z.string().max(128) }),
})
export type Proof = z.infer<typeof proofSchema>

/** What the page sees of somebody who makes an account of their own. */
export const registrationSteps = [
  z.object({
    kind: z.literal('register'),
    /** Whom one joins. */
    organization: z.string(),
    /** The fields besides the three that are always asked for. */
    fields: z.array(z.object({ name: z.enum(REGISTRATION_FIELDS), isRequired: z.boolean() })),
    /** What is known already: typed before, or named by the application. */
    values: z.partialRecord(z.enum(REGISTRATION_VALUES), z.string()),
    /** What may open the account. */
    ways: z.array(z.enum(FIRST_FACTORS)),
    /** What a new password must be; what is typed into the form is added by the page. */
    passwordRules: passwordRulesSchema,
    /** What has to be accepted; `version` is sent back with the form. */
    terms: z.object({ version: z.string(), terms: z.string().nullable(), privacy: z.string().nullable() }).nullable(),
    /** To be solved before the form is sent; null where nobody asks for it. */
    challenge: challengeSchema.nullable(),
  }),
  z.object({
    kind: z.literal('verify_email'),
    /** As it was typed, by the person who reads it. */
    email: z.string(),
    /** What will open the account. */
    way: z.enum(FIRST_FACTORS),
    /** Seconds from now. */
    endsIn: z.int(),
    /** Seconds from now until the next code may be asked for. */
    resendIn: z.int(),
    triesLeft: z.int(),
  }),
  /** The address is proven, and what opens the account is still to come. */
  z.object({
    kind: z.literal('finish_registration'),
    email: z.string(),
    ways: z.array(z.enum(FIRST_FACTORS)),
    passwordRules: passwordRulesSchema,
  }),
] as const
