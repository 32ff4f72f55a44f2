import { createRoute, z } from '@hono/zod-openapi'
import { passwordRulesSchema } from '../policies/password.ts'
import { body, json, newPassword, problems } from './problems.ts'

const token = z.string().min(1).max(128)

/** Whom the link is for and what the password must be. Looking does not spend it. */
export const lookAtSetup = createRoute({
  method: 'post',
  path: '/api/password-setup/look',
  request: body(z.strictObject({ token })),
  responses: {
    200: {
      description: 'the owner of the link and the rules for the new password',
      ...json(z.object({ loginName: z.string(), rules: passwordRulesSchema })),
    },
    ...problems('code_invalid'),
  },
})

/** Sets the first password with the one-time link that the operator was given. It adds no check: signing in comes after. */
export const setUpPassword = createRoute({
  method: 'post',
  path: '/api/password-setup',
  request: body(z.strictObject({ token, newPassword })),
  responses: {
    200: {
      description: 'whom to sign in as now, and where: the name is known there',
      ...json(z.object({ loginName: z.string(), signIn: z.string() })),
    },
    ...problems('code_invalid'),
  },
})

export const passwordSetupRoutes = { lookAtSetup, setUpPassword }
