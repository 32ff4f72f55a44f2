import type { Hono } from 'hono'
import { Problem } from '../domain/problem.ts'
import type { Settings } from '../settings.ts'
import { ACCESS, type Access, type RouteKey } from './access.ts'
import { answer } from './answer.ts'
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
    app.on(method, path, (c) => {
      const visit = c.get('visit')
      visit.route = key
      limit.take(access.bucket, visit.address)
      if (access.opens && c.req.method === 'HEAD')
        return answer(c, null, 200, { 'content-type': 'text/html; charset=utf-8' })
      const isProgram = access.caller === 'manager' && c.req.header('authorization') !== undefined
      if (isProgram) mustBeJson(c)
      else if (access.write === 'own_origin') mustBeOurOrigin(c, settings)
      if (access.write === 'own_origin_image') mustBeOurImage(c, settings)
      visit.common = common
      return handler(c)
    })
  }

  /** Known paths with another method: 405 with Allow. HEAD goes wherever GET does. */
  const closeMethods = () => {
    for (const [path, known] of methods) {
      const allowed = [...known, ...(known.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
      app.all(path, (c) => {
        if (c.req.method === 'OPTIONS') return answer(c, null, 204, { allow: allowed })
        c.get('visit').allow = allowed
        throw new Problem('method_not_allowed')
      })
    }
  }
  return { mount, closeMethods }
}
