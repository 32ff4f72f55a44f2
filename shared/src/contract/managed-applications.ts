import { createRoute, z } from '@hono/zod-openapi'
import { applicationConfigurationSchema } from '../configuration-application.ts'
import { changing, managed, organization } from './management.ts'
import { next, paging } from './paging.ts'
import { body, json, problems } from './problems.ts'
import { sourcedLifetime } from './sourced-lifetime.ts'

const STATES = ['active', 'deactivated'] as const

const applicationSchema = z.object({
  id: z.string(),
  organization: z.string(),
  clientId: z.string(),
  name: z.string(),
  type: z.enum(['web', 'spa', 'native', 'api']),
  state: z.enum(STATES),
  project: z.string().nullable(),
  redirectUris: z.array(z.string()),
  postLogoutRedirectUris: z.array(z.string()),
  grantTypes: z.array(z.string()),
  settings: z.record(z.string(), z.unknown()),
  /** What counts of the lifetimes; in `settings` they are null where a policy says it. */
  lifetimes: z.object({
    accessTokenLifetime: sourcedLifetime,
    idTokenLifetime: sourcedLifetime,
    refreshTokenIdleLifetime: sourcedLifetime,
    refreshTokenAbsoluteLifetime: sourcedLifetime,
  }),
  /** How many it has: two while one replaces the other. */
  secrets: z.int(),
  /** ISO 8601. */
  createdAt: z.string(),
})
export type ManagedApplication = z.infer<typeof applicationSchema>

const ALL = '/api/v1/organizations/{organization}/applications'
const ONE = `${ALL}/{application}` as const
const ofOrganization = { params: z.object({ organization }) }
const ofOne = { params: z.object({ organization, application: z.string().max(64) }) }
const one = { 200: { description: 'the application as it is now', ...json(applicationSchema) } } as const
/** Null where it has none, or keeps what it had. */
const withSecret = {
  200: {
    description: 'the application; a secret is shown once',
    ...json(applicationSchema.extend({ secret: z.string().nullable() })),
  },
} as const
const tags = ['Applications']

const listApplications = createRoute({
  tags,
  summary: 'Applications of an organization, the oldest first',
  method: 'get',
  path: ALL,
  request: {
    ...ofOrganization,
    query: z.strictObject({ ...paging, state: z.enum(STATES).optional(), clientId: z.string().max(128).optional() }),
  },
  responses: {
    200: { description: 'a page', ...json(z.object({ applications: z.array(applicationSchema), next })) },
    ...problems(...managed, 'cursor_invalid'),
  },
})

const createApplication = createRoute({
  tags,
  summary: 'Register an application',
  method: 'post',
  path: ALL,
  request: { ...ofOrganization, ...body(applicationConfigurationSchema) },
  responses: { ...withSecret, ...problems(...changing) },
})

const getApplication = createRoute({
  tags,
  summary: 'One application',
  method: 'get',
  path: ONE,
  request: ofOne,
  responses: { ...one, ...problems(...managed) },
})

const applicationChangeSchema = applicationConfigurationSchema.omit({ clientId: true }).partial()
export type ApplicationChange = z.infer<typeof applicationChangeSchema>

const changeApplication = createRoute({
  tags,
  summary: 'Change what is sent of an application; of its settings too',
  method: 'patch',
  path: ONE,
  request: { ...ofOne, ...body(applicationChangeSchema) },
  responses: { ...withSecret, ...problems(...changing) },
})

const deleteApplication = createRoute({
  tags,
  summary: 'Delete an application for good, with everything that was granted to it',
  method: 'delete',
  path: ONE,
  request: ofOne,
  responses: { 200: { description: 'done', ...json(z.object({ done: z.boolean() })) }, ...problems(...changing) },
})

const rotateApplicationSecret = createRoute({
  tags,
  summary: 'A new secret; with keepPrevious the one before counts on beside it',
  method: 'post',
  path: `${ONE}/secret`,
  request: { ...ofOne, ...body(z.strictObject({ keepPrevious: z.boolean().default(false) })) },
  responses: {
    200: { description: 'it is shown once', ...json(z.object({ secret: z.string() })) },
    ...problems(...changing),
  },
})

export const managedApplicationRoutes = {
  listApplications,
  createApplication,
  getApplication,
  changeApplication,
  deleteApplication,
  rotateApplicationSecret,
}
