import type { Hono } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { Problem } from '../domain/problem.ts'
import type { Settings } from '../settings.ts'
import { ACCESS, type Access, type RouteKey } from './access.ts'
import { answer } from './answer.ts'
import { limitBody } from './body-limit.ts'
import type { Env, Http } from './env.ts'
import { mustBeJson, mustBeOurImage, mustBeOurOrigin } from './origin.ts'
import type { RateLimit } from './rate-limit.ts'
import { commonHeaders, NO_STORE } from './security-headers.ts'

type Handler = (c: Http) => Response | Promise<Response>
export type Mount = (key: RouteKey, handler: Handler) => void

/** How long relying parties may cache keys and metadata is a setting; the names of assets carry their content's hash. */
const cacheHeaders = (cache: Access['cache'], { keysMaxAge }: Settings): Record<string, string> => {
  switch (cache) {
    case 'no-store':
      return NO_STORE
    case 'metadata':
      return { 'cache-control': `public, max-age=${keysMaxAge}` }
    case 'assets':
      return { 'cache-control': 'public, max-age=31536000, immutable' }
  }
}

/** The only way a route gets onto the router: with its row of the access table, whose rules run before the handler. */
export function createMounting(app: Hono<Env>, settings: Settings, limit: RateLimit) {
  const methods = new Map<string, Set<string>>()

  const mount: Mount = (key, handler) => {
    const access: Access = ACCESS[key]
    const [method, path] = key.split(' ') as [string, string]
    methods.set(path, (methods.get(path) ?? new Set()).add(method))
    const common = { ...commonHeaders(settings), ...cacheHeaders(access.cache, settings) }
    const admit: Handler = (c) => {
      if (access.opens && c.req.method === 'HEAD')
        return answer(c, null, 200, { 'content-type': 'text/html; charset=utf-8' })
      const isProgram = access.caller === 'manager' && c.req.header('authorization') !== undefined
      if (isProgram) mustBeJson(c)
      else if (access.write === 'own_origin') mustBeOurOrigin(c, settings)
      if (access.write === 'own_origin_image') mustBeOurImage(c, settings)
      c.env.visit.common = common
      return handler(c)
    }
    app.on(method, path, (c): Response | Promise<Response> => {
      const { visit } = c.env
      visit.route = key
      limit.take(access.bucket, visit.address)
      const reading = limitBody(c)
      return reading ? reading.then(() => admit(c)) : admit(c)
    })
  }

  /**
   * What no route is for: known paths with another method, which is 405 with Allow, and unknown ones. HEAD goes wherever GET does. The paths
   * have a router of their own, since a second handler for a path costs each request to it a chain of promises.
   */
  const closeTheRest = () => {
    const known = new TrieRouter<string>()
    for (const [path, ones] of methods) {
      const allowed = [...ones, ...(ones.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
      known.add('ALL', path, allowed)
    }
    app.notFound(async (c) => {
      await limitBody(c)
      const allowed = known.match('ALL', c.req.path)[0][0]?.[0]
      if (allowed === undefined) throw new Problem('not_found')
      if (c.req.method === 'OPTIONS') return answer(c, null, 204, { allow: allowed })
      c.env.visit.allow = allowed
      throw new Problem('method_not_allowed')
    })
  }
  return { mount, closeTheRest }
}
