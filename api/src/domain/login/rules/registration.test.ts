import { account, facts, registration } from '../../../testing/login-facts.ts'
import { ask, chosen, demand } from '../../../testing/login-rows.ts'

demand([
  [
    'whoever makes an account fills the form in, whoever is signed in here',
    facts({ accounts: [account('ann')], ceremony: registration('form', null), registrationIsOpen: true }),
    { kind: 'register', reasons: [] },
  ],
  [
    'and then proves the address',
    facts({ ceremony: registration('code'), registrationIsOpen: true }),
    { kind: 'verify_email', reasons: [] },
  ],
  [
    'back at the form the password is chosen anew',
    facts({ ceremony: registration('code', { passwordHash: null }), registrationIsOpen: true }),
    { kind: 'register' },
  ],
  [
    'whoever wants a passkey proves the address all the same',
    facts({ ceremony: registration('code', { way: 'passkey', passwordHash: null }), registrationIsOpen: true }),
    { kind: 'verify_email' },
  ],
  [
    'and then makes what opens the account',
    facts({ ceremony: registration('credential', { way: 'passkey' }), registrationIsOpen: true }),
    { kind: 'finish_registration' },
  ],
  [
    'without the proof of the address nobody does',
    facts({ ceremony: { ...registration('credential'), newcomer: null }, registrationIsOpen: true }),
    { kind: 'register' },
  ],
  [
    'a user name that went meanwhile is said there',
    facts({
      ceremony: registration('form', { lostNames: ['username'], passwordHash: null }),
      registrationIsOpen: true,
    }),
    { kind: 'register', reasons: ['username_taken'] },
  ],
  [
    'so is an address that was proven, and went all the same',
    facts({
      ceremony: registration('form', { lostNames: ['email', 'username'], way: 'passkey', passwordHash: null }),
      registrationIsOpen: true,
    }),
    { kind: 'register', reasons: ['email_taken', 'username_taken'] },
  ],
  [
    'where nobody may register the sign-in says so',
    facts({ ceremony: registration('form', null), request: ask('create') }),
    { kind: 'identify', reasons: ['registration_closed'] },
  ],
  [
    'the picker too, and nobody goes on from it by themselves',
    facts({ accounts: [account('ann')], ceremony: registration('code') }),
    { kind: 'select_account', reasons: ['registration_closed'] },
  ],
  [
    'who is picked there goes on',
    facts({ accounts: [account('ann')], chosen: chosen('ann'), request: ask('create') }),
    { kind: 'complete', sessionId: 'ses_ann' },
  ],
  [
    'whoever came to register and signs in instead picks an account',
    facts({ accounts: [account('ann')], registrationIsOpen: true, request: ask('create') }),
    { kind: 'select_account', reasons: [] },
  ],
  [
    'whom the application names has an account already',
    facts({ ceremony: registration('form', null), registrationIsOpen: true, request: { subject: 'sub_ann' } }),
    { kind: 'identify', reasons: ['account_required'] },
  ],
  [
    'prompt=none registers nobody',
    facts({ ceremony: registration('form', null), registrationIsOpen: true, request: ask('none') }),
    { kind: 'reject', error: 'interaction_required' },
  ],
])
