import { createRoute, z } from '@hono/zod-openapi'
import { ALL_TRACE_CHECKS, TRACE_OUTCOMES, TRACE_PATHS, TRACE_REASONS } from '../trace.ts'
import { managed, organization } from './management.ts'
import { json, problems } from './problems.ts'

const id = z.string().max(64)

/** Why a request of an application was refused. Nothing in it is secret: see docs/guides/errors.md. */
const trace = z.object({
  id: z.string(),
  /** ISO 8601. */
  at: z.string(),
  /** Which request it was. */
  path: z.enum(TRACE_PATHS),
  /** As it was said, proven or not. */
  clientId: z.string().nullable(),
  /** The code that was answered. */
  error: z.string(),
  check: z.enum(ALL_TRACE_CHECKS),
  reason: z.enum(TRACE_REASONS),
  expected: z.string().nullable(),
  got: z.string().nullable(),
})
const shown = trace.extend({
  /** In their order. */
  checks: z.array(z.object({ check: z.enum(ALL_TRACE_CHECKS), outcome: z.enum(TRACE_OUTCOMES) })),
  /** Of two addresses: the place in `got`, from 0, where they begin to differ. */
  differsAt: z.int().nullable(),
})
const found = { 200: { description: 'each check and what came of it', ...json(shown) } } as const

/** One of an application of this organization. */
export const getTrace = createRoute({
  tags: ['Traces'],
  summary: 'Why a request was refused',
  method: 'get',
  path: '/api/v1/organizations/{organization}/traces/{trace}',
  request: { params: z.object({ organization, trace: id }) },
  responses: { ...found, ...problems(...managed) },
})

/** Of any organization, and of requests that name no known client. */
export const getInstanceTrace = createRoute({
  tags: ['Traces'],
  summary: 'Why a request was refused, whosever it is',
  method: 'get',
  path: '/api/v1/instance/traces/{trace}',
  request: { params: z.object({ trace: id }) },
  responses: { ...found, ...problems(...managed) },
})

/** The last ones of an application, newest first; none for one that is not of this organization. */
export const listTraces = createRoute({
  tags: ['Traces'],
  summary: 'The last refused requests of an application',
  method: 'get',
  path: '/api/v1/organizations/{organization}/applications/{application}/traces',
  request: { params: z.object({ organization, application: id }) },
  responses: {
    200: { description: 'at most fifty', ...json(z.object({ traces: z.array(trace) })) },
    ...problems(...managed),
  },
})

export const traceRoutes = { getTrace, getInstanceTrace, listTraces }
