import { createRoute, z } from '@hono/zod-openapi'
import { own } from './me.ts'
import { body, json, problems } from './problems.ts'

/** An application that may use the account. */
export const ownApplicationSchema = z.object({
  id: z.string(),
  name: z.string(),
  organization: z.string(),
  /** https, or null. */
  privacy: z.string().nullable(),
  terms: z.string().nullable(),
  /** Where it begins a login of this person; null: it does not say. */
  open: z.string().nullable(),
  scopes: z.array(z.string()),
  /** When the person agreed, or first went there; ISO 8601. */
  since: z.string(),
  /** The last sign-in that still counts; null when there is none. */
  lastUsedAt: z.string().nullable(),
})
export type OwnApplication = z.infer<typeof ownApplicationSchema>

export const listApplications = createRoute({
  method: 'get',
  path: '/api/me/applications',
  responses: {
    200: {
      description: 'applications that were agreed to or hold tokens, the latest used first',
      ...json(z.object({ applications: z.array(ownApplicationSchema) })),
    },
    ...problems(...own),
  },
})

/** Takes everything back from an application: its tokens are dead at once, and it asks again where it has to. */
export const revokeApplication = createRoute({
  method: 'post',
  path: '/api/me/applications/revoke',
  request: body(z.strictObject({ application: z.string().max(64) })),
  responses: {
    200: { description: 'the others', ...json(z.object({ applications: z.array(ownApplicationSchema) })) },
    ...problems(...own, 'not_found'),
  },
})

export const applicationsRoutes = { listApplications, revokeApplication }
