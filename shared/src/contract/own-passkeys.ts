import { createRoute, z } from '@hono/zod-openapi'
import { own } from './me.ts'
import { body, json, problems, typed } from './problems.ts'
import { creationOptionsSchema, registrationSchema } from './webauthn.ts'

const passkeySchema = z.object({
  id: z.string(),
  /** What its owner calls it. */
  label: z.string().nullable(),
  /** Who keeps it, a proper name; null where that is not known. */
  model: z.string().nullable(),
  /** Whether it is on several devices of its owner, or on this one thing only. */
  isSynced: z.boolean(),
  /** ISO 8601. */
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** Whether another way in is left without it. */
  isRemovable: z.boolean(),
})

/** What a browser may be told of somebody's passkeys and keys, so that it offers no others (Level 3, 5.1.10). */
export const signalSchema = z.object({
  rpId: z.string(),
  userId: z.string(),
  credentialIds: z.array(z.string()),
  name: z.string(),
  displayName: z.string(),
})
export type Signal = z.infer<typeof signalSchema>

export const ownPasskeysSchema = z.object({
  /** Whether a passkey opens anything here. */
  isAllowed: z.boolean(),
  passkeys: z.array(passkeySchema),
  /** Null before the first one. */
  signal: signalSchema.nullable(),
})
export type OwnPasskeys = z.infer<typeof ownPasskeysSchema>
export type OwnPasskey = OwnPasskeys['passkeys'][number]

const passkeys = { 200: { description: 'how everything stands now', ...json(ownPasskeysSchema) } }

export const getPasskeys = createRoute({
  method: 'get',
  path: '/api/me/passkeys',
  responses: { ...passkeys, ...problems(...own) },
})

/** Asked for with a fresh proof; what comes of it needs none, because only this session can answer the challenge. */
export const beginOwnPasskey = createRoute({
  method: 'post',
  path: '/api/me/passkeys/options',
  request: body(z.strictObject({})),
  responses: {
    200: { description: 'what to ask the browser', ...json(z.object({ options: creationOptionsSchema })) },
    ...problems(...own, 'reauth_required', 'forbidden', 'too_many'),
  },
})

export const addOwnPasskey = createRoute({
  method: 'post',
  path: '/api/me/passkeys',
  request: body(z.strictObject({ credential: registrationSchema })),
  responses: {
    ...passkeys,
    ...problems(...own, 'passkey_refused', 'challenge_over', 'forbidden', 'too_many'),
  },
})

/** Null gives it the name of its model back. */
export const renameOwnPasskey = createRoute({
  method: 'post',
  path: '/api/me/passkeys/rename',
  request: body(z.strictObject({ id: z.string().max(64), label: typed(60).nullable() })),
  responses: { ...passkeys, ...problems(...own, 'not_found') },
})

export const removeOwnPasskey = createRoute({
  method: 'post',
  path: '/api/me/passkeys/remove',
  request: body(z.strictObject({ id: z.string().max(64) })),
  responses: { ...passkeys, ...problems(...own, 'reauth_required', 'not_found', 'last_way') },
})

export const ownPasskeyRoutes = { getPasskeys, beginOwnPasskey, addOwnPasskey, renameOwnPasskey, removeOwnPasskey }
