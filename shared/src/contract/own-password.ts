import { createRoute, z } from '@hono/zod-openapi'
import { passwordRulesSchema } from '../policies/password.ts'
import { own } from './me.ts'
import { body, json, newPassword, problems } from './problems.ts'

export const ownPasswordSchema = z.object({
  /** ISO 8601. Null for somebody who has no password. */
  changedAt: z.string().nullable(),
  /** When it has to be replaced, once that is near; null otherwise. */
  endsAt: z.string().nullable(),
  rules: passwordRulesSchema,
})
export type OwnPassword = z.infer<typeof ownPasswordSchema>

/** The password of the person signed in, as far as it is anybody's to know, and the rules for another one. */
export const getOwnPassword = createRoute({
  method: 'get',
  path: '/api/me/password',
  responses: {
    200: { description: 'its age and the rules', ...json(ownPasswordSchema) },
    ...problems(...own),
  },
})

/** Another password in the place of the present one, which has to be said. This session goes on, with a new cookie. */
export const changeOwnPassword = createRoute({
  method: 'post',
  path: '/api/me/password',
  request: body(
    z.strictObject({
      currentPassword: z.string().min(1).max(1024),
      newPassword,
      endOtherSessions: z.boolean().default(true),
    }),
  ),
  responses: {
    200: { description: 'it is changed', ...json(ownPasswordSchema) },
    ...problems(...own, 'invalid_credentials', 'forbidden'),
  },
})

export const ownPasswordRoutes = { getOwnPassword, changeOwnPassword }
