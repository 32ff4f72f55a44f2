import { createRoute, z } from '@hono/zod-openapi'
import { userConfigurationSchema } from '../configuration-user.ts'
import { FACTORS } from '../factors.ts'
import { PROFILE_SHAPE, profileChangeSchema } from '../profile.ts'
import { changing, gone, managed, nothing, organization } from './management.ts'
import { next, paging } from './paging.ts'
import { body, json, newPassword, problems } from './problems.ts'

const USER_STATES = ['active', 'locked', 'deactivated'] as const

const contact = z.object({ value: z.string(), isVerified: z.boolean() }).nullable()

const managedUserSchema = z.object({
  id: z.string(),
  organization: z.string(),
  /** `sub` on the wire. */
  subject: z.string(),
  state: z.enum(USER_STATES),
  displayName: z.string(),
  username: z.string().nullable(),
  email: contact,
  phone: contact,
  /** Every standard claim that is known, by the names of the configuration file. */
  profile: z.record(z.string(), z.unknown()),
  /** Sent back with a change: what was changed meanwhile is not overwritten. */
  version: z.int(),
  /** ISO 8601. */
  createdAt: z.string(),
  /** When the account goes for good, as its owner wished. */
  deletionAt: z.string().nullable(),
})
export type ManagedUser = z.infer<typeof managedUserSchema>

const USERS = '/api/v1/organizations/{organization}/users'
const USER = `${USERS}/{user}` as const
const ofOrganization = { params: z.object({ organization }) }
const user = z.string().max(64)
const ofUser = { params: z.object({ organization, user }) }
const one = { 200: { description: 'the person as they are now', ...json(managedUserSchema) } } as const
const tags = ['Users']

const listUsers = createRoute({
  tags,
  summary: 'People of an organization, the oldest account first',
  method: 'get',
  path: USERS,
  request: {
    ...ofOrganization,
    query: z.strictObject({
      ...paging,
      state: z.enum(USER_STATES).optional(),
      /** Whole, in any spelling that would let them in. */
      loginName: z.string().min(1).max(254).optional(),
      email: z.string().min(1).max(254).optional(),
    }),
  },
  responses: {
    200: { description: 'a page', ...json(z.object({ users: z.array(managedUserSchema), next })) },
    ...problems(...managed, 'cursor_invalid'),
  },
})

/** As in the configuration file; what somebody is in projects and as a manager is granted by itself. */
const newUserSchema = userConfigurationSchema
  .omit({ roles: true, projectRoles: true })
  .extend({ setupLink: z.boolean().optional() })
export type NewUser = z.infer<typeof newUserSchema>

const createUser = createRoute({
  tags,
  summary: 'Create a person',
  method: 'post',
  path: USERS,
  request: { ...ofOrganization, ...body(newUserSchema) },
  responses: {
    200: {
      description:
        'the person; with `setupLink` where one was asked for: it lets them set their password within the hour',
      ...json(managedUserSchema.extend({ setupLink: z.string().nullable() })),
    },
    ...problems(...changing),
  },
})

const getUser = createRoute({
  tags,
  summary: 'One person',
  method: 'get',
  path: USER,
  request: ofUser,
  responses: { ...one, ...problems(...managed) },
})

/** Names that are changed count as the manager says; null takes one away. */
const userChangeSchema = profileChangeSchema.extend({
  version: z.int().optional(),
  givenName: PROFILE_SHAPE.givenName.nullable().optional(),
  familyName: PROFILE_SHAPE.familyName.nullable().optional(),
  username: userConfigurationSchema.shape.username.unwrap().nullable().optional(),
  email: userConfigurationSchema.shape.email.unwrap().nullable().optional(),
  emailVerified: z.boolean().optional(),
  phone: userConfigurationSchema.shape.phone.unwrap().nullable().optional(),
  phoneVerified: z.boolean().optional(),
})
export type UserChange = z.infer<typeof userChangeSchema>

