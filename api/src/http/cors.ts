import type { Deps } from '../deps.ts'
import type { Application } from '../domain/application.ts'
import { answer, setHeader } from './answer.ts'
import type { Http } from './env.ts'

/** Milliseconds: a newly registered origin is known everywhere after this time at the latest. */
const FRESH = 5_000

export type Cors = ReturnType<typeof createCors>

/** The origins a browser application may call from: those of its redirect URIs, and those it registered besides. */
function originsOf({ type, redirectUris, settings }: Application): string[] {
  const own = type === 'spa' ? redirectUris.map((uri) => new URL(uri).origin) : []
  return [...own, ...settings.additionalOrigins]
}

/** Cross-origin access to the protocol endpoints (Fetch 3.2): registered origins only, never with credentials. */
export function createCors({ repositories, clock }: Deps) {
  let known = new Set<string>()
  let until = 0

  async function registered(): Promise<Set<string>> {
    if (clock.now() < until) return known
    until = clock.now() + FRESH
    known = new Set((await repositories.applications.listActive()).flatMap(originsOf))
    return known
  }

  const allow = (c: Http, origin: string) => {
    setHeader(c, 'access-control-allow-origin', origin)
    setHeader(c, 'access-control-expose-headers', 'DPoP-Nonce, WWW-Authenticate')
  }

  return {
    /** Some application registered this origin. */
    async any(c: Http): Promise<void> {
      const origin = c.req.header('origin')
      setHeader(c, 'vary', 'Origin')
      if (origin && (await registered()).has(origin)) allow(c, origin)
    },
    /** This application registered it. */
    forClient(c: Http, application: Application): void {
      const origin = c.req.header('origin')
      setHeader(c, 'vary', 'Origin')
      if (origin && originsOf(application).includes(origin)) allow(c, origin)
    },
    async preflight(c: Http, methods: string): Promise<Response> {
      await this.any(c)
      setHeader(c, 'access-control-allow-methods', methods)
      setHeader(c, 'access-control-allow-headers', 'Authorization, Content-Type, DPoP')
      setHeader(c, 'access-control-max-age', '600')
      return answer(c, null, 204)
    },
  }
}
