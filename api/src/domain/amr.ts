import type { Factor } from '@vestibule/shared/factors.ts'
import type { CompletedLogin } from './login/steps.ts'

/** Authentication Method Reference values (RFC 8176) of the factors a login rests on, with `mfa` where they are two. */
export function amrOf({ factors, hasTwoFactors }: Pick<CompletedLogin, 'factors' | 'hasTwoFactors'>): string[] {
  return [...new Set([...factors.flatMap((factor) => AMR[factor]), ...(hasTwoFactors ? ['mfa'] : [])])]
}

/** A code is `otp` however it arrived. The RFC has no word for mail: `email` is ours, for who wants to tell it from a code of a device. */
const AMR: Record<Factor, readonly string[]> = {
  password: ['pwd'],
  passkey: ['pop', 'user'],
  security_key: ['pop', 'user'],
  totp: ['otp'],
  email_code: ['otp', 'email'],
  sms_code: ['otp', 'sms'],
  recovery_code: ['otp'],
}
