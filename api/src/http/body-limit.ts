import type { MiddlewareHandler } from 'hono'
import { bodyLimit as streamLimit } from 'hono/body-limit'
import { Problem } from '../domain/problem.ts'
import type { Env } from './env.ts'

/** Bytes. */
const LARGEST_BODY = 65_536

const refuse = (): never => {
  throw new Problem('body_too_large')
}

/**
 * Checked before anything is parsed. A body that states its length is judged by it, since Node reads no byte more; one that comes in
 * chunks is counted as it arrives.
 */
export function bodyLimit(): MiddlewareHandler<Env> {
  const counted = streamLimit({ maxSize: LARGEST_BODY, onError: refuse })
  return (c, next) => {
    const { method } = c.req
    if (method === 'GET' || method === 'HEAD') return next()
    const length = c.req.header('content-length')
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next)
    if (Number(length) > LARGEST_BODY) return refuse()
    return next()
  }
}
