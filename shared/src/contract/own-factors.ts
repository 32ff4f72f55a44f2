import { createRoute, z } from '@hono/zod-openapi'
import { FIRST_FACTORS, SECOND_FACTORS, SECOND_METHODS, SENT_CODES } from '../factors.ts'
import { sentCodeSchema, totpSetupSchema } from '../login-step.ts'
import type { ProblemCode } from '../problem.ts'
import { LOSSES } from '../what-if.ts'
import { own } from './me.ts'
import { signalSchema } from './own-passkeys.ts'
import { body, json, problems, typed } from './problems.ts'
import { creationOptionsSchema, registrationSchema } from './webauthn.ts'

const factorSchema = z.object({
  id: z.string(),
  type: z.enum(SECOND_FACTORS),
  /** What its owner calls it. */
  label: z.string().nullable(),
  /** Who made a security key, a proper name; null where that is not known. */
  model: z.string().nullable(),
  /** ISO 8601. */
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** Whether the organization lets it count. */
  isAllowed: z.boolean(),
  /** Whether it may go: where a second factor is asked of everybody the last one stays. */
  isRemovable: z.boolean(),
})

export const ownFactorsSchema = z.object({
  factors: z.array(factorSchema),
  /** What may be set up besides. */
  available: z.array(z.enum(SECOND_FACTORS)),
  /** Codes that could be sent, and how one that was sent to set it up stands. */
  codes: z.array(sentCodeSchema),
  /** Null where the organization lets none count. */
  recoveryCodes: z.object({ left: z.int() }).nullable(),
  /** An authenticator app that is being set up in this session. */
  totp: totpSetupSchema.nullable(),
  /** What would be left if a thing were lost, and the one step that would help where nothing would. */
  whatIf: z.array(
    z.object({
      loss: z.enum(LOSSES),
      gone: z.array(z.enum(SECOND_METHODS)),
      ways: z.array(z.object({ first: z.enum(FIRST_FACTORS), second: z.enum(SECOND_METHODS).nullable() })),
      help: z.enum(['recovery_code', 'passkey', 'totp', 'security_key']).nullable(),
    }),
  ),
})
export type OwnFactors = z.infer<typeof ownFactorsSchema>
export type OwnFactor = OwnFactors['factors'][number]

const changedSchema = z.object({
  factors: ownFactorsSchema,
  /** Codes that were made by what was done; they are shown now and never again. */
  newCodes: z.array(z.string()).nullable(),
  signal: signalSchema.nullable(),
})
export type ChangedFactors = z.infer<typeof changedSchema>

const action = <const Path extends string, Schema extends z.ZodType, const Code extends ProblemCode = never>(
  path: Path,
  schema: Schema,
  codes: readonly Code[] = [],
) =>
  createRoute({
    method: 'post',
    path: `/api/me/${path}`,
    request: body(schema),
    responses: {
      200: { description: 'how everything stands now', ...json(changedSchema) },
      ...problems<(typeof own)[number] | Code>(...own, ...codes),
    },
  })
const nothing = z.strictObject({})
const sent = { method: z.enum(SENT_CODES) }

export const getFactors = createRoute({
  method: 'get',
  path: '/api/me/factors',
  responses: { 200: { description: 'second factors', ...json(ownFactorsSchema) }, ...problems(...own) },
})
/** Begun with a fresh proof; what confirms it needs none, because only this session has the secret. */
export const beginOwnTotp = action('factors/totp', nothing, ['reauth_required', 'forbidden', 'too_many'])
export const confirmOwnTotp = action('factors/totp-code', z.strictObject({ code: typed(500) }), [
  'code_wrong',
  'code_expired',
])
export const sendOwnCode = action('factors/code-send', z.strictObject(sent), [
  'reauth_required',
  'forbidden',
  'not_found',
])
export const confirmOwnCode = action('factors/code', z.strictObject({ ...sent, code: typed(500) }), [
  'forbidden',
  'code_wrong',
  'code_expired',
])
/** A challenge for a new security key. Asked for with a fresh proof; what comes of it needs none, because only this session can answer it. */
export const beginOwnKey = createRoute({
  method: 'post',
  path: '/api/me/security-keys/options',
  request: body(nothing),
  responses: {
    200: { description: 'what to ask the browser', ...json(z.object({ options: creationOptionsSchema })) },
    ...problems(...own, 'reauth_required', 'forbidden', 'too_many'),
  },
})
export const addOwnKey = action('security-keys', z.strictObject({ credential: registrationSchema }), [
  'security_key_refused',
  'challenge_over',
  'forbidden',
  'too_many',
])
/** Null gives it the name back that everybody knows. */
export const renameFactor = action(
  'factors/rename',
  z.strictObject({ id: z.string().max(64), label: typed(60).nullable() }),
  ['not_found'],
)
export const removeFactor = action('factors/remove', z.strictObject({ id: z.string().max(64) }), [
  'reauth_required',
  'not_found',
  'last_way',
])
export const renewRecoveryCodes = action('recovery-codes', nothing, ['reauth_required', 'forbidden'])
/** Whether a code would open the account. It is not used up. */
export const tryRecoveryCode = action('recovery-codes/try', z.strictObject({ code: typed(500) }), ['code_wrong'])

export const ownFactorRoutes = {
  getFactors,
  beginOwnTotp,
  confirmOwnTotp,
  sendOwnCode,
  confirmOwnCode,
  beginOwnKey,
  addOwnKey,
  renameFactor,
  removeFactor,
  renewRecoveryCodes,
  tryRecoveryCode,
}
