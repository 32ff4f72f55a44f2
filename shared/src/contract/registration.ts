import { z } from '@hono/zod-openapi'
import { proofSchema, REGISTRATION_VALUES } from '../login-step-registration.ts'
import { keepsPasskeys, stepWith } from './login.ts'

/** An account of one's own, made under a pending request: the form, the code that confirms the address, and on to the application. */
const value = z.string().max(4096).default('')
const values = Object.fromEntries(REGISTRATION_VALUES.map((name) => [name, value])) as Record<
  (typeof REGISTRATION_VALUES)[number],
  typeof value
>

/** `identifier` is what was typed at the sign-in, so that nobody types it twice. */
export const beginRegistration = stepWith(
  'registration',
  z.strictObject({ identifier: z.string().max(254).default('') }),
  ['registration_closed'],
)

/** What a field must hold follows the organization's policy: the fields that fail come back with what is wrong with them. */
export const register = stepWith(
  'register',
  z.strictObject({
    ...values,
    newPassword: z.string().max(1024).default(''),
    /** The version of the terms that were accepted. */
    accepted: z.string().max(8192).nullable().default(null),
    /** The work of the step, done. */
    proof: proofSchema.nullable().default(null),
  }),
  ['registration_closed', 'proof_of_work_required'],
)

/** Back to the form, with everything in it but the password. The code that was sent opens nothing any more. */
export const changeRegistration = stepWith('registration-change', z.strictObject({}), ['registration_closed'])

export const enterEmailCode = stepWith(
  'email-code',
  z.strictObject({ code: z.string().min(1).max(500), keepsPasskeys }),
  ['registration_closed', 'code_wrong', 'code_expired'],
)

/** A new code; the one before ends. */
export const resendEmailCode = stepWith('email-code-resend', z.strictObject({}), ['registration_closed'])

export const registrationRoutes = { beginRegistration, register, changeRegistration, enterEmailCode, resendEmailCode }
