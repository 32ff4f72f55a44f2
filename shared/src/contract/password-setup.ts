import { createRoute, z } from '@hono/zod-openapi'
import { passwordSetupSchema } from '../password-rules.ts'
import { body, json, problems } from './problems.ts'

/** Sets the first password with the one-time link that the operator was given. It adds no check: signing in comes after. */
export const setUpPassword = createRoute({
  method: 'post',
  path: '/api/password-setup',
  request: body(passwordSetupSchema),
  responses: {
    200: { description: 'whom to sign in as now', ...json(z.object({ loginName: z.string() })) },
    ...problems('code_invalid'),
  },
})

export const passwordSetupRoutes = { setUpPassword }
