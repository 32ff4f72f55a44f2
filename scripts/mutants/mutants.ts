/** A mistake that somebody could make in the rules of the login: `from` stands once in the file, and `to` in its place is the mistake. */
export type Mutant = { name: string; file: string; from: string; to: string }

const rules = 'api/src/domain/login/rules.ts'
const rule = (name: string) => `api/src/domain/login/rules/${name}.ts`
const checks = 'api/src/domain/login/checks.ts'
const second = 'api/src/domain/login/second-factor.ts'
const complete = 'api/src/domain/login/next-step.ts'
const trust = 'api/src/domain/login/trusted-device.ts'
const actions = 'api/src/domain/login/permitted-actions.ts'
const subject = 'api/src/domain/login/subject.ts'

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the second factor is forgotten',
    file: rules,
    from: '  secondFactor,\n  recoveryCodes,',
    to: '  recoveryCodes,',
  },
  {
    name: 'an account that is leaving is kept with half a proof',
    file: rules,
    from: '  secondFactor,\n  recoveryCodes,\n  refuseLeaving,',
    to: '  refuseLeaving,\n  secondFactor,\n  recoveryCodes,',
  },
  {
    name: 'a password is replaced with half a proof',
    file: rules,
    from: '  secondFactor,\n  recoveryCodes,\n  refuseLeaving,\n  changePassword,',
    to: '  changePassword,\n  secondFactor,\n  recoveryCodes,\n  refuseLeaving,',
  },
  {
    name: 'recovery codes are shown with half a proof',
    file: rules,
    from: '  secondFactor,\n  recoveryCodes,',
    to: '  recoveryCodes,\n  secondFactor,',
  },
  {
    name: 'recovery codes are shown to whoever comes',
    file: rule('second-factor'),
    from: " || ceremony.userId !== user?.id) return null\n  return { kind: 'recovery_codes'",
    to: ") return null\n  return { kind: 'recovery_codes'",
  },
  {
    name: 'consent is given with half a proof',
    file: rules,
    from: '  secondFactor,\n  recoveryCodes,\n  refuseLeaving,\n  changePassword,\n  offerSecondFactor,\n  confirmDevice,\n  consent,',
    to: '  consent,\n  secondFactor,\n  recoveryCodes,\n  refuseLeaving,\n  changePassword,\n  offerSecondFactor,\n  confirmDevice,',
  },
  {
    name: 'any second factor satisfies who asks for one that can not be phished',
    file: rule('second-factor'),
    from: '(second && meetsRequest(facts, assuranceOf(first, second)))',
    to: 'second',
  },
  {
    name: 'a password alone sets up a stronger factor beside a weaker one',
    file: rule('second-factor'),
    from: 'const methods = fitting.length > 0 || second ? fitting : held',
    to: 'const methods = fitting',
  },
  {
    name: 'a factor is set up by a proof of another day',
    file: rule('second-factor'),
    from: "  return firstIsYoung(facts, account)\n    ? { kind: 'enroll_second_factor'",
    to: "  return firstIsYoung(facts, account) || true\n    ? { kind: 'enroll_second_factor'",
  },
  {
    name: 'a set-up that is forced may be skipped',
    file: rule('second-factor'),
    from: 'methods, canSkip: false',
    to: 'methods, canSkip: true',
  },
  {
    name: '"not now" is not remembered',
    file: rule('offers'),
    from: 'skippedAt + policy.enrollmentSkipLifetime * 1000 > now',
    to: 'skippedAt + policy.enrollmentSkipLifetime > now',
  },
  {
    name: 'a set-up is offered where nobody wants one',
    file: rule('offers'),
    from: 'policy.enrollmentSkipLifetime === 0 || ',
    to: '',
  },
  {
    name: 'a set-up is offered to who holds something',
    file: rule('offers'),
    from: ' || heldMethods(account).length > 0) return null',
    to: ') return null',
  },
  {
    name: 'an offer keeps a silent request out',
    file: rule('offers'),
    from: "request.prompts.has('none') || (request.isOwn && request.maxAge !== null)) return null\n  const { skippedAt }",
    to: '(request.isOwn && request.maxAge !== null)) return null\n  const { skippedAt }',
  },
  {
    name: 'the offer of a passkey keeps a silent request out',
    file: rule('offers'),
    from: "request.prompts.has('none') || (request.isOwn && request.maxAge !== null)) return null\n  if (heldMethods",
    to: '(request.isOwn && request.maxAge !== null)) return null\n  if (heldMethods',
  },
  {
    name: 'a passkey is offered beside what was not shown',
    file: rule('offers'),
    from: "  if (heldMethods(account).length > 0 && secondFactorChecks(account, facts).length === 0) return null\n  return { kind: 'offer_passkey'",
    to: "  return { kind: 'offer_passkey'",
  },
  {
    name: 'a policy that allows nobody a factor lets everybody in',
    file: rule('second-factor'),
    from: "  if (methods.length === 0) return { kind: 'denied', reason: 'no_second_factor'",
    to: "  if (methods.length < 0) return { kind: 'denied', reason: 'no_second_factor'",
  },
  {
    name: 'a browser that one person trusts is trusted with everybody',
    file: trust,
    from: 'userId === user?.id && organizationId === user.organizationId',
    to: 'organizationId === user?.organizationId',
  },
  {
    name: 'trust counts in every organization',
    file: trust,
    from: 'userId === user?.id && organizationId === user.organizationId',
    to: 'userId === user?.id && organizationId.length > 0',
  },
  {
    name: 'trust never ends',
    file: trust,
    from: 'now < endOf(one, policy)',
    to: 'policy.trustedDeviceLifetime > 0',
  },
  {
    name: 'trust outlives a policy that became shorter',
    file: trust,
    from: 'Math.min(expiresAt, checkedAt + policy.trustedDeviceLifetime * 1000)',
    to: '(policy.trustedDeviceLifetime > 0 ? expiresAt : 0)',
  },
  {
    name: 'trust of tomorrow counts',
    file: trust,
    from: 'one.checkedAt <= now && ',
    to: '',
  },
  {
    name: 'trust outlives the factor that was shown for it',
    file: second,
    from: '  if (!trust || !usable(account).includes(trust.factor)) return false\n',
    to: '  if (!trust) return false\n',
  },
  {
    name: 'trust outlives the app that was shown for it',
    file: second,
    from: 'trust.credential === null || account',
    to: 'trust.credential !== undefined || account',
  },
  {
    name: 'a trusted browser is two factors for who asks for two',
    file: trust,
    from: "requiredAssurance === 'aal2' || requiredAssurance === 'phr' || ",
    to: '',
  },
  {
    name: 'a trusted browser is a proof of now',
    file: trust,
    from: " || maxAge !== null || prompts.has('login')",
    to: '',
  },
  {
    name: 'a trusted browser is never asked for anything',
    file: rule('second-factor'),
    from: '  if (isTrusted(account, facts)) return null\n',
    to: '  if (facts.trusted.length > 0) return null\n',
  },
  {
    name: 'a lock after failures leaves codes open',
    file: checks,
    from: "factor !== 'passkey' && factor !== 'security_key'",
    to: "factor === 'password'",
  },
  {
    name: 'a security key opens an account by itself',
    file: checks,
    from: '    default:\n      return false',
    to: "    case 'security_key':\n      return true\n    default:\n      return false",
  },
  { name: 'a lock takes keys away', file: checks, from: " && factor !== 'security_key'", to: '' },
  {
    name: 'a second factor lives as long as a password',
    file: checks,
    from: '      return policy.secondFactorCheckLifetime',
    to: '      return policy.passwordCheckLifetime',
  },
  {
    name: 'a passkey lives as long as a password',
    file: checks,
    from: '      return policy.passkeyCheckLifetime',
    to: '      return policy.passwordCheckLifetime',
  },
  {
    name: 'prompt=login is satisfied by what was before',
    file: checks,
    from: "  if (request.prompts.has('login') && !madeForThisRequest) return false\n",
    to: '',
  },
  {
    name: 'max_age counts for nothing',
    file: checks,
    from: 'if (request.maxAge === null) return true',
    to: 'return true',
  },
  {
    name: 'a check of tomorrow counts',
    file: checks,
    from: 'if (check.at > now || check.at + lifetimeOf',
    to: 'if (check.at + lifetimeOf',
  },
  {
    name: 'what was shown and is gone still counts',
    file: checks,
    from: 'isHeld(check) && isFresh',
    to: 'isFresh',
  },
  {
    name: 'a session that ended proves something',
    file: checks,
    from: 'if (!isLive(session, policy, demand.now)) return []',
    to: '',
  },
  {
    name: 'passkeys count where the organization wants none',
    file: checks,
    from: 'return policy.allowPasskey && factors.passkeys > 0',
    to: 'return factors.passkeys > 0',
  },
  {
    name: 'a passkey is two factors without having verified its user',
    file: second,
    from: 'hasPasskey(account) && userVerified === true',
    to: 'hasPasskey(account)',
  },
  {
    name: 'a factor that the policy dropped satisfies',
    file: second,
    from: '  factors.second.filter((factor) => policy.secondFactors.includes(factor))',
    to: '  factors.second.filter(() => policy.secondFactors !== null)',
  },
  {
    name: 'recovery codes are a reason to ask',
    file: second,
    from: "const isOwnReason = (factor: SecondFactor) => factor !== 'recovery_code'",
    to: 'const isOwnReason = (factor: SecondFactor) => factor !== null',
  },
  {
    name: 'what somebody set up themselves is asked of nobody',
    file: second,
    from: "usable(account).some(isOwnReason) ? ['second_factor_is_set_up'] : []",
    to: '[]',
  },
  {
    name: 'the policy forces nobody',
    file: second,
    from: "account.policy.forceSecondFactor !== 'never'",
    to: 'account.policy.forceSecondFactor === null',
  },
  {
    name: 'acr_values=aal2 asks for nothing',
    file: second,
    from: "  if (request.requiredAssurance === 'aal2') return ['application_asks_for_second_factor']\n",
    to: '',
  },
  {
    name: 'a code of an app can not be phished',
    file: second,
    from: "new Set(['passkey', 'security_key'])",
    to: "new Set(['passkey', 'security_key', 'totp'])",
  },
  {
    name: 'a security key can be phished',
    file: second,
    from: "new Set(['passkey', 'security_key'])",
    to: "new Set(['passkey'])",
  },
  {
    name: 'a security key can not be set up',
    file: second,
    from: "['totp', 'security_key', ...SENT_CODES]",
    to: "['totp', ...SENT_CODES]",
  },
  {
    name: 'a code is set up for an address that nobody verified',
    file: second,
    from: ' && (!isSentCode(factor) || factors.reachable.includes(factor))',
    to: '',
  },
  {
    name: 'auth_time is that of the younger proof',
    file: complete,
    from: 'Math.min(first.at',
    to: 'Math.max(first.at',
  },
  {
    name: 'acr says more than was proven',
    file: second,
    from: "if (!second) return 'aal1'",
    to: "if (!second) return 'aal2'",
  },
  {
    name: 'a login is finished at the second factor',
    file: actions,
    from: "second_factor: [...WHO, 'check_passkey', 'check_second_factor']",
    to: "second_factor: [...WHO, 'check_passkey', 'check_second_factor', 'finish']",
  },
  {
    name: 'somebody of another organization may finish',
    file: subject,
    from: '(request.organizationId === null || request.organizationId === user.organizationId) &&',
    to: '',
  },
]
