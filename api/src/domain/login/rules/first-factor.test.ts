import { account, facts, NOW, QUIET_POLICY, user } from '../../../testing/login-facts.ts'
import { ask, checked, chosen, demand, typed } from '../../../testing/login-rows.ts'

demand([
  [
    'a name is asked for its password',
    facts({ typed: typed(user('ann')) }),
    { kind: 'first_factor', methods: ['passkey', 'password'] },
  ],
  [
    'a name nobody has is asked for its password too',
    facts({ typed: typed(null) }),
    { kind: 'first_factor', methods: ['passkey', 'password'] },
  ],
  [
    'a lock after failures closes what can be guessed',
    facts({ typed: typed(user('ann')), lockedUntil: NOW + 720_000 }),
    { kind: 'first_factor', methods: ['passkey'], lockedUntil: NOW + 720_000 },
  ],
  [
    'a name nobody has is locked just the same',
    facts({ typed: typed(null), lockedUntil: NOW + 720_000 }),
    { kind: 'first_factor', methods: ['passkey'], lockedUntil: NOW + 720_000 },
  ],
  [
    'the lock ends by itself',
    facts({ typed: typed(user('ann')), lockedUntil: NOW }),
    { kind: 'first_factor', methods: ['passkey', 'password'], lockedUntil: null },
  ],
  [
    'whoever is signed in goes on, locked or not',
    facts({ accounts: [account('ann')], lockedUntil: NOW + 720_000 }),
    { kind: 'complete', sessionId: 'ses_ann' },
  ],
  [
    'where passwords and passkeys are switched off nobody is asked for one',
    facts({
      typed: { ...typed(user('ann')), policy: { ...QUIET_POLICY, allowPassword: false, allowPasskey: false } },
    }),
    { kind: 'denied', reason: 'no_first_factor' },
  ],
  [
    'a password check made before passwords were switched off does not count',
    facts({
      accounts: [account('ann', { policy: { ...QUIET_POLICY, allowPassword: false, allowPasskey: false } })],
      chosen: chosen('ann'),
    }),
    { kind: 'denied', reason: 'no_first_factor' },
  ],
  [
    'a check older than the policy allows is repeated',
    facts({ accounts: [checked('ann', 11 * 86_400_000)], chosen: chosen('ann') }),
    { kind: 'first_factor', reasons: ['session_ended'] },
  ],
  [
    'prompt=login asks again though a session exists',
    facts({ accounts: [account('ann')], request: ask('login') }),
    { kind: 'first_factor', reasons: ['application_asks_again'] },
  ],
  [
    'prompt=login is satisfied by a check made since',
    facts({ accounts: [checked('ann', 5_000)], chosen: chosen('ann'), request: ask('login') }),
    { kind: 'complete' },
  ],
  [
    'max_age: an older check is repeated',
    facts({ accounts: [account('ann')], request: { maxAge: 30_000 } }),
    { kind: 'first_factor', reasons: ['check_too_old'] },
  ],
  [
    'max_age: a younger check counts',
    facts({ accounts: [account('ann')], request: { maxAge: 90_000 } }),
    { kind: 'complete' },
  ],
  [
    'max_age=0 always asks',
    facts({ accounts: [checked('ann', 10_001)], request: { maxAge: 0 } }),
    { kind: 'first_factor' },
  ],
  [
    'max_age=0 does not ask twice for one request',
    facts({ accounts: [checked('ann', 5_000)], chosen: chosen('ann'), request: { maxAge: 0 } }),
    { kind: 'complete' },
  ],
  [
    'the account pages ask again before something that matters, and say so',
    facts({ accounts: [account('ann')], request: { maxAge: 30_000, isOwn: true, subject: 'sub_ann' } }),
    { kind: 'first_factor', reasons: ['account_asks_again'] },
  ],
  [
    'among several accounts they ask the one whose pages they are',
    facts({
      accounts: [account('ben'), account('ann')],
      request: { maxAge: 90_000, isOwn: true, subject: 'sub_ann' },
    }),
    { kind: 'complete', sessionId: 'ses_ann' },
  ],
  [
    'somebody else can not prove it for them',
    facts({
      accounts: [account('ben'), account('ann')],
      typed: typed(user('ben')),
      request: { maxAge: 30_000, isOwn: true, subject: 'sub_ann' },
    }),
    { kind: 'first_factor', reasons: [] },
  ],
])
