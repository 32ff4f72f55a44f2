import { createRoute, z } from '@hono/zod-openapi'
import { loginAnswerSchema } from '../login-step.ts'
import type { ProblemCode } from '../problem.ts'
import { body, json, problems, typed } from './problems.ts'

/** The steps of a pending request. Each answers with the next step; none of them can be called out of order. */
export const params = z.object({ request: z.string().max(64) })
/** This browser keeps passkeys by itself: where the account is the subject one may be offered. It proves nothing, and opens nothing. */
export const keepsPasskeys = z.boolean().default(false)
const session = z.strictObject({ session: z.string().max(64) })
const answer = { 200: { description: 'the next step', ...json(loginAnswerSchema) } }
export const always = ['request_not_found', 'request_expired', 'request_finished'] as const

export const getLogin = createRoute({
  method: 'get',
  path: '/api/login/{request}',
  request: { params },
  responses: { ...answer, ...problems(...always) },
})

/** An action of a step, with the codes that only it may answer. */
export const stepWith = <const Path extends string, Schema extends z.ZodType, const Code extends ProblemCode = never>(
  path: Path,
  schema: Schema,
  codes: readonly Code[] = [],
) =>
  createRoute({
    method: 'post',
    path: `/api/login/{request}/${path}`,
    request: { params, ...body(schema) },
    responses: {
      ...answer,
      ...problems<(typeof always)[number] | 'wrong_step' | Code>(...always, 'wrong_step', ...codes),
    },
  })
const step = <const Path extends string, Schema extends z.ZodType>(path: Path, schema: Schema) => stepWith(path, schema)

export const identify = step('identifier', z.strictObject({ identifier: typed(254) }))

export const checkPassword = stepWith(
  'password',
  z.strictObject({
    password: z.string().min(1).max(1024),
    staySignedIn: z.boolean().default(false),
    keepsPasskeys,
    /** This browser makes passkeys without a question (Web Authentication Level 3, `conditionalCreate`). */
    createsPasskeys: z.boolean().default(false),
  }),
  ['invalid_credentials'],
)

/** One of the accounts of this browser. */
export const selectAccount = step('account', session)
/** Back to the question who it is: the picker when this browser knows accounts, `fresh` for an empty field. */
export const restart = step('restart', z.strictObject({ fresh: z.boolean().default(false) }))
export const decideConsent = step('consent', z.strictObject({ allow: z.boolean() }))
/** The account whose deletion is planned stays after all, and the login goes on. */
export const keepAccount = step('keep-account', z.strictObject({}))
/** Leaves for the application with `access_denied`. */
export const cancel = step('cancel', z.strictObject({}))
export const finish = step('finish', z.strictObject({}))
/** Forgets an account in this browser. Its session ends too. */
export const forgetAccount = step('forget', session)
/** Ends one session of this browser, or all of them; the accounts stay in the picker. */
export const signOutAccount = step(
  'sign-out',
  z.strictObject({ session: z.union([z.literal('all'), z.string().max(64)]) }),
)

export const loginRoutes = {
  getLogin,
  identify,
  checkPassword,
  selectAccount,
  restart,
  decideConsent,
  keepAccount,
  cancel,
  finish,
  forgetAccount,
  signOutAccount,
}
