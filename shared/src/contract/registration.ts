import { createRoute, z } from '@hono/zod-openapi'
import { FIRST_FACTORS } from '../factors.ts'
import { proofSchema, REGISTRATION_VALUES } from '../login-step-registration.ts'
import { always, keepsPasskeys, params, stepWith } from './login.ts'
import { body, json, problems } from './problems.ts'
import { creationOptionsSchema, registrationSchema } from './webauthn.ts'

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
    /** What is to open the account; a passkey is made once the address is proven. */
    way: z.enum(FIRST_FACTORS).default('password'),
    newPassword: z.string().max(1024).default(''),
    /** The version of the terms that were accepted. */
    accepted: z.string().max(8192).nullable().default(null),
    /** The work of the step, done. */
    proof: proofSchema.nullable().default(null),
  }),
  ['registration_closed', 'proof_of_work_required', 'forbidden'],
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

/** The address is proven: a challenge for the passkey that will open the account. */
export const beginFirstPasskey = createRoute({
  method: 'post',
  path: '/api/login/{request}/first-passkey-options',
  request: { params, ...body(z.strictObject({})) },
  responses: {
    200: { description: 'what to ask the browser', ...json(z.object({ options: creationOptionsSchema })) },
    ...problems(...always, 'wrong_step', 'registration_closed', 'forbidden'),
  },
})

/** It makes the account, and signs in. The challenge is spent in every case. */
export const makeFirstPasskey = stepWith('first-passkey', z.strictObject({ credential: registrationSchema }), [
  'registration_closed',
  'forbidden',
  'passkey_refused',
  'challenge_over',
])

/** A password after all, where one may open the account. */
export const chooseFirstPassword = stepWith(
  'first-password',
  z.strictObject({ newPassword: z.string().max(1024), keepsPasskeys }),
  ['registration_closed', 'forbidden'],
)

export const registrationRoutes = {
  beginRegistration,
  register,
  changeRegistration,
  enterEmailCode,
  resendEmailCode,
  makeFirstPasskey,
  chooseFirstPassword,
}
/** It does not answer with the next step, like every action of a login. */
export const firstPasskeyRoutes = { beginFirstPasskey }
