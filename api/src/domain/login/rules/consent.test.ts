import { account, facts } from '../../../testing/login-facts.ts'
import { ask, chosen, demand, ended } from '../../../testing/login-rows.ts'

demand([
  [
    'consent is asked for after the proof',
    facts({ accounts: [account('ann')], consent: { required: () => true, given: false } }),
    { kind: 'consent', reasons: ['new_access'] },
  ],
  [
    'prompt=consent always shows the screen',
    facts({ accounts: [account('ann')], request: ask('consent') }),
    { kind: 'consent', reasons: ['application_asks_for_consent'] },
  ],
  [
    'DV5 whoever lets a device in is asked, whatever was agreed to before',
    facts({ accounts: [account('ann')], request: { isForDevice: true } }),
    { kind: 'confirm_device', reasons: [] },
  ],
  [
    'DV5 a device is confirmed by the one who proved themselves',
    facts({ accounts: [ended('ann')], request: { isForDevice: true }, chosen: chosen('ann') }),
    { kind: 'first_factor' },
  ],
  [
    'DV5 a device that was confirmed is let in',
    facts({
      accounts: [account('ann')],
      request: { isForDevice: true },
      consent: { required: () => true, given: true },
    }),
    { kind: 'complete' },
  ],
  [
    'consent that was given goes on',
    facts({ accounts: [account('ann')], request: ask('consent'), consent: { required: () => true, given: true } }),
    { kind: 'complete' },
  ],
])
