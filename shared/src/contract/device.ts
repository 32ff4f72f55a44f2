import { createRoute, z } from '@hono/zod-openapi'
import { body, json, problems } from './problems.ts'

/** The code that a device shows, as somebody typed it. What follows is a login, at whose end they are asked. */
export const enterUserCode = createRoute({
  method: 'post',
  path: '/api/device',
  request: body(z.strictObject({ code: z.string().min(1).max(500) })),
  responses: {
    200: { description: 'the page of the login that began', ...json(z.object({ redirect: z.string() })) },
    ...problems('code_invalid'),
  },
})

export const deviceRoutes = { enterUserCode }
