import { isIP } from 'node:net'

/**
 * The address of the client. With trusted proxies it stands that many places from the end of `X-Forwarded-For`; whatever a client wrote
 * itself stands further left and is never read. Anything that is not an address falls back to the peer.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | null, trustedHops: number): string {
  const own = peer ?? 'unknown'
  if (trustedHops === 0 || !forwardedFor) return own
  const hops = forwardedFor.slice(-2048).split(',')
  const claimed = hops.at(-trustedHops)?.trim() ?? ''
  return isIP(claimed) ? claimed : own
}
