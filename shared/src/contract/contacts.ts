import { createRoute, z } from '@hono/zod-openapi'
import { own } from './me.ts'
import { body, json, problems, typed } from './problems.ts'

/** A code that was sent to a new address or number, in seconds from now. */
const pendingSchema = z.object({
  /** The new one: the person typed it here. */
  value: z.string(),
  endsIn: z.int(),
  resendIn: z.int(),
})

const contactSchema = z.object({
  value: z.string().nullable(),
  isVerified: z.boolean(),
  /** Whether it can be taken away without shutting its owner out. */
  isRemovable: z.boolean(),
  /** What is to be confirmed before it takes the place of this one. */
  pending: pendingSchema.nullable(),
})

/** Where somebody can be reached and what they type to sign in. */
export const ownContactsSchema = z.object({
  email: contactSchema,
  phone: contactSchema,
  username: z.object({ value: z.string().nullable(), isChangeable: z.boolean() }),
})
export type OwnContacts = z.infer<typeof ownContactsSchema>
export type OwnContact = OwnContacts['email']

const contacts = { 200: { description: 'how everything stands now', ...json(ownContactsSchema) } }
const nothing = body(z.strictObject({}))

export const getContacts = createRoute({
  method: 'get',
  path: '/api/me/contacts',
  responses: { ...contacts, ...problems(...own) },
})

/** Sends a code to the new one. Until it was entered nothing changes; an address that somebody else has is answered alike. */
const change = <const Path extends string>(path: Path) =>
  createRoute({
    method: 'post',
    path,
    request: body(z.strictObject({ value: typed(254) })),
    responses: { ...contacts, ...problems(...own, 'reauth_required') },
  })

/** The right code puts the new one in the place of the old. */
const confirm = <const Path extends string>(path: Path) =>
  createRoute({
    method: 'post',
    path,
    request: body(z.strictObject({ code: typed(500) })),
    responses: { ...contacts, ...problems(...own, 'code_wrong', 'code_expired') },
  })

/** A new code; the one before ends. */
const resend = <const Path extends string>(path: Path) =>
  createRoute({
    method: 'post',
    path,
    request: nothing,
    responses: { ...contacts, ...problems(...own, 'code_expired') },
  })

/** The new one is not wanted any more. */
const cancel = <const Path extends string>(path: Path) =>
  createRoute({ method: 'post', path, request: nothing, responses: { ...contacts, ...problems(...own) } })

/** Takes it away, where another way in and another way back remain. */
const remove = <const Path extends string>(path: Path) =>
  createRoute({
    method: 'post',
    path,
    request: nothing,
    responses: { ...contacts, ...problems(...own, 'reauth_required', 'last_way') },
  })

/** The name that people type; `taken` is said beside the field. */
export const changeUsername = createRoute({
  method: 'post',
  path: '/api/me/username',
  request: body(z.strictObject({ username: typed(128) })),
  responses: { ...contacts, ...problems(...own, 'reauth_required', 'forbidden') },
})

export const contactRoutes = {
  getContacts,
  changeEmail: change('/api/me/email'),
  confirmEmail: confirm('/api/me/email/code'),
  resendEmail: resend('/api/me/email/resend'),
  cancelEmail: cancel('/api/me/email/cancel'),
  removeEmail: remove('/api/me/email/remove'),
  changePhone: change('/api/me/phone'),
  confirmPhone: confirm('/api/me/phone/code'),
  resendPhone: resend('/api/me/phone/resend'),
  cancelPhone: cancel('/api/me/phone/cancel'),
  removePhone: remove('/api/me/phone/remove'),
  changeUsername,
}
