import { facts, NOW, QUIET_POLICY, reset, user } from '../../../testing/login-facts.ts'
import { chosen, demand, ended, typed } from '../../../testing/login-rows.ts'

demand([
  [
    'whoever forgot the password proves the address',
    facts({ typed: typed(user('ann')), ceremony: reset('ann') }),
    { kind: 'reset_code', reasons: [] },
  ],
  [
    'a name nobody has waits for a code too',
    facts({ typed: typed(null), ceremony: reset(null) }),
    { kind: 'reset_code', reasons: [] },
  ],
  [
    'a deactivated person waits for one like anybody',
    facts({ typed: typed(user('ann', { state: 'deactivated' })), ceremony: reset('ann') }),
    { kind: 'reset_code' },
  ],
  [
    'the right code opens a new password',
    facts({ typed: typed(user('ann')), ceremony: reset('ann'), resetIsProven: true }),
    { kind: 'new_password' },
  ],
  [
    'which is asked for once it is set, and why is said',
    facts({ typed: typed(user('ann')), ceremony: reset('ann', { isDone: true }) }),
    { kind: 'first_factor', reasons: ['password_was_reset'] },
  ],
  [
    'a reset signs nobody in: the session of before goes on being asked for its own proof',
    facts({ accounts: [ended('ann')], chosen: chosen('ann'), ceremony: reset('ann'), resetIsProven: true }),
    { kind: 'new_password' },
  ],
  [
    'who was switched off after the code is told, because the address is proven',
    facts({ typed: typed(user('ann', { state: 'locked' })), ceremony: reset('ann'), resetIsProven: true }),
    { kind: 'denied', reason: 'locked' },
  ],
  [
    'the reset of somebody else counts for nobody',
    facts({ typed: typed(user('ben')), ceremony: reset('ann'), resetIsProven: true }),
    { kind: 'first_factor' },
  ],
  [
    'a lock after failures keeps nobody from a reset',
    facts({ typed: typed(user('ann')), lockedUntil: NOW + 60_000, ceremony: reset('ann') }),
    { kind: 'reset_code' },
  ],
  [
    'where resets are switched off none goes on, and none is offered',
    facts({
      typed: { ...typed(user('ann')), policy: { ...QUIET_POLICY, allowPasswordReset: false } },
      ceremony: reset('ann'),
      resetIsProven: true,
    }),
    { kind: 'first_factor', canReset: false },
  ],
  ['otherwise one is offered', facts({ typed: typed(user('ann')) }), { kind: 'first_factor', canReset: true }],
])