const changeUser = createRoute({
  tags,
  summary: 'Change what is sent of a person',
  method: 'patch',
  path: USER,
  request: { ...ofUser, ...body(userChangeSchema) },
  responses: { ...one, ...problems(...changing, 'changed_meanwhile') },
})

const deleteUser = createRoute({
  tags,
  summary: 'Delete a person for good, at once',
  method: 'delete',
  path: USER,
  request: ofUser,
  responses: { ...gone, ...problems(...changing, 'last_owner') },
})

const stateChange = <Name extends string>(name: Name, summary: string) =>
  createRoute({
    tags,
    summary,
    method: 'post',
    path: `${USER}/${name}`,
    request: { ...ofUser, ...nothing },
    responses: { ...one, ...problems(...changing, 'last_owner') },
  })
const deactivateUser = stateChange('deactivate', 'Shut a person out: every session, grant and token ends at once')
const reactivateUser = stateChange('reactivate', 'Let a person in again who was deactivated')
const lockUser = stateChange('lock', 'Lock a person: nothing lets them in until they are unlocked')

const setUserPassword = createRoute({
  tags,
  summary: 'Set a password that its owner replaces at the next sign-in; sessions and grants end',
  method: 'post',
  path: `${USER}/password`,
  request: { ...ofUser, ...body(z.strictObject({ newPassword })) },
  responses: { ...one, ...problems(...changing) },
})

const createSetupLink = createRoute({
  tags,
  summary: 'A link with which a person who has nothing yet sets a password, once, within the hour',
  method: 'post',
  path: `${USER}/setup-link`,
  request: { ...ofUser, ...nothing },
  responses: {
    200: { description: 'it is shown once', ...json(z.object({ link: z.string() })) },
    ...problems(...changing),
  },
})

const proof = z.object({ factor: z.enum(FACTORS), at: z.string() })
const managedSessionSchema = z.object({
  id: z.string(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  checks: z.array(proof),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  expiresAt: z.string(),
})
export type ManagedSession = z.infer<typeof managedSessionSchema>

const listUserSessions = createRoute({
  tags,
  summary: 'Where a person is signed in',
  method: 'get',
  path: `${USER}/sessions`,
  request: ofUser,
  responses: {
    200: { description: 'newest use first', ...json(z.object({ sessions: z.array(managedSessionSchema) })) },
    ...problems(...managed),
  },
})

const endUserSessions = createRoute({
  tags,
  summary: 'Sign a person out everywhere, offline access included',
  method: 'delete',
  path: `${USER}/sessions`,
  request: ofUser,
  responses: { ...gone, ...problems(...changing) },
})

const endUserSession = createRoute({
  tags,
  summary: 'End one session of a person',
  method: 'delete',
  path: `${USER}/sessions/{session}`,
  request: { params: z.object({ organization, user, session: z.string().max(64) }) },
  responses: { ...gone, ...problems(...changing) },
})

const managedFactorSchema = z.object({
  id: z.string(),
  type: z.enum(FACTORS),
  label: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
})
export type ManagedFactor = z.infer<typeof managedFactorSchema>

const listUserFactors = createRoute({
  tags,
  summary: 'What a person proves themselves with, besides a password',
  method: 'get',
  path: `${USER}/factors`,
  request: ofUser,
  responses: {
    200: { description: 'the oldest first', ...json(z.object({ factors: z.array(managedFactorSchema) })) },
    ...problems(...managed),
  },
})

const removeUserFactor = createRoute({
  tags,
  summary: 'Take a factor away that was lost; its owner is told',
  method: 'delete',
  path: `${USER}/factors/{factor}`,
  request: { params: z.object({ organization, user, factor: z.string().max(64) }) },
  responses: { ...gone, ...problems(...changing) },
})

export const managedUserRoutes = {
  listUsers,
  createUser,
  getUser,
  changeUser,
  deleteUser,
  deactivateUser,
  reactivateUser,
  lockUser,
  setUserPassword,
  createSetupLink,
  listUserSessions,
  endUserSessions,
  endUserSession,
  listUserFactors,
  removeUserFactor,
}
