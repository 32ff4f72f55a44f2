import { createRoute, z } from '@hono/zod-openapi'
import { own } from './me.ts'
import { body, json, problems } from './problems.ts'

/** What stands behind the # of a link, as it was sent. */
export const linkToken = z.strictObject({ token: z.string().min(1).max(128) })

/**
 * "This was not me", said in the own account: every other session and all that applications were granted ends. Whoever came by the
 * password replaces it; whoever came by a passkey has none any more.
 */
export const reportIntrusion = createRoute({
  method: 'post',
  path: '/api/me/not-me',
  request: body(z.strictObject({})),
  responses: {
    200: {
      description: 'how many other sessions ended, and what became of the password',
      ...json(z.object({ ended: z.int(), password: z.enum(['to_replace', 'gone']) })),
    },
    ...problems(...own, 'reauth_required'),
  },
})

/**
 * The same by the link of a notice, without being signed in: this ends every session, and the password opens nothing any more until it
 * is reset.
 */
export const reportIntrusionByLink = createRoute({
  method: 'post',
  path: '/api/not-me',
  request: body(linkToken),
  responses: {
    200: { description: 'whose account is closed now', ...json(z.object({ loginName: z.string() })) },
    ...problems('code_invalid'),
  },
})

export const notMeRoutes = { reportIntrusion, reportIntrusionByLink }
