import type { Factor } from '@vestibule/shared/factors.ts'
import type { CompletedLogin } from './login/steps.ts'

/** Authentication Method Reference values (RFC 8176) of the factors a login rests on, with `mfa` where they are two. */
export function amrOf({ factors, hasTwoFactors }: Pick<CompletedLogin, 'factors' | 'hasTwoFactors'>): string[] {
  return [...new Set([...factors.flatMap((factor) => AMR[factor]), ...(hasTwoFactors ? ['mfa'] : [])])]
}

/** The RFC has no word for mail: `email` is ours, so that nobody takes it for a one-time password of a device. */
const AMR: Record<Factor, readonly string[]> = {
  password: ['pwd'],
  passkey: ['pop', 'user'],
  security_key: ['pop', 'user'],
  totp: ['otp'],
  email_code: ['email'],
  sms_code: ['sms'],
  recovery_code: ['otp'],
}
