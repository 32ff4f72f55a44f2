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

/** The login domain and its origin that a Host header names, or would name if it were one: letter by letter, with the port of the public origin. */
export function loginDomainIn(host: string, publicOrigin: string): { domain: string; origin: string } | null {
  const { port } = new URL(publicOrigin)
  const suffix = port && `:${port}`
  if (host.length > 260 || !host.endsWith(suffix)) return null
  const domain = host.slice(0, host.length - suffix.length)
  const origin = loginOrigin(domain, publicOrigin)
  return origin === null ? null : { domain, origin }
}
