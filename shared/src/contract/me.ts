import { createRoute, z } from '@hono/zod-openapi'
import { ACCOUNT_PAGES } from '../account-pages.ts'
import { FACTORS } from '../factors.ts'
import { accountViewSchema } from '../login-step.ts'
import { body, json, problems } from './problems.ts'

/** What any route of the account pages may answer. */
export const own = ['unauthenticated', 'account_changed', 'deletion_planned'] as const

export const meSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  givenName: z.string().nullable(),
  loginName: z.string(),
  email: z.string().nullable(),
  isEmailVerified: z.boolean(),
  organization: z.string(),
  /** The path of their picture here; null for none. */
  picture: z.string().nullable(),
  /** When the password has to be replaced, once that is near (ISO 8601); null otherwise. */
  passwordEndsAt: z.string().nullable(),
  /** When the account goes for good, as its owner wished (ISO 8601). */
  deletionAt: z.string().nullable(),
  /** Days in which whoever plans that can change their mind. */
  deletionGraceDays: z.int(),
})
export type Me = z.infer<typeof meSchema>

export const ownSessionSchema = z.object({
  id: z.string(),
  /** The session this page runs in. */
  current: z.boolean(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  /** Kinds of proof it rests on, with their times (ISO 8601). */
  checks: z.array(z.object({ factor: z.enum(FACTORS), at: z.string() })),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  /** When the browser it lives in was first seen. */
  firstSeenAt: z.string(),
})
export type OwnSession = z.infer<typeof ownSessionSchema>

export const getMe = createRoute({
  method: 'get',
  path: '/api/me',
  responses: { 200: { description: 'the person signed in', ...json(meSchema) }, ...problems(...own) },
})

export const listOwnSessions = createRoute({
  method: 'get',
  path: '/api/me/sessions',
  responses: {
    200: { description: 'live sessions, newest use first', ...json(z.object({ sessions: z.array(ownSessionSchema) })) },
    ...problems(...own),
  },
})

/** Ends one of one's own sessions, all but this one, or all. Applications that hold tokens of it lose them. */
export const endOwnSession = createRoute({
  method: 'post',
  path: '/api/me/sessions/end',
  request: body(z.strictObject({ session: z.union([z.enum(['others', 'all']), z.string().max(64)]) })),
  responses: {
    200: { description: 'how many ended', ...json(z.object({ ended: z.int() })) },
    ...problems(...own, 'not_found'),
  },
})

/** Signs out of this browser's current session. */
export const signOutHere = createRoute({
  method: 'post',
  path: '/api/me/sign-out',
  request: body(z.strictObject({})),
  responses: {
    200: { description: 'where to go', ...json(z.object({ redirect: z.string() })) },
    ...problems(...own),
  },
})

/**
 * Begins a new proof of whose pages these are, for what answers `reauth_required`. The answer is where to go: a login page that leads back
 * to the named page, or that page itself when the last proof is young enough.
 */
export const stepUp = createRoute({
  method: 'post',
  path: '/api/me/step-up',
  request: body(z.strictObject({ returnTo: z.enum(ACCOUNT_PAGES) })),
  responses: {
    200: { description: 'where to go', ...json(z.object({ redirect: z.string() })) },
    ...problems(...own),
  },
})

/** The accounts of this browser, latest use first; `current` is the one whose pages these are. */
export const listAccounts = createRoute({
  method: 'get',
  path: '/api/me/accounts',
  responses: {
    200: {
      description: 'the accounts of this browser',
      ...json(z.object({ accounts: z.array(accountViewSchema.extend({ current: z.boolean() })) })),
    },
    ...problems(...own),
  },
})

/** Shows the pages of another account of this browser, or the picker. The answer is where to go. */
export const switchAccount = createRoute({
  method: 'post',
  path: '/api/me/switch',
  request: body(z.strictObject({ session: z.string().max(64).nullable() })),
  responses: {
    200: { description: 'where to go', ...json(z.object({ redirect: z.string() })) },
    ...problems(...own, 'not_found'),
  },
})

export const meRoutes = { getMe, listOwnSessions, endOwnSession, signOutHere, stepUp, listAccounts, switchAccount }
