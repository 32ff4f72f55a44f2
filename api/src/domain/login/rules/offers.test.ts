import { DEFAULT_LOGIN_POLICY } from '@vestibule/shared/policy.ts'
import { account, facts, held, NOW, QUIET_POLICY, user } from '../../../testing/login-facts.ts'
import { ask, checked, demand, forced, offering, second, toAnn } from '../../../testing/login-rows.ts'

/** Ann, who said "not now" so many days ago to what a new product offers. */
const declined = (days: number) =>
  account('ann', { policy: DEFAULT_LOGIN_POLICY, factors: { ...held(), skippedAt: NOW - days * 86_400_000 } })

demand([
  [
    'P1 after a registration or a reset a passkey is offered',
    facts({ accounts: [account('ann')], ...toAnn }),
    { kind: 'offer_passkey', reasons: [] },
  ],
  ['P1 a plain sign-in is never held up by it', facts({ accounts: [account('ann')] }), { kind: 'complete' }],
  [
    'it is offered to nobody else',
    facts({ accounts: [account('ben')], ...toAnn }),
    { kind: 'complete', sessionId: 'ses_ben' },
  ],
  [
    'whoever has a passkey is offered none',
    facts({ accounts: [account('ann', { factors: { ...held(), passkeys: 1 } })], ...toAnn }),
    { kind: 'complete' },
  ],
  [
    'nor is one offered where the policy has none',
    facts({ accounts: [account('ann', { policy: { ...QUIET_POLICY, allowPasskey: false } })], ...toAnn }),
    { kind: 'complete' },
  ],
  ['nor by a proof of another day', facts({ accounts: [checked('ann', 3_600_000)], ...toAnn }), { kind: 'complete' }],
  ['nor without a screen', facts({ accounts: [account('ann')], ...toAnn, request: ask('none') }), { kind: 'complete' }],
  [
    'nor on the way to something else on the own pages',
    facts({ accounts: [account('ann')], ...toAnn, request: { isOwn: true, maxAge: 300_000 } }),
    { kind: 'complete' },
  ],
  [
    'nor to whoever wishes to go',
    facts({ accounts: [account('ann', { user: user('ann', { deletionAt: NOW + 1 }) })], ...toAnn }),
    { kind: 'deletion_planned' },
  ],
  [
    'whoever holds a second factor shows it before',
    facts({ accounts: [account('ann', { factors: held('totp') })], ...toAnn }),
    { kind: 'second_factor' },
  ],
  [
    'and is offered one then',
    facts({ accounts: [second('ann', [{ factor: 'totp', at: NOW - 1 }], { factors: held('totp') })], ...toAnn }),
    { kind: 'offer_passkey' },
  ],
  [
    'it comes before what must be set up, because it is two factors',
    facts({ accounts: [account('ann', { policy: forced })], ...toAnn }),
    { kind: 'offer_passkey' },
  ],
  [
    'a passkey that was made on the way is two factors',
    facts({
      accounts: [
        second('ann', [{ factor: 'passkey', at: NOW, userVerified: true }], {
          policy: forced,
          factors: { ...held(), passkeys: 1 },
        }),
      ],
      request: { requiredAssurance: 'phr' },
    }),
    { kind: 'complete', assurance: 'phr', hasTwoFactors: true },
  ],
  [
    'whoever holds nothing is offered a second factor',
    facts({ accounts: [account('ann', { policy: offering })] }),
    { kind: 'enroll_second_factor', canSkip: true, reasons: [] },
  ],
  [
    'M1 so they are where no policy says anything',
    facts({ accounts: [account('ann', { policy: DEFAULT_LOGIN_POLICY })] }),
    { kind: 'enroll_second_factor', canSkip: true },
  ],
  ['M2 and there "not now" lasts 30 days', facts({ accounts: [declined(29)] }), { kind: 'complete' }],
  ['M2 and no longer', facts({ accounts: [declined(30)] }), { kind: 'enroll_second_factor', canSkip: true }],
  [
    'but not by a proof of another day',
    facts({ accounts: [{ ...checked('ann', 301_000), policy: offering }] }),
    { kind: 'complete' },
  ],
  [
    '"not now" lasts as long as the policy says',
    facts({ accounts: [account('ann', { policy: offering, factors: { ...held(), skippedAt: NOW - 999_999 } })] }),
    { kind: 'complete' },
  ],
  [
    'and then it is offered again',
    facts({ accounts: [account('ann', { policy: offering, factors: { ...held(), skippedAt: NOW - 1_000_000 } })] }),
    { kind: 'enroll_second_factor', canSkip: true },
  ],
  [
    'where the time is none it is never offered',
    facts({ accounts: [account('ann', { policy: { ...offering, enrollmentSkipLifetime: 0 } })] }),
    { kind: 'complete' },
  ],
  [
    'it is offered to nobody who can not see it',
    facts({ accounts: [account('ann', { policy: offering })], request: ask('none') }),
    { kind: 'complete' },
  ],
  [
    'nor to who shows that it is them on the own pages',
    facts({
      accounts: [account('ann', { policy: offering })],
      request: { isOwn: true, subject: 'sub_ann', maxAge: 90_000 },
    }),
    { kind: 'complete' },
  ],
])
