import { type RegisteredKey, readPublicKey } from '../crypto/public-key.ts'
import type { Outbound } from './outbound.ts'

/** The keys at a registered address; asked for again when `kid` is none of them, at most once a minute. Empty when they can not be had. */
export type RemoteKeys = (uri: string, kid: string | null) => Promise<readonly RegisteredKey[]>

type Known = { keys: readonly RegisteredKey[]; fetchedAt: number; askedAt: number }

const MINUTE = 60_000
/** Milliseconds: of an answer, and how long it counts, the second where the address has been silent since. */
const PATIENCE = 5_000
const FRESH = 10 * MINUTE
const USABLE = 60 * MINUTE
const MOST_KEYS = 100
const MOST_ADDRESSES = 1_000

export function createRemoteKeys({ outbound, now }: { outbound: Outbound; now(): number }): RemoteKeys {
  const known = new Map<string, Known>()
  const underWay = new Map<string, Promise<void>>()

  async function ask(uri: string): Promise<void> {
    const before = known.get(uri)
    const askedAt = now()
    const keys = await fetchKeys(outbound, uri)
    if (known.size >= MOST_ADDRESSES && !before) known.delete(known.keys().next().value!)
    known.set(
      uri,
      keys ? { keys, fetchedAt: askedAt, askedAt } : { ...(before ?? { keys: [], fetchedAt: 0 }), askedAt },
    )
  }

  /** Whoever waits for the same address waits for the same answer. */
  function askOnce(uri: string): Promise<void> {
    const asking = underWay.get(uri) ?? ask(uri).finally(() => underWay.delete(uri))
    underWay.set(uri, asking)
    return asking
  }

  return async (uri, kid) => {
    const entry = known.get(uri)
    const isMissing = kid !== null && !entry?.keys.some((key) => key.kid === kid)
    const isOld = !entry || entry.fetchedAt + FRESH <= now()
    if ((isMissing || isOld) && (!entry || entry.askedAt + MINUTE <= now())) await askOnce(uri)
    const { keys = [], fetchedAt = 0 } = known.get(uri) ?? {}
    return fetchedAt + USABLE > now() ? keys : []
  }
}

/** A JWK set (RFC 7517 5); members that are no usable keys are passed over. Null for anything else. */
async function fetchKeys(outbound: Outbound, uri: string): Promise<RegisteredKey[] | null> {
  try {
    const request = { url: uri, method: 'GET', headers: { accept: 'application/json' } } as const
    const { status, body } = await outbound({ ...request, signal: AbortSignal.timeout(PATIENCE) })
    const { keys } = JSON.parse(body) as { keys?: unknown }
    if (status !== 200 || !Array.isArray(keys)) return null
    return keys
      .slice(0, MOST_KEYS)
      .map(readPublicKey)
      .filter((key) => typeof key !== 'string')
  } catch {
    return null
  }
}
