import type { Factor } from '@vestibule/shared/factors.ts'
import { expect, test } from 'vitest'
import { amrOf } from './amr.ts'

test.each<[string, Factor[], boolean, string[]]>([
  ['a password', ['password'], false, ['pwd']],
  ['and a code of an app', ['password', 'totp'], true, ['pwd', 'otp', 'mfa']],
  ['and a code by mail', ['password', 'email_code'], true, ['pwd', 'otp', 'email', 'mfa']],
  ['and a text message', ['password', 'sms_code'], true, ['pwd', 'otp', 'sms', 'mfa']],
  ['and a recovery code', ['password', 'recovery_code'], true, ['pwd', 'otp', 'mfa']],
  ['and a security key', ['password', 'security_key'], true, ['pwd', 'pop', 'user', 'mfa']],
  ['a passkey that verified its person', ['passkey'], true, ['pop', 'user', 'mfa']],
  ['what says the same twice', ['password', 'totp', 'recovery_code'], true, ['pwd', 'otp', 'mfa']],
])('ID5 %s', (_name, factors, hasTwoFactors, amr) => {
  expect(amrOf({ factors, hasTwoFactors })).toEqual(amr)
})
