import { type Look, MODES } from '@vestibule/shared/branding.ts'
import { isLanguage, type Language } from '@vestibule/shared/languages.ts'
import { parse, serialize } from 'hono/utils/cookie'
import { isToken } from '../crypto/token.ts'
import type { Deps } from '../deps.ts'
import type { Settings } from '../settings.ts'
import type { Arrival, Beginning } from '../use-cases/login/begin-login.ts'
import type { TrustCookie } from '../use-cases/trusted-devices/trust-device.ts'
import { setCookie } from './answer.ts'
import type { Http } from './env.ts'

/** Browsers keep a cookie 400 days at most. Seconds. */
const LONGEST = 400 * 86_400

/**
 * `__Host-` binds a cookie to this host, the root path and https. On http://localhost, the only http address that is allowed, browsers
 * refuse the prefix and `Secure`; the cookie has every other attribute there.
 */
const nameOf = (name: string, { secure }: Settings) => (secure ? `__Host-${name}` : name)

const attributes = ({ secure }: Settings) => ({ path: '/', httpOnly: true, secure, sameSite: 'Lax' }) as const

const readCookie = (c: Http, name: string): string | undefined => parse(c.req.header('cookie') ?? '', name)[name]

const writeCookie = (c: Http, name: string, value: string, options: Parameters<typeof serialize>[2]): void =>
  setCookie(c, serialize(name, value, options))

/** The opaque handle of this browser, or null. */
export function readDevice(c: Http, settings: Settings): string | null {
  const value = readCookie(c, nameOf('vestibule', settings))
  return value && isToken('device', value) ? value : null
}

export function writeDevice(
  c: Http,
  settings: Settings,
  { token, persistent }: { token: string; persistent: boolean },
): void {
  const lifetime = persistent ? { maxAge: LONGEST } : {}
  writeCookie(c, nameOf('vestibule', settings), token, { ...attributes(settings), ...lifetime })
}

function readTrust(c: Http, settings: Settings): string | null {
  const value = readCookie(c, nameOf('vestibule-trust', settings))
  return value && isToken('trusted_device', value) ? value : null
}

/** It outlives the browser, whether somebody stays signed in or not: it signs nobody in. */
export function writeTrust(c: Http, settings: Settings, { token, expiresAt }: TrustCookie, now: number): void {
  const maxAge = Math.min(LONGEST, Math.max(0, Math.floor((expiresAt - now) / 1000)))
  writeCookie(c, nameOf('vestibule-trust', settings), token, { ...attributes(settings), maxAge })
}

function readKnown(c: Http, settings: Settings): string | null {
  const value = readCookie(c, nameOf('vestibule-known', settings))
  return value && isToken('known_browser', value) ? value : null
}

/** It outlives the browser, and opens nothing: who was in it before is not told that a new one is used. */
export function writeKnown(c: Http, settings: Settings, token: string): void {
  writeCookie(c, nameOf('vestibule-known', settings), token, { ...attributes(settings), maxAge: LONGEST })
}

/** The browser that begins something. */
export const readBrowser = (
  c: Http,
  settings: Settings,
): Pick<Arrival, 'deviceToken' | 'knownToken' | 'trustToken' | 'userAgent'> => ({
  deviceToken: readDevice(c, settings),
  knownToken: readKnown(c, settings),
  trustToken: readTrust(c, settings),
  userAgent: c.req.header('user-agent') ?? '',
})

type Pending = Extract<Beginning, { kind: 'pending' }>

/** What a browser got for what it began. */
export function writeBeginning(
  c: Http,
  { settings, clock }: Pick<Deps, 'settings' | 'clock'>,
  { cookie, trust }: Pending,
) {
  if (cookie) writeDevice(c, settings, { token: cookie, persistent: false })
  if (trust) writeTrust(c, settings, trust, clock.now())
}

/** The language somebody chose in this browser, and when (milliseconds): a choice made after a request arrived wins over it. */
export function readLanguage(c: Http, settings: Settings): { language: Language; chosenAt: number } | null {
  const [language = '', chosenAt = ''] = (readCookie(c, nameOf('vestibule-language', settings)) ?? '').split('.')
  return isLanguage(language) ? { language, chosenAt: Number(chosenAt) || 0 } : null
}

/** Whether somebody wants light or dark pages in this browser. */
export function readAppearance(c: Http, settings: Settings): Look['mode'] {
  const value = readCookie(c, nameOf('vestibule-appearance', settings))
  return MODES.find((mode) => mode === value) ?? 'auto'
}

export function writeAppearance(c: Http, settings: Settings, appearance: Look['mode']): void {
  writeCookie(c, nameOf('vestibule-appearance', settings), appearance, { ...attributes(settings), maxAge: LONGEST })
}

export function writeLanguage(c: Http, settings: Settings, language: Language, now: number): void {
  writeCookie(c, nameOf('vestibule-language', settings), `${language}.${now}`, {
    ...attributes(settings),
    maxAge: LONGEST,
  })
}

/** What the frame of session management reads: by script, in a frame of somebody else's page, and it opens nothing. */
export const browserStateCookie = (settings: Settings): string => nameOf('vestibule-state', settings)

export function readBrowserState(c: Http, settings: Settings): string | null {
  const value = readCookie(c, browserStateCookie(settings)) ?? ''
  return /^[\w-]{22}$/.test(value) ? value : null
}

export function writeBrowserState(c: Http, settings: Settings, value: string): void {
  // browsers take Secure from http on this machine too
  const options = { path: '/', secure: true, sameSite: 'None', maxAge: LONGEST } as const
  writeCookie(c, browserStateCookie(settings), value, options)
}
