import { account, facts, NOW, user } from '../../../testing/login-facts.ts'
import { ask, chosen, demand, typed } from '../../../testing/login-rows.ts'

demand([
  [
    'a deactivated person is asked for the password like anybody',
    facts({ typed: typed(user('ann', { state: 'deactivated' })) }),
    { kind: 'first_factor' },
  ],
  [
    'after the proof a deactivated person is told',
    facts({ accounts: [account('ann', { user: user('ann', { state: 'deactivated' }) })], chosen: chosen('ann') }),
    { kind: 'denied', reason: 'deactivated' },
  ],
  [
    'a manager’s lock stops everything',
    facts({ accounts: [account('ann', { user: user('ann', { state: 'locked' }) })] }),
    { kind: 'denied', reason: 'locked' },
  ],
  [
    'a deactivated organization stops its people',
    facts({ accounts: [account('ann', { user: user('ann', { organizationActive: false }) })] }),
    { kind: 'denied', reason: 'deactivated' },
  ],
  [
    'whoever wishes to delete their account opens no application with it, and can keep it there',
    facts({ accounts: [account('ann', { user: user('ann', { deletionAt: NOW + 1 }) })] }),
    { kind: 'deletion_planned', deletionAt: NOW + 1 },
  ],
  [
    'their own pages stay open until the end',
    facts({ accounts: [account('ann', { user: user('ann', { deletionAt: NOW + 1 }) })], request: { isOwn: true } }),
    { kind: 'complete' },
  ],
  [
    'nobody but the owner hears of it',
    facts({ typed: typed(user('ann', { deletionAt: NOW + 1 })) }),
    { kind: 'first_factor' },
  ],
  [
    'an application that asks silently is told that the person has to be asked',
    facts({ accounts: [account('ann', { user: user('ann', { deletionAt: NOW + 1 }) })], request: ask('none') }),
    { kind: 'reject', error: 'interaction_required' },
  ],
  [
    'when the time is over nothing opens any more, deleted or not yet',
    facts({ accounts: [account('ann', { user: user('ann', { deletionAt: NOW }) })], request: { isOwn: true } }),
    { kind: 'denied', reason: 'deactivated' },
  ],
])
