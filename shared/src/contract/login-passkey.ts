import { createRoute, z } from '@hono/zod-openapi'
import { always, params, stepWith } from './login.ts'
import { body, json, problems } from './problems.ts'
import { assertionSchema, creationOptionsSchema, registrationSchema, requestOptionsSchema } from './webauthn.ts'

/** A challenge for whoever holds a passkey of this place. It is the same for every name: none is looked up. */
export const beginPasskey = createRoute({
  method: 'post',
  path: '/api/login/{request}/passkey-options',
  request: { params, ...body(z.strictObject({})) },
  responses: {
    200: { description: 'what to ask the browser', ...json(z.object({ options: requestOptionsSchema })) },
    ...problems(...always, 'wrong_step'),
  },
})

/**
 * The answer of an authenticator. `passkey_unknown` is said when nobody has this passkey: the browser may forget it. The challenge is spent
 * in every case.
 */
export const checkPasskey = stepWith(
  'passkey',
  z.strictObject({ credential: assertionSchema, staySignedIn: z.boolean().default(false) }),
  ['passkey_unknown', 'passkey_refused', 'challenge_over'],
)

/** After a registration or a reset: a challenge for a new passkey. */
export const beginOfferedPasskey = createRoute({
  method: 'post',
  path: '/api/login/{request}/offered-passkey-options',
  request: { params, ...body(z.strictObject({})) },
  responses: {
    200: { description: 'what to ask the browser', ...json(z.object({ options: creationOptionsSchema })) },
    ...problems(...always, 'wrong_step', 'forbidden', 'too_many'),
  },
})

/** What the authenticator made. It counts as a check of this login; the challenge is spent in every case. */
export const makeOfferedPasskey = stepWith('offered-passkey', z.strictObject({ credential: registrationSchema }), [
  'passkey_refused',
  'challenge_over',
  'forbidden',
  'too_many',
])
/** "Not now": the login goes on. */
export const declinePasskey = stepWith('decline-passkey', z.strictObject({}))

/** What a browser made by itself after a password. It is no check. */
export const upgradeToPasskey = createRoute({
  method: 'post',
  path: '/api/passkey-upgrade',
  request: body(z.strictObject({ session: z.string().max(64), credential: registrationSchema })),
  responses: {
    200: { description: 'it opens the account from now on', ...json(z.object({})) },
    ...problems('challenge_over', 'passkey_refused', 'forbidden'),
  },
})

/** Answer with the next step, like every action of a login; the others do not. */
export const loginPasskeyRoutes = { checkPasskey, makeOfferedPasskey, declinePasskey }
export const upgradeRoutes = { upgradeToPasskey }
export const passkeyOptionsRoutes = { beginPasskey, beginOfferedPasskey }
