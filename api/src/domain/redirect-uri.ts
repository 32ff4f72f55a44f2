import type { Application } from './application.ts'

/** Checked at registration, and again at use: a row that came in another way redirects nowhere it should not. */
export function isUsableRedirect(uri: string, { type, settings }: Pick<Application, 'type' | 'settings'>): boolean {
  if (!/^[\x21-\x7e]+$/.test(uri) || /[\\"<>`{}|^*]/.test(uri) || uri.includes('#') || !URL.canParse(uri)) return false
  const { protocol, hostname, username, password } = new URL(uri)
  if (username || password || /^[a-z+.-]+:\/\/[^/?]*@/i.test(uri)) return false
  if (protocol === 'https:') return hostname !== ''
  const onThisMachine = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost'
  if (protocol === 'http:') return settings.development || (type === 'native' && onThisMachine)
  // a private-use scheme names a domain its owner controls (RFC 8252 7.1): it has a dot
  return type === 'native' && /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol)
}
