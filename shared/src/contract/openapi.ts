import { OpenAPIHono } from '@hono/zod-openapi'
import { managementApi } from './management-api.ts'

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A name for this change: asked for again within 24 hours, it is answered again and not made again.',
  schema: { type: 'string', maxLength: 255 },
} as const

const SECURITY = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token of a service user with a role, issued for urn:vestibule:org:project:id:vestibule:aud',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-vestibule',
    description: 'The session of somebody at the pages of this server, whose requests bring their Origin',
  },
} as const

type About = {
  /** Where the API is. */
  issuer: string
  /** What a caller needs, by method and path, as a sentence of one word: the permission. */
  permissionOf: (method: string, path: string) => string
}

/** The management API in the words of OpenAPI 3.1, made of the records that the server checks requests and answers by. */
export function openApiDocument({ issuer, permissionOf }: About) {
  const app = new OpenAPIHono()
  for (const [name, scheme] of Object.entries(SECURITY))
    app.openAPIRegistry.registerComponent('securitySchemes', name, scheme)
  for (const [operationId, route] of Object.entries(managementApi))
    app.openAPIRegistry.registerPath({
      ...route,
      operationId,
      description: `Needs the permission ${permissionOf(route.method, route.getRoutingPath())}.`,
    })
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Vestibule management API', version: '1' },
    servers: [{ url: issuer }],
    security: Object.keys(SECURITY).map((name) => ({ [name]: [] })),
  })
  for (const path of Object.values(document.paths ?? {}))
    for (const operation of [path.post, path.put, path.patch, path.delete])
      if (operation) operation.parameters = [...(operation.parameters ?? []), { ...IDEMPOTENCY_KEY }]
  return document
}
