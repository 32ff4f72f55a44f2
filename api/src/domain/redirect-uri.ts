import type { Application } from './application.ts'

/** Checked at registration, and again at use: a row that came in another way redirects nowhere it should not. */
export function isUsableRedirect(uri: string, { type, settings }: Pick<Application, 'type' | 'settings'>): boolean {
  if (!/^[\x21-\x7e]+$/.test(uri) || /[\\"<>`{}|^*]/.test(uri) || uri.includes('#') || !URL.canParse(uri)) return false
  const { protocol, hostname, username, password } = new URL(uri)
  if (username || password || /^[a-z+.-]+:\/\/[^/?]*@/i.test(uri)) return false
  if (protocol === 'https:') return hostname !== ''
  const onThisMachine = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost'
  if (protocol === 'http:') return settings.development || (type === 'native' && onThisMachine)
  if (type !== 'native') return false
  // a private-use scheme names a domain its owner controls (RFC 8252 7.1): it has a dot
  if (/^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol)) return true
  return settings.schemesWithoutDot && /^[a-z][a-z0-9+-]*:$/.test(protocol) && !isTaken(protocol)
}

/** What browsers run, open or hand to another program than the application. `web+`: any page may register one. */
const TAKEN =
  'about blob bluetooth callto cid content data facetime file filesystem ftp ftps geo http https im intent irc ircs jar javascript ldap ldaps magnet mailto market mid mms news nntp res rtsp sftp sip sips sms smsto ssh tel telnet urn vbscript view-source vnc wais ws wss xmpp'
const isTaken = (protocol: string): boolean =>
  TAKEN.split(' ').includes(protocol.slice(0, -1)) ||
  /^(web|ms|chrome|moz|safari|opera|edge|android|itms|x-apple)\b/.test(protocol)
