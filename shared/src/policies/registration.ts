import { z } from 'zod'

export const FIELD_DEMANDS = ['hidden', 'optional', 'required'] as const
export type FieldDemand = (typeof FIELD_DEMANDS)[number]
const field = z.enum(FIELD_DEMANDS).default('hidden')

/** Given name, family name and email are always asked for; these are asked for besides. */
export const REGISTRATION_FIELDS = ['username', 'phone', 'nickname', 'birthdate', 'gender', 'website'] as const
export type RegistrationField = (typeof REGISTRATION_FIELDS)[number]

/** Who may make an account of their own, and what they are asked for. */
export const registrationPolicySchema = z.strictObject({
  /** Off: every route of it is refused. */
  isAllowed: z.boolean().default(true),
  fields: z
    .strictObject({ username: field, phone: field, nickname: field, birthdate: field, gender: field, website: field })
    .prefault({}),
  /** The browser works for a moment before it may register, so that robots pay. */
  proofOfWork: z.boolean().default(false),
  /** Only addresses under these domains; empty: any. */
  emailDomains: z.array(z.string().min(1).max(253)).max(100).default([]),
})
export type RegistrationPolicy = z.infer<typeof registrationPolicySchema>
