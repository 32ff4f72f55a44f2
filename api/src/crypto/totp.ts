import { Secret, TOTP } from 'otpauth'
import type { RandomBytes } from './token.ts'

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, thirty seconds. */
const DIGITS = 6
/** Seconds. */
const PERIOD = 30
/** The clock of a phone may be off by so many steps. */
const DRIFT = 1

/** 160 bits in base 32 (RFC 4226, section 4, R6). */
export const newTotpSecret = (randomBytes: RandomBytes): string =>
  new Secret({ buffer: new Uint8Array(randomBytes(20)).buffer }).base32

/** What a QR code holds, and what a link on the phone itself opens. */
export const totpUri = (secret: string, { issuer, account }: { issuer: string; account: string }): string =>
  new TOTP({ issuer, label: account, secret, digits: DIGITS, period: PERIOD }).toString()

/** The time step whose code this is, at this time or one step beside it; null where it is none. `now` is in milliseconds. */
export function totpStepOf(secret: string, code: string, now: number): number | null {
  const totp = new TOTP({ secret, digits: DIGITS, period: PERIOD })
  const beside = totp.validate({ token: code, timestamp: now, window: DRIFT })
  return beside === null ? null : Math.floor(now / 1000 / PERIOD) + beside
}
