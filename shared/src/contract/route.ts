import type { z } from '@hono/zod-openapi'
import type { ProblemResponse } from './problems.ts'

/** What both sides read off a `createRoute` record. The browser takes these as types only. */
export type Route = {
  method: string
  path: string
  request?: { params?: z.ZodType; query?: z.ZodType; body?: { content: { 'application/json': { schema: z.ZodType } } } }
  responses: object
}

export type Body<R> = R extends {
  request: { body: { content: { 'application/json': { schema: infer S extends z.ZodType } } } }
}
  ? { input: z.input<S>; output: z.output<S> }
  : { input: undefined; output: undefined }

export type Params<R> = R extends { request: { params: infer S extends z.ZodType } }
  ? z.output<S>
  : Record<never, never>

export type Query<R> = R extends { request: { query: infer S extends z.ZodType } } ? z.output<S> : Record<never, never>

export type Output<R> = R extends {
  responses: { 200: { content: { 'application/json': { schema: infer S extends z.ZodType } } } }
}
  ? z.output<S>
  : undefined

export type Codes<R extends Route> = {
  [Status in keyof R['responses']]: R['responses'][Status] extends ProblemResponse<infer Code> ? Code : never
}[keyof R['responses']]
