import { createRoute, z } from '@hono/zod-openapi'
import { MODES } from '../branding.ts'
import { body, json, problems } from './problems.ts'

/** Remembers in this browser whether pages are light or dark, where the organization leaves that open. */
export const chooseAppearance = createRoute({
  method: 'post',
  path: '/api/appearance',
  request: body(z.strictObject({ appearance: z.enum(MODES) })),
  responses: {
    200: { description: 'what is remembered', ...json(z.object({ appearance: z.enum(MODES) })) },
    ...problems(),
  },
})

export const appearanceRoutes = { chooseAppearance }
