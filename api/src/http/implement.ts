import type { z } from '@hono/zod-openapi'
import type { Body, Codes, Output, Params, Query, Route } from '@vestibule/shared/contract/route.ts'
import { FIELD_PROBLEMS, type FieldProblem, type ProblemCode } from '@vestibule/shared/problem.ts'
import { Problem } from '../domain/problem.ts'
import { pathOf } from '../use-cases/configuration/fault.ts'
import type { RouteKey } from './access.ts'
import { answerJson } from './answer.ts'
import type { Http } from './env.ts'
import type { Mount } from './mount.ts'

export type Input<R> = { body: Body<R>['output']; params: Params<R>; query: Query<R> }
/** What is looked at before the body is. */
type First<R> = (params: Params<R>, c: Http) => Promise<unknown>
type Handler<R extends Route> = (input: Input<R>, c: Http, fail: (code: Codes<R>) => never) => Promise<Output<R>>

/**
 * Ties a handler to its record of the contract: input parsed, output reduced to what the record says, and a problem code that the
 * record does not declare does not compile. Two calls: the record fixes every type before the handler is looked at.
 */
export const implement =
  <R extends Route & { getRoutingPath(): string }>(mount: Mount, route: R, first?: First<R>) =>
  (handler: Handler<R>): void => {
    const bodySchema = route.request?.body?.content['application/json'].schema
    const querySchema = route.request?.query
    const answer = (route.responses as Record<number, { content: { 'application/json': { schema: z.ZodType } } }>)[200]!
    const answerSchema = answer.content['application/json'].schema
    const key = `${route.method.toUpperCase()} ${route.getRoutingPath()}` as RouteKey
    const fail = (code: Codes<R>) => {
      throw new Problem(code as ProblemCode)
    }
    mount(key, async (c) => {
      const params = c.req.param() as Params<R>
      await first?.(params, c)
      const body = (bodySchema && checked(bodySchema, await json(c))) as Body<R>['output']
      const query = (querySchema ? checked(querySchema, c.req.query()) : {}) as Query<R>
      const output = await handler({ body, params, query }, c, fail)
      return answerJson(c, answerSchema.parse(output))
    })
  }

async function json(c: Http): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text())
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('malformed_body')
  }
}

/** @throws Problem invalid_input with what is wrong with which field, by its path: `settings.accessTokenLifetime`, `redirectUris[1]` */
export function checked(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  const named = parsed.error.issues.flatMap((issue) =>
    namesIn(issue).map((name) => [name, fieldProblem(issue)] as const),
  )
  // names are whatever somebody sent: `constructor` too
  const fields = Object.fromEntries(
    [...Map.groupBy(named, ([name]) => name)].map(([name, all]) => [name, all.map(([, problem]) => problem)]),
  )
  throw new Problem('invalid_input', named.length > 0 ? { fields } : {})
}

const namesIn = (issue: z.core.$ZodIssue): string[] => {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => pathOf([...path, key]))
  return path.length > 0 ? [pathOf(path)] : []
}

/** What is wrong with a field, in the words of the contract. */
function fieldProblem(issue: z.core.$ZodIssue): FieldProblem {
  if (issue.code === 'too_small') return issue.minimum === 1 ? 'required' : 'too_short'
  if (issue.code === 'too_big') return 'too_long'
  if (issue.code === 'unrecognized_keys') return 'not_allowed'
  if (issue.code === 'invalid_type' && (issue.input ?? null) === null) return 'required'
  const named = issue.code === 'custom' ? (issue.params?.problem as FieldProblem | undefined) : undefined
  return named && FIELD_PROBLEMS.includes(named) ? named : 'invalid'
}
