import { isLoopback } from './loopback.ts'

/**
 * The origin of a login domain: its host name with the scheme and the port of the public origin. Null for what can be none: the public
 * host itself, an address in numbers, and, where the public origin is http, whatever is not on this machine.
 */
export function loginOrigin(domain: string, publicOrigin: string): string | null {
  const { protocol, hostname, port } = new URL(publicOrigin)
  const origin = `${protocol}//${domain}${port && `:${port}`}`
  // what the parser writes in another way names another host, or none
  const isName = URL.canParse(origin) && new URL(origin).hostname === domain && !/^\[|^[\d.]+$/.test(domain)
  const isReachable = protocol === 'https:' || isLoopback(domain)
  return isName && isReachable && domain !== hostname ? origin : null
}
