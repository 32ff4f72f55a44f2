import { account, facts, NOW, password, user } from '../../../testing/login-facts.ts'
import { checked, chosen, demand } from '../../../testing/login-rows.ts'

demand([
  [
    'a password that somebody else chose is replaced after the proof',
    facts({ accounts: [account('ann', { password: password({ mustChange: true }) })] }),
    { kind: 'change_password', reasons: ['password_must_change'], error: 'interaction_required' },
  ],
  [
    'so is one that is older than the policy allows',
    facts({ accounts: [account('ann', { password: password({ maxAge: 1_000_000 }) })] }),
    { kind: 'change_password', reasons: ['password_expired'] },
  ],
  [
    'a moment younger stays',
    facts({ accounts: [account('ann', { password: password({ maxAge: 1_000_001 }) })] }),
    { kind: 'complete' },
  ],
  [
    'the old one is asked for first where the proof is of another day',
    facts({ accounts: [{ ...checked('ann', 301_000), password: password({ mustChange: true }) }] }),
    { kind: 'first_factor', reasons: ['password_must_change'], error: 'interaction_required' },
  ],
  [
    'and not again while the request lasts that asked for it',
    facts({
      accounts: [{ ...checked('ann', 900_000), password: password({ mustChange: true }) }],
      chosen: chosen('ann'),
      request: { createdAt: NOW - 900_001 },
    }),
    { kind: 'change_password' },
  ],
  [
    'somebody who may not come in is told that, and changes nothing',
    facts({
      accounts: [account('ann', { user: user('ann', { state: 'locked' }), password: password({ mustChange: true }) })],
    }),
    { kind: 'denied', reason: 'locked' },
  ],
  [
    'consent is asked for after a change, not before',
    facts({
      accounts: [account('ann', { password: password({ mustChange: true }) })],
      consent: { required: () => true, given: false },
    }),
    { kind: 'change_password' },
  ],
])
