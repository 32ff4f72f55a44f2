import { describe, expect, test } from 'vitest'
import { DEFAULT_LOGIN_POLICY, linksPolicySchema, loginPolicySchema } from './policy.ts'

describe('links of the footer', () => {
  const accepts = (link: unknown) => linksPolicySchema.safeParse({ help: link }).success

  test('are https', () => {
    const links = {
      help: 'https://acme.test/help?from=login#top',
      privacy: 'https://acme.test/p',
      terms: 'https://acme.test',
    }
    expect(linksPolicySchema.parse(links)).toEqual(links)
  })

  test('may be missing', () => {
    expect(linksPolicySchema.parse({})).toEqual({})
  })

  test.each([
    'http://acme.test/help',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\nscript:alert(1)',
    ' javascript:alert(1)',
    'javascript://acme.test/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://acme.test/x',
    'file:///etc/passwd',
    'mailto:help@acme.test',
    '//acme.test/help',
    '/help',
    'acme.test',
    'https://',
    '',
  ])('are not %j', (link) => {
    expect(accepts(link)).toBe(false)
  })

  test('have 2,048 characters at most', () => {
    const start = 'https://acme.test/'
    expect(accepts(start + 'x'.repeat(2048 - start.length))).toBe(true)
    expect(accepts(start + 'x'.repeat(2049 - start.length))).toBe(false)
  })

  test('are three and no more', () => {
    expect(linksPolicySchema.safeParse({ logo: 'https://acme.test' }).success).toBe(false)
  })
})

describe('the login policy', () => {
  const accepts = (policy: unknown) => loginPolicySchema.safeParse(policy).success

  test('has a default for everything', () => {
    const day = 86_400
    expect(DEFAULT_LOGIN_POLICY).toEqual({
      allowPassword: true,
      allowPasskey: true,
      upgradesToPasskey: true,
      secondFactors: ['totp', 'security_key', 'email_code', 'sms_code', 'recovery_code'],
      forceSecondFactor: 'never',
      passkeyCheckLifetime: day / 2,
      secondFactorCheckLifetime: 64_800,
      enrollmentSkipLifetime: 30 * day,
      trustedDeviceLifetime: 0,
      allowUsernameChange: true,
      allowPasswordReset: true,
      identifiers: ['username', 'email', 'phone'],
      passwordCheckLifetime: 10 * day,
      sessionIdleLifetime: 30 * day,
      sessionAbsoluteLifetime: 90 * day,
    })
  })

  test('counts whole seconds, a minute at least', () => {
    expect(accepts({ passwordCheckLifetime: 60 })).toBe(true)
    for (const lifetime of [59, 0, -60, 60.5, Number.NaN, Number.POSITIVE_INFINITY, '60', null]) {
      expect(accepts({ passwordCheckLifetime: lifetime })).toBe(false)
    }
  })

  test('leaves at least one kind of identifier', () => {
    expect(accepts({ identifiers: ['email'] })).toBe(true)
    expect(accepts({ identifiers: [] })).toBe(false)
    expect(accepts({ identifiers: ['passport'] })).toBe(false)
  })
})
