import { createRoute, z } from '@hono/zod-openapi'
import { own } from './me.ts'
import { body, json, problems } from './problems.ts'

const trustedDeviceSchema = z.object({
  id: z.string(),
  /** Whether it is the browser that asks. */
  current: z.boolean(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  /** ISO 8601. */
  trustedAt: z.string(),
  until: z.string(),
})
export type OwnTrustedDevice = z.infer<typeof trustedDeviceSchema>

const trustedDevicesSchema = z.object({
  /** Whether the organization lets browsers be trusted. */
  isAllowed: z.boolean(),
  /** The newest first. */
  devices: z.array(trustedDeviceSchema),
})
export type OwnTrustedDevices = z.infer<typeof trustedDevicesSchema>

const answer = {
  200: { description: 'browsers that are not asked for a second factor', ...json(trustedDevicesSchema) },
}

export const listTrustedDevices = createRoute({
  method: 'get',
  path: '/api/me/trusted-devices',
  responses: { ...answer, ...problems(...own) },
})
/** One of them, or all. */
export const removeTrustedDevice = createRoute({
  method: 'post',
  path: '/api/me/trusted-devices/remove',
  request: body(z.strictObject({ id: z.union([z.literal('all'), z.string().max(64)]) })),
  responses: { ...answer, ...problems(...own, 'reauth_required', 'not_found') },
})

export const ownTrustedDeviceRoutes = { listTrustedDevices, removeTrustedDevice }
