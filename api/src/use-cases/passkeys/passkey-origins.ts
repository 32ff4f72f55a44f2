import type { Deps } from '../../deps.ts'
import { loginOrigin } from '../../domain/login-domain.ts'

/** Milliseconds: a login domain that is new, or gone, is told after this time at the latest. */
const FRESH = 5_000
/** Browsers compare a handful of names. */
const MOST = 200

const remembered = new WeakMap<Deps['repositories'], { origins: string[]; until: number }>()

/** The pages that may ask for the passkeys of the public host (WebAuthn Level 3, 5.11): itself, those the operator names, every login domain. */
export async function listPasskeyOrigins({ settings, repositories, clock }: Deps): Promise<string[]> {
  const now = clock.now()
  const before = remembered.get(repositories)
  if (before && before.until > now) return before.origins
  const { publicOrigin, relatedOrigins } = settings
  const domains = await repositories.organizations.listLoginDomains(MOST)
  const own = domains.flatMap((domain) => loginOrigin(domain, publicOrigin) ?? [])
  const origins = [...new Set([publicOrigin, ...relatedOrigins, ...own])]
  remembered.set(repositories, { origins, until: now + FRESH })
  return origins
}
