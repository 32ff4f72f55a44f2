import { createRoute, z } from '@hono/zod-openapi'
import { own } from './me.ts'
import { linkToken } from './not-me.ts'
import { body, json, problems } from './problems.ts'

/** Plans the deletion of the own account. The login name is typed once more, so that nobody does it by a slip of the hand. */
export const planDeletion = createRoute({
  method: 'post',
  path: '/api/me/deletion',
  request: body(z.strictObject({ loginName: z.string().min(1).max(254) })),
  responses: {
    200: { description: 'when it goes for good (ISO 8601)', ...json(z.object({ deletionAt: z.string() })) },
    ...problems(...own, 'reauth_required', 'last_owner'),
  },
})

/** The account stays. It may be said as often as one likes. */
export const undoDeletion = createRoute({
  method: 'post',
  path: '/api/me/deletion/undo',
  request: body(z.strictObject({})),
  responses: {
    200: { description: 'it stays', ...json(z.object({ deletionAt: z.null() })) },
    ...problems(...own),
  },
})

/** The same by the link of the mail, without being signed in. */
export const undoDeletionByLink = createRoute({
  method: 'post',
  path: '/api/undo-deletion',
  request: body(linkToken),
  responses: {
    200: { description: 'whose account stays', ...json(z.object({ loginName: z.string() })) },
    ...problems('code_invalid'),
  },
})

export const deletionRoutes = { planDeletion, undoDeletion, undoDeletionByLink }
