import { createRoute, z } from '@hono/zod-openapi'
import { always, params, stepWith } from './login.ts'
import { body, json, problems } from './problems.ts'
import { trust } from './second-factors.ts'
import { assertionSchema, creationOptionsSchema, registrationSchema, requestOptionsSchema } from './webauthn.ts'

/** A challenge for the keys of whoever gave the first proof. */
export const beginKeyCheck = createRoute({
  method: 'post',
  path: '/api/login/{request}/security-key-options',
  request: { params, ...body(z.strictObject({})) },
  responses: {
    200: { description: 'what to ask the browser', ...json(z.object({ options: requestOptionsSchema })) },
    ...problems(...always, 'wrong_step'),
  },
})

/** A key as the second proof. The challenge is spent in every case. */
export const checkKey = stepWith('security-key', z.strictObject({ credential: assertionSchema, ...trust }), [
  'security_key_refused',
  'challenge_over',
])

/** A challenge for a new key, where one may be set up on the way in. */
export const beginKey = createRoute({
  method: 'post',
  path: '/api/login/{request}/enroll-security-key-options',
  request: { params, ...body(z.strictObject({})) },
  responses: {
    200: { description: 'what to ask the browser', ...json(z.object({ options: creationOptionsSchema })) },
    ...problems(...always, 'wrong_step', 'too_many'),
  },
})

export const enrollKey = stepWith('enroll-security-key', z.strictObject({ credential: registrationSchema }), [
  'security_key_refused',
  'challenge_over',
])

/** Answer with the next step, like every action of a login; the others do not. */
export const loginKeyRoutes = { checkKey, enrollKey }
export const keyOptionsRoutes = { beginKeyCheck, beginKey }
