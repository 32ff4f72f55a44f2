import {
  account,
  facts,
  held,
  NOW,
  newCodes,
  password,
  QUIET_POLICY,
  reset,
  user,
} from '../../../testing/login-facts.ts'
import { ask, checked, chosen, demand, forced, second, typed } from '../../../testing/login-rows.ts'

demand([
  [
    'whoever has a second factor is asked for it, whatever the policy says',
    facts({ accounts: [account('ann', { factors: held('totp') })] }),
    { kind: 'second_factor', methods: ['totp'], reasons: ['second_factor_is_set_up'], error: 'login_required' },
  ],
  [
    'a right one goes on, with both in what the application is told',
    facts({ accounts: [second('ann', [{ factor: 'totp', at: NOW - 50_000 }], { factors: held('totp') })] }),
    { kind: 'complete', factors: ['password', 'totp'], assurance: 'aal2', authTime: NOW - 60_000 },
  ],
  [
    'one that is older than its own lifetime is asked for again, and why is said',
    facts({ accounts: [second('ann', [{ factor: 'totp', at: NOW - 64_800_000 }], { factors: held('totp') })] }),
    { kind: 'second_factor', reasons: ['second_factor_is_set_up', 'second_check_too_old'] },
  ],
  [
    'a moment younger counts',
    facts({ accounts: [second('ann', [{ factor: 'totp', at: NOW - 64_799_999 }], { factors: held('totp') })] }),
    { kind: 'complete', assurance: 'aal2', authTime: NOW - 64_799_999 },
  ],
  [
    'max_age counts for the second proof too',
    facts({
      accounts: [second('ann', [{ factor: 'totp', at: NOW - 90_000 }], { factors: held('totp') })],
      request: { maxAge: 80_000 },
    }),
    { kind: 'second_factor' },
  ],
  [
    'so does prompt=login',
    facts({
      accounts: [
        account('ann', {
          session: {
            ...account('ann').session,
            checks: [
              { factor: 'password', at: NOW - 5_000 },
              { factor: 'totp', at: NOW - 15_000 },
            ],
          },
          factors: held('totp'),
        }),
      ],
      chosen: chosen('ann'),
      request: ask('login'),
    }),
    { kind: 'second_factor' },
  ],
  [
    'a factor that was taken away proves nothing any more',
    facts({
      accounts: [second('ann', [{ factor: 'totp', at: NOW - 50_000 }])],
      request: { requiredAssurance: 'aal2' },
    }),
    { kind: 'enroll_second_factor', canSkip: false },
  ],
  [
    'a factor that the policy dropped neither satisfies nor is offered',
    facts({
      accounts: [
        second('ann', [{ factor: 'totp', at: NOW - 50_000 }], {
          factors: held('totp', 'recovery_code'),
          policy: { ...QUIET_POLICY, secondFactors: ['recovery_code'], forceSecondFactor: 'always' },
        }),
      ],
    }),
    { kind: 'second_factor', methods: ['recovery_code'] },
  ],
  [
    'recovery codes alone are no reason to ask',
    facts({ accounts: [account('ann', { factors: held('recovery_code') })] }),
    { kind: 'complete', assurance: 'aal1' },
  ],
  [
    'and satisfy whatever else asks',
    facts({
      accounts: [
        second('ann', [{ factor: 'recovery_code', at: NOW - 50_000 }], { factors: held('totp', 'recovery_code') }),
      ],
    }),
    { kind: 'complete', assurance: 'aal2', factors: ['password', 'recovery_code'] },
  ],
  [
    'a policy that forces it leads to the set-up where there is none, without a way around',
    facts({ accounts: [account('ann', { policy: forced })] }),
    { kind: 'enroll_second_factor', canSkip: false, reasons: ['organization_requires_second_factor'] },
  ],
  [
    'for local accounts only: that is what a password is',
    facts({ accounts: [account('ann', { policy: { ...forced, forceSecondFactor: 'local_only' } })] }),
    { kind: 'enroll_second_factor', canSkip: false },
  ],
  [
    'saying "not now" before does not help then',
    facts({ accounts: [account('ann', { policy: forced, factors: { ...held(), skippedAt: NOW } })] }),
    { kind: 'enroll_second_factor', canSkip: false },
  ],
  [
    'nothing is set up by a proof of another day: it is asked for again',
    facts({ accounts: [{ ...checked('ann', 301_000), policy: forced }] }),
    { kind: 'first_factor', reasons: ['organization_requires_second_factor'], error: 'interaction_required' },
  ],
  [
    'a policy that forces what it allows nobody keeps everybody out',
    facts({ accounts: [account('ann', { policy: { ...forced, secondFactors: [] } })] }),
    { kind: 'denied', reason: 'no_second_factor', error: 'access_denied' },
  ],
  [
    'the application asks for two factors',
    facts({ accounts: [account('ann')], request: { requiredAssurance: 'aal2' } }),
    { kind: 'enroll_second_factor', canSkip: false, reasons: ['application_asks_for_second_factor'] },
  ],
  [
    'where nobody can have two the application is told so',
    facts({
      accounts: [account('ann', { policy: { ...QUIET_POLICY, secondFactors: ['recovery_code'] } })],
      request: { requiredAssurance: 'aal2' },
    }),
    { kind: 'reject', error: 'unmet_authentication_requirements' },
  ],
  [
    'who asked for one factor is told of one, however many there were',
    facts({
      accounts: [second('ann', [{ factor: 'totp', at: NOW - 50_000 }], { factors: held('totp') })],
      request: { requiredAssurance: 'aal1' },
    }),
    { kind: 'complete', assurance: 'aal1', hasTwoFactors: true },
  ],
  [
    'somebody who may not come in is told that before any second factor',
    facts({
      accounts: [account('ann', { user: user('ann', { state: 'locked' }), factors: held('totp') })],
    }),
    { kind: 'denied', reason: 'locked' },
  ],
  [
    'nobody keeps an account, replaces a password or consents with half a proof',
    facts({
      accounts: [
        account('ann', {
          user: user('ann', { deletionAt: NOW + 1 }),
          password: password({ mustChange: true }),
          factors: held('totp'),
        }),
      ],
      consent: { required: () => true, given: false },
    }),
    { kind: 'second_factor' },
  ],
  [
    'after a new password it is still asked for',
    facts({
      accounts: [account('ann', { factors: held('totp') })],
      typed: typed(user('ann')),
      ceremony: reset('ann', { isDone: true }),
    }),
    { kind: 'second_factor' },
  ],
  [
    'new recovery codes are shown until they are kept, before anything else goes on',
    facts({
      accounts: [
        second('ann', [{ factor: 'totp', at: NOW - 5_000 }], {
          factors: held('totp', 'recovery_code'),
          password: password({ mustChange: true }),
        }),
      ],
      ceremony: newCodes('ann'),
    }),
    { kind: 'recovery_codes', error: 'interaction_required' },
  ],
  ['to nobody but their owner', facts({ accounts: [account('ben')], ceremony: newCodes('ann') }), { kind: 'complete' }],
  [
    'who has shown the second factor first',
    facts({ accounts: [account('ann', { factors: held('totp') })], ceremony: newCodes('ann') }),
    { kind: 'second_factor' },
  ],
  [
    'a code by mail is offered to nobody whose address nobody verified',
    facts({ accounts: [account('ann', { policy: forced, factors: { ...held(), reachable: ['sms_code'] } })] }),
    { kind: 'enroll_second_factor', methods: ['totp', 'security_key', 'sms_code'] },
  ],
])
