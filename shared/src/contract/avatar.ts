import { createRoute, z } from '@hono/zod-openapi'
import { own } from './me.ts'
import { body, json, problems } from './problems.ts'

/** The body is the image itself, as shared/picture.ts allows it. It is drawn anew, and the original is not kept. */
export const setAvatar = createRoute({
  method: 'post',
  path: '/api/me/avatar',
  responses: {
    200: { description: 'the path of the picture', ...json(z.object({ picture: z.string() })) },
    ...problems(...own, 'picture_refused', 'changed_meanwhile'),
  },
})

export const removeAvatar = createRoute({
  method: 'post',
  path: '/api/me/avatar/remove',
  request: body(z.strictObject({})),
  responses: {
    200: { description: 'none any more', ...json(z.object({ picture: z.null() })) },
    ...problems(...own, 'changed_meanwhile'),
  },
})

export const avatarRoutes = { setAvatar, removeAvatar }
