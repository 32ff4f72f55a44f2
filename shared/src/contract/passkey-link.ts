import { createRoute, z } from '@hono/zod-openapi'
import { own } from './me.ts'
import { linkToken } from './not-me.ts'
import { body, json, problems } from './problems.ts'
import { creationOptionsSchema, registrationSchema } from './webauthn.ts'

/** A passkey on another device, by a link that is made on the account pages: shown as text and as a QR code (the path of an SVG, in modules). */
export const passkeyLinkSchema = z.object({
  link: z.string(),
  qr: z.object({ size: z.int(), path: z.string() }),
  /** Seconds from now. */
  endsIn: z.int(),
})
export type PasskeyLink = z.infer<typeof passkeyLinkSchema>

/** `used`: the other device has made one. */
export const passkeyLinkStateSchema = z.object({ state: z.enum(['none', 'open', 'used']), endsIn: z.int() })
export type PasskeyLinkState = z.infer<typeof passkeyLinkStateSchema>

/** What the other device is told before it makes anything. */
export const linkedAccountSchema = z.object({ loginName: z.string(), organization: z.string() })
export type LinkedAccount = z.infer<typeof linkedAccountSchema>

const state = { 200: { description: 'how the link of this session stands', ...json(passkeyLinkStateSchema) } }

export const createPasskeyLink = createRoute({
  method: 'post',
  path: '/api/me/passkeys/link',
  request: body(z.strictObject({})),
  responses: {
    200: { description: 'the link, which is never shown again', ...json(passkeyLinkSchema) },
    ...problems(...own, 'reauth_required', 'forbidden', 'too_many'),
  },
})

export const getPasskeyLink = createRoute({
  method: 'get',
  path: '/api/me/passkeys/link',
  responses: { ...state, ...problems(...own) },
})

export const cancelPasskeyLink = createRoute({
  method: 'post',
  path: '/api/me/passkeys/link/cancel',
  request: body(z.strictObject({})),
  responses: { ...state, ...problems(...own) },
})

/** Looking spends nothing. */
export const lookAtPasskeyLink = createRoute({
  method: 'post',
  path: '/api/passkey-link/look',
  request: body(linkToken),
  responses: { 200: { description: 'whose account it is', ...json(linkedAccountSchema) }, ...problems('code_invalid') },
})

export const beginPasskeyByLink = createRoute({
  method: 'post',
  path: '/api/passkey-link/options',
  request: body(linkToken),
  responses: {
    200: { description: 'what to ask the browser', ...json(z.object({ options: creationOptionsSchema })) },
    ...problems('code_invalid', 'forbidden', 'too_many'),
  },
})

/** What the other device made. It uses the link up, and signs nobody in. */
export const addPasskeyByLink = createRoute({
  method: 'post',
  path: '/api/passkey-link',
  request: body(linkToken.extend({ credential: registrationSchema })),
  responses: {
    200: { description: 'whom to sign in as now', ...json(z.object({ loginName: z.string() })) },
    ...problems('code_invalid', 'challenge_over', 'passkey_refused', 'forbidden', 'too_many'),
  },
})

export const passkeyLinkRoutes = {
  createPasskeyLink,
  getPasskeyLink,
  cancelPasskeyLink,
  lookAtPasskeyLink,
  beginPasskeyByLink,
  addPasskeyByLink,
}
