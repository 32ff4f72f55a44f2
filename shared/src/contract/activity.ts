import { createRoute, z } from '@hono/zod-openapi'
import { ACTIVITY_TYPES } from '../activity.ts'
import { own } from './me.ts'
import { json, problems } from './problems.ts'

export const activitySchema = z.object({
  id: z.string(),
  /** ISO 8601. */
  at: z.string(),
  type: z.enum(ACTIVITY_TYPES),
  /** Who did it; null where nobody did, or nobody knows. */
  by: z.enum(['self', 'manager']).nullable(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  /** The name of the application it is about. */
  application: z.string().nullable(),
})
export type Activity = z.infer<typeof activitySchema>

/** What happened to the own account, newest first. `next` of an answer is `before` of the next question; null at the end. */
export const listActivity = createRoute({
  method: 'get',
  path: '/api/me/activity',
  request: { query: z.strictObject({ before: z.string().max(64).optional() }) },
  responses: {
    200: {
      description: 'a page of what happened',
      ...json(z.object({ activity: z.array(activitySchema), next: z.string().nullable() })),
    },
    ...problems(...own),
  },
})

export const activityRoutes = { listActivity }
