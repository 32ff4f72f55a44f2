import { createRoute, z } from '@hono/zod-openapi'
import { ONE_SERVICE_USER, ofServiceUser, serviceUser } from './managed-service-users.ts'
import { changing, gone, managed, nothing, organization } from './management.ts'
import { body, json, problems, typed } from './problems.ts'

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

const tags = ['Service users']

const renewServiceUserSecret = createRoute({
  tags,
  summary: 'A secret in the place of the one before',
  method: 'post',
  path: `${ONE_SERVICE_USER}/secret`,
  request: { ...ofServiceUser, ...nothing },
  responses: {
    200: { description: 'it is shown once', ...json(z.object({ secret: z.string() })) },
    ...problems(...changing),
  },
})

const removeServiceUserSecret = createRoute({
  tags,
  summary: 'Take its secret away, with everything that was had by it',
  method: 'delete',
  path: `${ONE_SERVICE_USER}/secret`,
  request: ofServiceUser,
  responses: { ...gone, ...problems(...changing) },
})

const listServiceUserKeys = createRoute({
  tags,
  summary: 'Its keys',
  method: 'get',
  path: `${ONE_SERVICE_USER}/keys`,
  request: ofServiceUser,
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
  path: `${ONE_SERVICE_USER}/keys`,
  request: { ...ofServiceUser, ...body(newKeySchema) },
  responses: {
    200: { description: 'the file for its program, in the form of ZITADEL; it is shown once', ...json(keyFileSchema) },
    ...problems(...changing, 'too_many'),
  },
})

const removeServiceUserKey = createRoute({
  tags,
  summary: 'Delete a key, with everything that was had by it',
  method: 'delete',
  path: `${ONE_SERVICE_USER}/keys/{key}`,
  request: { params: z.object({ organization, serviceUser, key: z.string().max(200) }) },
  responses: { ...gone, ...problems(...changing) },
})

const listServiceUserTokens = createRoute({
  tags,
  summary: 'Its personal access tokens, without what they say',
  method: 'get',
  path: `${ONE_SERVICE_USER}/tokens`,
  request: ofServiceUser,
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
  path: `${ONE_SERVICE_USER}/tokens`,
  request: { ...ofServiceUser, ...body(newTokenSchema) },
  responses: {
    200: { description: 'it is shown once', ...json(z.object({ id: z.string(), token: z.string() })) },
    ...problems(...changing, 'too_many'),
  },
})

const removeServiceUserToken = createRoute({
  tags,
  summary: 'Delete a token: it opens nothing from then on',
  method: 'delete',
  path: `${ONE_SERVICE_USER}/tokens/{token}`,
  request: { params: z.object({ organization, serviceUser, token: z.string().max(64) }) },
  responses: { ...gone, ...problems(...changing) },
})

export const serviceUserCredentialRoutes = {
  renewServiceUserSecret,
  removeServiceUserSecret,
  listServiceUserKeys,
  createServiceUserKey,
  removeServiceUserKey,
  listServiceUserTokens,
  createServiceUserToken,
  removeServiceUserToken,
}
