import type { Response } from './response.ts'

/** The answer when it has this status; throws with the start of its body otherwise. */
export function expectStatus(response: Response, ...statuses: number[]): Response {
  if (statuses.includes(response.status)) return response
  throw new Error(`expected ${statuses.join(' or ')}, got ${response.status}: ${response.body.slice(0, 400)}`)
}

/** Where a redirect leads. */
export function locationOf(response: Response): string {
  expectStatus(response, 302, 303)
  const location = response.headers.get('location')
  if (!location) throw new Error('a redirect without a location')
  return location
}

/** A condition that every right answer meets. */
export function check(condition: unknown, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise)
}
