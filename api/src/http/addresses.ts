import type { Address, Deps } from '../deps.ts'
import { loginDomainIn } from '../domain/login-domain.ts'
import type { Bindings } from './env.ts'
import type { RateLimit } from './rate-limit.ts'

type App = { fetch(request: Request, bindings?: Bindings): Response | Promise<Response> }

/** Who answers at a host that is not the public one; null for a host of nobody. `client` is who asks. */
export type Elsewhere = (host: string, client: string) => Promise<App | null>

/** Milliseconds: a login domain that was taken away is not answered any more after this time at the latest. */
const FRESH = 5_000
/** Half a megabyte each. Beyond it the one that was looked up longest ago is built anew when somebody comes, in some ten milliseconds. */
const MOST_REMEMBERED = 300

/** The login domains, each answered by an app of its own that knows no other address. They are built when somebody comes. */
export function createAddresses(deps: Deps, limit: RateLimit, open: (address: Address) => App): Elsewhere {
  const known = new Map<string, Address & { app: App; until: number }>()

  return async (host, client) => {
    const now = deps.clock.now()
    const before = known.get(host)
    if (before && before.until > now) return before.app
    if (!before && !limit.mayAskForHost(client)) return null
    const address = await findAddress(deps, host)
    known.delete(host)
    if (!address) return null
    if (known.size >= MOST_REMEMBERED) known.delete(known.keys().next().value!)
    const app = before?.organizationId === address.organizationId ? before.app : open(address)
    known.set(host, { ...address, app, until: now + FRESH })
    return app
  }
}

async function findAddress({ repositories, settings }: Deps, host: string): Promise<Address | null> {
  const named = loginDomainIn(host, settings.publicOrigin)
  const organizationId = named && (await repositories.organizations.findIdByLoginDomain(named.domain))
  return organizationId ? { origin: named.origin, organizationId } : null
}
