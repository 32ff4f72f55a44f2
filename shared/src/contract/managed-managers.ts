import { createRoute, z } from '@hono/zod-openapi'
import { ROLES } from '../roles.ts'
import { changing, managed, organization } from './management.ts'
import { next, paging } from './paging.ts'
import { body, json, problems } from './problems.ts'

const role = z.enum(ROLES)
const managerSchema = z.object({ user: z.string(), roles: z.array(role) })
export type ManagerRoles = z.infer<typeof managerSchema>

const HERE = '/api/v1/organizations/{organization}/managers'
const ONE = `${HERE}/{user}` as const
const ON_INSTANCE = '/api/v1/instance/managers'
const ONE_ON_INSTANCE = `${ON_INSTANCE}/{user}` as const
const user = z.string().max(64)
const tags = ['Managers']

const page = {
  200: {
    description: 'a page, by users',
    ...json(z.object({ managers: z.array(z.object({ user: z.string(), role })), next })),
  },
  ...problems(...managed, 'cursor_invalid'),
} as const
const wanted = body(z.strictObject({ roles: z.array(role).max(ROLES.length) }))
const one = {
  200: { description: 'the roles that they have there now', ...json(managerSchema) },
  ...problems(...changing, 'last_owner'),
} as const

const listManagers = createRoute({
  tags,
  summary: 'Who has which role in an organization',
  method: 'get',
  path: HERE,
  request: { params: z.object({ organization }), query: z.strictObject(paging) },
  responses: page,
})

const setManager = createRoute({
  tags,
  summary: 'The roles of a user in their organization, in the place of those before; none is an empty list',
  method: 'put',
  path: ONE,
  request: { params: z.object({ organization, user }), ...wanted },
  responses: one,
})

const listInstanceManagers = createRoute({
  tags,
  summary: 'Who has which role on the instance',
  method: 'get',
  path: ON_INSTANCE,
  request: { query: z.strictObject(paging) },
  responses: page,
})

const setInstanceManager = createRoute({
  tags,
  summary: 'The roles of a user on the instance, in the place of those before',
  method: 'put',
  path: ONE_ON_INSTANCE,
  request: { params: z.object({ user }), ...wanted },
  responses: one,
})

export const managedManagerRoutes = { listManagers, setManager, listInstanceManagers, setInstanceManager }
