import { createRoute, z } from '@hono/zod-openapi'
import { serviceUserConfigurationSchema } from '../configuration-service-user.ts'
import { changing, managed, organization } from './management.ts'
import { next, paging } from './paging.ts'
import { body, json, problems, typed } from './problems.ts'

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
  /** ISO 8601, here and below. */
  createdAt: z.string(),
})
export type ManagedServiceUser = z.infer<typeof serviceUserSchema>

const keySchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  /** Null: until it is deleted. */
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
})
export type ManagedKey = z.infer<typeof keySchema>

const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
})
export type ManagedToken = z.infer<typeof tokenSchema>

const ALL = '/api/v1/organizations/{organization}/service-users'
const ONE = `${ALL}/{serviceUser}` as const
const ofOrganization = { params: z.object({ organization }) }
const serviceUser = z.string().max(64)
const ofOne = { params: z.object({ organization, serviceUser }) }
const nothing = body(z.strictObject({}))
const one = { 200: { description: 'the service user as it is now', ...json(serviceUserSchema) } } as const
const gone = { 200: { description: 'done', ...json(z.object({ done: z.boolean() })) } } as const
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
  path: ONE,
  request: ofOne,
  responses: { ...one, ...problems(...managed) },
})

const serviceUserChangeSchema = z.strictObject({ name: name.optional(), settings })
export type ServiceUserChange = z.infer<typeof serviceUserChangeSchema>

const changeServiceUser = createRoute({
  tags,
  summary: 'Change its name or settings',
  method: 'patch',
  path: ONE,
  request: { ...ofOne, ...body(serviceUserChangeSchema) },
  responses: { ...one, ...problems(...changing) },
})

const deleteServiceUser = createRoute({
  tags,
  summary: 'Delete a service user for good, with its keys and tokens',
  method: 'delete',
  path: ONE,
  request: ofOne,
  responses: { ...gone, ...problems(...changing, 'last_owner') },
})

const stateChange = <Name extends string>(name: Name, summary: string) =>
  createRoute({
    tags,
    summary,
    method: 'post',
    path: `${ONE}/${name}`,
    request: { ...ofOne, ...nothing },
    responses: { ...one, ...problems(...changing, 'last_owner') },
  })
const deactivateServiceUser = stateChange('deactivate', 'Shut it out: every token of it ends at once')
const reactivateServiceUser = stateChange('reactivate', 'Let it in again')

const renewServiceUserSecret = createRoute({
  tags,
  summary: 'A secret in the place of the one before',
  method: 'post',
  path: `${ONE}/secret`,
  request: { ...ofOne, ...nothing },
  responses: {
    200: { description: 'it is shown once', ...json(z.object({ secret: z.string() })) },
    ...problems(...changing),
  },
})

const removeServiceUserSecret = createRoute({
  tags,
  summary: 'Take its secret away, with everything that was had by it',
  method: 'delete',
  path: `${ONE}/secret`,
  request: ofOne,
  responses: { ...gone, ...problems(...changing) },
})

const listServiceUserKeys = createRoute({
  tags,
  summary: 'Its keys',
  method: 'get',
  path: `${ONE}/keys`,
  request: ofOne,
  responses: {
    200: { description: 'the oldest first', ...json(z.object({ keys: z.array(keySchema) })) },
    ...problems(...managed),
  },
})

const newKeySchema = z.strictObject({
  /** A public JWK; without it a pair is made, and the answer is the file for the program. */
  publicKey: z.record(z.string(), z.unknown()).optional(),
  expiresAt: z.iso.datetime().optional(),
})
export type NewManagedKey = z.infer<typeof newKeySchema>

const keyFileSchema = z.object({
  type: z.literal('serviceaccount'),
  keyId: z.string(),
  /** An RSA key in PEM. Null where the public half was sent. */
  key: z.string().nullable(),
  userId: z.string(),
})
export type ManagedKeyFile = z.infer<typeof keyFileSchema>

const createServiceUserKey = createRoute({
  tags,
  summary: 'A key, by which it signs what it asks',
  method: 'post',
  path: `${ONE}/keys`,
  request: { ...ofOne, ...body(newKeySchema) },
  responses: {
    200: { description: 'the file for its program, in the form of ZITADEL; it is shown once', ...json(keyFileSchema) },
    ...problems(...changing, 'too_many'),
  },
})

const removeServiceUserKey = createRoute({
  tags,
  summary: 'Delete a key, with everything that was had by it',
  method: 'delete',
  path: `${ONE}/keys/{key}`,
  request: { params: z.object({ organization, serviceUser, key: z.string().max(200) }) },
  responses: { ...gone, ...problems(...changing) },
})

const listServiceUserTokens = createRoute({
  tags,
  summary: 'Its personal access tokens, without what they say',
  method: 'get',
  path: `${ONE}/tokens`,
  request: ofOne,
  responses: {
    200: { description: 'the oldest first', ...json(z.object({ tokens: z.array(tokenSchema) })) },
    ...problems(...managed),
  },
})

const newTokenSchema = z.strictObject({
  name: typed(200),
  /** What it opens; `openid` is userinfo. */
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/))
    .min(1)
    .max(50),
  expiresAt: z.iso.datetime(),
})
export type NewManagedToken = z.infer<typeof newTokenSchema>

const createServiceUserToken = createRoute({
  tags,
  summary: 'A personal access token',
  method: 'post',
  path: `${ONE}/tokens`,
  request: { ...ofOne, ...body(newTokenSchema) },
  responses: {
    200: { description: 'it is shown once', ...json(z.object({ id: z.string(), token: z.string() })) },
    ...problems(...changing, 'too_many'),
  },
})

const removeServiceUserToken = createRoute({
  tags,
  summary: 'Delete a token: it opens nothing from then on',
  method: 'delete',
  path: `${ONE}/tokens/{token}`,
  request: { params: z.object({ organization, serviceUser, token: z.string().max(64) }) },
  responses: { ...gone, ...problems(...changing) },
})

export const managedServiceUserRoutes = {
  listServiceUsers,
  createServiceUser,
  getServiceUser,
  changeServiceUser,
  deleteServiceUser,
  deactivateServiceUser,
  reactivateServiceUser,
  renewServiceUserSecret,
  removeServiceUserSecret,
  listServiceUserKeys,
  createServiceUserKey,
  removeServiceUserKey,
  listServiceUserTokens,
  createServiceUserToken,
  removeServiceUserToken,
}
