import type { Body, Output, Params, Query, Route } from '@vestibule/shared/contract/route.ts'
import { ProblemAnswer } from './problem-answer.ts'

type Routes = Record<string, Route>
export type Keyed<R extends Routes> = { [Name in keyof R as `${R[Name]['method']} ${R[Name]['path']}`]: R[Name] }

type Input<R> = (R extends { request: { params: unknown } } ? { params: Params<R> } : unknown) &
  (R extends { request: { query: unknown } } ? { query: Query<R> } : unknown) &
  (R extends { request: { body: unknown } } ? { body: Body<R>['input'] } : unknown)
type Arguments<R> = unknown extends Input<R> ? [] : [input: Input<R>]

/**
 * A typed `fetch` for some records of the contract: `createCall<typeof loginRoutes>()`, with `import type`, so that no schema reaches
 * the browser. `call('post /api/x/{id}', { params: { id }, body })` answers with the body of 200 and throws `ProblemAnswer` otherwise.
 * `more` are headers that stand on every call.
 */
export function createCall<R extends Routes>(more: () => Record<string, string> = () => ({})) {
  return async <Key extends keyof Keyed<R> & string>(
    key: Key,
    ...[input]: Arguments<Keyed<R>[Key]>
  ): Promise<Output<Keyed<R>[Key]>> => {
    const {
      params = {},
      query,
      body,
    } = (input ?? {}) as {
      params?: Record<string, string>
      query?: Record<string, string>
      body?: unknown
    }
    const [method = '', template = ''] = key.split(' ')
    const asked = query && Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? '')) + asked
    const headers = { accept: 'application/json', 'content-type': 'application/json', ...more() }
    const response = await fetch(path, { method: method.toUpperCase(), headers, body: JSON.stringify(body) }).catch(
      () => {
        throw new ProblemAnswer({ code: 'unreachable' })
      },
    )
    // A proxy's error page is no JSON: that, too, is a problem with a code.
    const answer = await response.json().catch(() => null)
    if (!response.ok || answer === null) throw new ProblemAnswer(answer?.code ? answer : { code: 'internal' })
    return answer
  }
}
