import { createRoute, z } from '@hono/zod-openapi'
import { brandingViewSchema } from '../branding.ts'
import { passwordRulesSchema } from '../policies/password.ts'
import { stepWith } from './login.ts'
import { body, json, newPassword, problems } from './problems.ts'

const token = z.string().min(1).max(128)
/** Whether everybody who is signed in with this account has to sign in again. */
const endOtherSessions = z.boolean().default(true)

/** "Forgot password?", and the same again for a new code. The answer is the same whether somebody has that name. */
export const beginReset = stepWith('reset', z.strictObject({}), ['forbidden'])
export const enterResetCode = stepWith('reset-code', z.strictObject({ code: z.string().min(1).max(500) }), [
  'code_wrong',
  'code_expired',
])
/** The link of the message, in the browser that waits for its code. */
export const enterResetLink = stepWith('reset-link', z.strictObject({ token }), ['code_invalid'])
/** The new password. It signs nobody in: the next step asks for it. */
export const setNewPassword = stepWith('new-password', z.strictObject({ newPassword, endOtherSessions }), [
  'code_invalid',
])
/** A new password in the place of one that has to be replaced. */
export const changePassword = stepWith('change-password', z.strictObject({ newPassword, endOtherSessions }))
/** Back to the password; what was sent opens nothing any more. */
export const leaveReset = stepWith('reset-cancel', z.strictObject({}))

/** What the page behind the link says and does. Looking spends nothing. */
export const lookAtReset = createRoute({
  method: 'post',
  path: '/api/password-reset/look',
  request: body(z.strictObject({ token })),
  responses: {
    200: {
      description: 'the request that waits for it in this browser, its owner, and the rules for the new password',
      ...json(
        z.object({
          request: z.string().nullable(),
          loginName: z.string(),
          rules: passwordRulesSchema,
          branding: brandingViewSchema,
        }),
      ),
    },
    ...problems('code_invalid'),
  },
})

/** Sets the password by the link alone, in any browser. */
export const resetByLink = createRoute({
  method: 'post',
  path: '/api/password-reset',
  request: body(z.strictObject({ token, newPassword, endOtherSessions })),
  responses: {
    200: { description: 'whom to sign in as now', ...json(z.object({ loginName: z.string() })) },
    ...problems('code_invalid'),
  },
})

export const resetRoutes = {
  beginReset,
  enterResetCode,
  enterResetLink,
  setNewPassword,
  changePassword,
  leaveReset,
  lookAtReset,
  resetByLink,
}
