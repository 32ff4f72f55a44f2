import { createRoute, z } from '@hono/zod-openapi'
import { profileChangeSchema } from '../profile.ts'
import { own } from './me.ts'
import { body, json, problems } from './problems.ts'

const optional = z.string().nullable()

/** What a person says of themselves. Null: nothing. */
export const ownProfileSchema = z.object({
  /** Sent back with a change: what was changed meanwhile is not overwritten. */
  version: z.int(),
  displayName: z.string(),
  givenName: optional,
  familyName: optional,
  middleName: optional,
  nickname: optional,
  profile: optional,
  website: optional,
  gender: optional,
  birthdate: optional,
  zoneinfo: optional,
  locale: optional,
  address: z
    .object({
      streetAddress: z.string().optional(),
      locality: z.string().optional(),
      region: z.string().optional(),
      postalCode: z.string().optional(),
      country: z.string().optional(),
    })
    .nullable(),
})
export type OwnProfile = z.infer<typeof ownProfileSchema>

export const getProfile = createRoute({
  method: 'get',
  path: '/api/me/profile',
  responses: { 200: { description: 'the profile', ...json(ownProfileSchema) }, ...problems(...own) },
})

/** Changes the members that are sent, and only them. `changed_meanwhile`: somebody did since `version` was read. */
export const changeProfile = createRoute({
  method: 'patch',
  path: '/api/me/profile',
  request: body(profileChangeSchema),
  responses: {
    200: { description: 'the profile as it is now', ...json(ownProfileSchema) },
    ...problems(...own, 'changed_meanwhile'),
  },
})

export const profileRoutes = { getProfile, changeProfile }
