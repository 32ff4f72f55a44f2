import { createRoute, z } from '@hono/zod-openapi'
import { serviceUserConfigurationSchema } from '../configuration-service-user.ts'
import { changing, gone, managed, nothing, organization } from './management.ts'
import { next, paging } from './paging.ts'
import { body, json, problems } from './problems.ts'
import { sourcedLifetime } from './sourced-lifetime.ts'

const STATES = ['active', 'locked', 'deactivated'] as const

const serviceUserSchema = z.object({
  id: z.string(),
  organization: z.string(),
  /** `sub` on the wire. */
  subject: z.string(),
  state: z.enum(STATES),
  /** Its name where a client id is wanted. */
  clientId: z.string(),
  name: z.string(),
  hasSecret: z.boolean(),
  settings: z.record(z.string(), z.unknown()),
  /** What counts; in `settings` it is null where a policy says it. */
  lifetimes: z.object({ accessTokenLifetime: sourcedLifetime }),
  /** ISO 8601, here and below. */
  createdAt: z.string(),
})
export type ManagedServiceUser = z.infer<typeof serviceUserSchema>

const ALL = '/api/v1/organizations/{organization}/service-users'
export const ONE_SERVICE_USER = `${ALL}/{serviceUser}` as const
const ofOrganization = { params: z.object({ organization }) }
export const serviceUser = z.string().max(64)
export const ofServiceUser = { params: z.object({ organization, serviceUser }) }
const one = { 200: { description: 'the service user as it is now', ...json(serviceUserSchema) } } as const
const tags = ['Service users']
const { clientId, name, subject, settings } = serviceUserConfigurationSchema.shape

const listServiceUsers = createRoute({
  tags,
  summary: 'Service users of an organization, the oldest first',
  method: 'get',
  path: ALL,
  request: { ...ofOrganization, query: z.strictObject({ ...paging, state: z.enum(STATES).optional() }) },
  responses: {
    200: { description: 'a page', ...json(z.object({ serviceUsers: z.array(serviceUserSchema), next })) },
    ...problems(...managed, 'cursor_invalid'),
  },
})

const newServiceUserSchema = z.strictObject({ clientId, name, subject, settings })
export type NewManagedServiceUser = z.infer<typeof newServiceUserSchema>

const createServiceUser = createRoute({
  tags,
  summary: 'Create a service user',
  method: 'post',
  path: ALL,
  request: { ...ofOrganization, ...body(newServiceUserSchema) },
  responses: { ...one, ...problems(...changing) },
})

const getServiceUser = createRoute({
  tags,
  summary: 'One service user',
  method: 'get',
  path: ONE_SERVICE_USER,
  request: ofServiceUser,
  responses: { ...one, ...problems(...managed) },
})

const serviceUserChangeSchema = z.strictObject({ name: name.optional(), settings })
export type ServiceUserChange = z.infer<typeof serviceUserChangeSchema>

const changeServiceUser = createRoute({
  tags,
  summary: 'Change its name or settings',
  method: 'patch',
  path: ONE_SERVICE_USER,
  request: { ...ofServiceUser, ...body(serviceUserChangeSchema) },
  responses: { ...one, ...problems(...changing) },
})

const deleteServiceUser = createRoute({
  tags,
  summary: 'Delete a service user for good, with its keys and tokens',
  method: 'delete',
  path: ONE_SERVICE_USER,
  request: ofServiceUser,
  responses: { ...gone, ...problems(...changing, 'last_owner') },
})

const stateChange = <Name extends string>(name: Name, summary: string) =>
  createRoute({
    tags,
    summary,
    method: 'post',
    path: `${ONE_SERVICE_USER}/${name}`,
    request: { ...ofServiceUser, ...nothing },
    responses: { ...one, ...problems(...changing, 'last_owner') },
  })
const deactivateServiceUser = stateChange('deactivate', 'Shut it out: every token of it ends at once')
const reactivateServiceUser = stateChange('reactivate', 'Let it in again')

export const managedServiceUserRoutes = {
  listServiceUsers,
  createServiceUser,
  getServiceUser,
  changeServiceUser,
  deleteServiceUser,
  deactivateServiceUser,
  reactivateServiceUser,
}
