import { createRoute, z } from '@hono/zod-openapi'
import { own } from './me.ts'
import { body, json, problems } from './problems.ts'

/** ISO 8601. */
const instant = z.string()
const maybe = instant.nullable()
const scopes = z.array(z.string())

/** The lists that may be longer than what is given out; `cut` names those that are. */
export const OWN_DATA_LISTS = [
  'credentials',
  'sessions',
  'trustedDevices',
  'knownBrowsers',
  'grants',
  'messages',
  'events',
] as const

/** All that is kept of one person, but what would open something, and what is somebody else's. */
export const ownDataSchema = z.object({
  format: z.literal('vestibule-own-data'),
  version: z.literal(1),
  issuer: z.string(),
  exportedAt: instant,
  account: z.object({
    id: z.string(),
    /** `sub`: how applications know the person. */
    subject: z.string(),
    displayName: z.string(),
    organization: z.string(),
    createdAt: instant,
    deletionAt: maybe,
    roles: z.array(z.object({ role: z.string(), scope: z.string() })),
  }),
  /** By the names of shared/profile.ts. */
  profile: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  /** A WebP in base64. */
  picture: z.string().nullable(),
  contacts: z.array(z.object({ kind: z.string(), value: z.string(), verifiedAt: maybe })),
  credentials: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      label: z.string().nullable(),
      createdAt: instant,
      changedAt: instant,
      lastUsedAt: maybe,
    }),
  ),
  sessions: z.array(
    z.object({
      id: z.string(),
      loginName: z.string(),
      userAgent: z.string(),
      checks: z.array(z.object({ factor: z.string(), at: instant })),
      createdAt: instant,
      lastUsedAt: instant,
      expiresAt: instant,
      endedAt: maybe,
    }),
  ),
  /** Where no second check is asked for, and what was shown there. */
  trustedDevices: z.array(
    z.object({ id: z.string(), userAgent: z.string(), factor: z.string(), checkedAt: instant, expiresAt: instant }),
  ),
  /** Where they signed in before: a sign-in in another one is told by mail. */
  knownBrowsers: z.array(z.object({ id: z.string(), seenAt: instant })),
  consents: z.array(z.object({ application: z.string().nullable(), scopes, grantedAt: instant })),
  grants: z.array(
    z.object({
      id: z.string(),
      application: z.string(),
      scopes,
      session: z.string().nullable(),
      createdAt: instant,
      expiresAt: instant,
      revokedAt: maybe,
    }),
  ),
  /** What applications keep about them here. */
  metadata: z.record(z.string(), z.string()),
  acceptances: z.array(
    z.object({
      document: z.string(),
      version: z.string(),
      link: z.string(),
      language: z.string(),
      acceptedAt: instant,
    }),
  ),
  messages: z.array(
    z.object({
      id: z.string(),
      channel: z.string(),
      kind: z.string(),
      recipient: z.string(),
      language: z.string(),
      state: z.string(),
      createdAt: instant,
      sentAt: maybe,
    }),
  ),
  events: z.array(
    z.object({
      id: z.string(),
      at: instant,
      type: z.string(),
      /** Who did it; null: nobody was signed in, or the server did it by itself. */
      by: z.enum(['self', 'manager', 'application']).nullable(),
      /** What it was done to, where that is not a person. */
      target: z.string().nullable(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  cut: z.array(z.enum(OWN_DATA_LISTS)),
})
export type OwnData = z.infer<typeof ownDataSchema>

/**
 * Everything at once, signed: `signature` is a JWS with detached content (RFC 7515, appendix F) over `data` in canonical form (RFC 8785),
 * with a key of the published set. docs/guides/own-data.md says how to verify it.
 */
export const exportOwnData = createRoute({
  method: 'post',
  path: '/api/me/export',
  request: body(z.strictObject({})),
  responses: {
    200: {
      description: 'all own data, signed',
      ...json(z.object({ data: ownDataSchema, signature: z.string() })),
    },
    ...problems(...own, 'reauth_required'),
  },
})

export const ownDataRoutes = { exportOwnData }
