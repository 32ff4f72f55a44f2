import { hash, timingSafeEqual } from 'node:crypto'

/** What opens something: 256 random bits in base64url behind a short type prefix. Only its hash is stored. */
export type TokenKind =
  | 'device'
  | 'authorization_code'
  | 'access_token'
  | 'shared_access'
  | 'refresh_token'
  | 'one_time_link'
  | 'request_uri'
  | 'device_code'
  | 'trusted_device'
  | 'known_browser'
  | 'auth_session'

const PREFIX: Record<TokenKind, string> = {
  device: 'vd_',
  authorization_code: 'vc_',
  access_token: 'va_',
  shared_access: 'vsa_',
  refresh_token: 'vr_',
  one_time_link: 'vl_',
  device_code: 'vdc_',
  trusted_device: 'vt_',
  known_browser: 'vk_',
  auth_session: 'vas_',
  request_uri: 'urn:ietf:params:oauth:request_uri:',
}

export type RandomBytes = (size: number) => Buffer

export const newToken = (kind: TokenKind, randomBytes: RandomBytes): string =>
  PREFIX[kind] + randomBytes(32).toString('base64url')

/** SHA-256 in base64url: fit to look up by, because what it hides can not be guessed. */
export const tokenHash = (token: string): string => hash('sha256', token, 'base64url')

/** The same of what is no text: it names its content. */
export const contentHash = (content: Uint8Array): string => hash('sha256', content, 'base64url')

/** 43 base64url characters behind the prefix, in the one canonical encoding: a look-alike is not looked up at all. */
export function isToken(kind: TokenKind, value: string): boolean {
  const prefix = PREFIX[kind]
  if (!value.startsWith(prefix) || value.length !== prefix.length + 43) return false
  const body = value.slice(prefix.length)
  return Buffer.from(body, 'base64url').toString('base64url') === body
}

/** Compares two hashes in constant time: they have one length, so nothing has to be hashed for that. */
export const equalHashes = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** Compares in constant time, whatever the lengths. */
export function equalSecrets(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
}
