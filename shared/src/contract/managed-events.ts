import { createRoute, z } from '@hono/zod-openapi'
import { managed, organization } from './management.ts'
import { next, paging } from './paging.ts'
import { json, problems } from './problems.ts'

const eventSchema = z.object({
  id: z.string(),
  /** ISO 8601. */
  at: z.string(),
  type: z.string(),
  /** Who did it: a user's id; null for the house itself and its operator. */
  actor: z.string().nullable(),
  target: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  /** Its place in the chain, and the hash that holds the chain together. */
  sequence: z.int(),
  hash: z.string(),
})
export type ManagedEvent = z.infer<typeof eventSchema>

const query = z.strictObject({
  ...paging,
  /** About this user. */
  user: z.string().max(64).optional(),
  /** From this moment on, and before that one. */
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
})
const tags = ['Events']
const page = {
  200: { description: 'a page, newest first', ...json(z.object({ events: z.array(eventSchema), next })) },
} as const

const listEvents = createRoute({
  tags,
  summary: 'What happened in an organization, as far as it is sealed: two seconds late',
  method: 'get',
  path: '/api/v1/organizations/{organization}/events',
  request: { params: z.object({ organization }), query },
  responses: { ...page, ...problems(...managed, 'cursor_invalid') },
})

const listInstanceEvents = createRoute({
  tags,
  summary: 'The same of the instance itself',
  method: 'get',
  path: '/api/v1/instance/events',
  request: { query },
  responses: { ...page, ...problems(...managed, 'cursor_invalid') },
})

export const managedEventRoutes = { listEvents, listInstanceEvents }
