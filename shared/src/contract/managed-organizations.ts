import { createRoute, z } from '@hono/zod-openapi'
import { domain, line } from '../configuration-text.ts'
import { changing, managed, nothing, organization } from './management.ts'
import { next, paging } from './paging.ts'
import { body, json, problems } from './problems.ts'

const STATES = ['active', 'deactivated'] as const

const organizationSchema = z.object({
  id: z.string(),
  name: z.string(),
  primaryDomain: z.string(),
  /** The host name at which its people sign in, beside the public one. */
  loginDomain: z.string().nullable(),
  state: z.enum(STATES),
  /** Answers where a request names none. */
  isDefault: z.boolean(),
  /** ISO 8601. */
  createdAt: z.string(),
})
export type ManagedOrganization = z.infer<typeof organizationSchema>

const ALL = '/api/v1/organizations'
const ONE = `${ALL}/{organization}` as const
const ofOne = { params: z.object({ organization }) }
const one = { 200: { description: 'the organization as it is now', ...json(organizationSchema) } } as const
const tags = ['Organizations']
const name = line('what people read on the pages of this organization')

const listOrganizations = createRoute({
  tags,
  summary: 'Every organization of the instance, the oldest first',
  method: 'get',
  path: ALL,
  request: {
    query: z.strictObject({
      ...paging,
      state: z.enum(STATES).optional(),
      primaryDomain: z.string().max(253).optional(),
    }),
  },
  responses: {
    200: { description: 'a page', ...json(z.object({ organizations: z.array(organizationSchema), next })) },
    ...problems(...managed, 'cursor_invalid'),
  },
})

const createOrganization = createRoute({
  tags,
  summary: 'Create an organization',
  method: 'post',
  path: ALL,
  request: body(z.strictObject({ name, primaryDomain: domain() })),
  responses: { ...one, ...problems(...changing) },
})

const getOrganization = createRoute({
  tags,
  summary: 'One organization',
  method: 'get',
  path: ONE,
  request: ofOne,
  responses: { ...one, ...problems(...managed) },
})

const changeOrganization = createRoute({
  tags,
  summary: 'Give an organization another name',
  method: 'patch',
  path: ONE,
  request: { ...ofOne, ...body(z.strictObject({ name })) },
  responses: { ...one, ...problems(...changing) },
})

const stateChange = <Name extends string>(verb: Name, summary: string) =>
  createRoute({
    tags,
    summary,
    method: 'post',
    path: `${ONE}/${verb}`,
    request: { ...ofOne, ...nothing },
    responses: { ...one, ...problems(...changing) },
  })
const deactivateOrganization = stateChange(
  'deactivate',
  'Shut an organization out, with everybody and everything in it',
)
const reactivateOrganization = stateChange('reactivate', 'Let an organization in again')

const LOGIN_DOMAIN = `${ONE}/login-domain` as const

const setLoginDomain = createRoute({
  tags,
  summary: 'Let the people of an organization sign in at a host name of its own',
  method: 'put',
  path: LOGIN_DOMAIN,
  request: { ...ofOne, ...body(z.strictObject({ domain: domain() })) },
  responses: { ...one, ...problems(...changing) },
})

const removeLoginDomain = createRoute({
  tags,
  summary: 'Take its own host name away',
  method: 'delete',
  path: LOGIN_DOMAIN,
  request: ofOne,
  responses: { ...one, ...problems(...changing) },
})

export const managedOrganizationRoutes = {
  listOrganizations,
  createOrganization,
  getOrganization,
  changeOrganization,
  deactivateOrganization,
  reactivateOrganization,
  setLoginDomain,
  removeLoginDomain,
}
