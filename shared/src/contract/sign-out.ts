import { createRoute, z } from '@hono/zod-openapi'
import { accountViewSchema } from '../login-step.ts'
import { body, json, problems } from './problems.ts'

/** The confirmation of a sign-out that an application asked for without proof of whom it means. */
export const confirmSignOut = createRoute({
  method: 'post',
  path: '/api/sign-out/{request}',
  request: {
    params: z.object({ request: z.string().max(64) }),
    ...body(z.strictObject({ session: z.union([z.literal('all'), z.string().max(64)]) })),
  },
  responses: {
    200: {
      description: 'signed out; `redirect` is the address the application registered, when it may be followed',
      ...json(z.object({ redirect: z.string().nullable(), remaining: z.array(accountViewSchema) })),
    },
    ...problems('request_not_found', 'request_expired', 'request_finished'),
  },
})

export const signOutRoutes = { confirmSignOut }
