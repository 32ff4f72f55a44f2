import { AWAY, account, facts, HOME, user } from '../../../testing/login-facts.ts'
import { ask, chosen, demand, ended, typed } from '../../../testing/login-rows.ts'

demand([
  ['a browser nobody used is asked who it is', facts(), { kind: 'identify', hasAccounts: false }],
  [
    'one usable session goes on without a question',
    facts({ accounts: [account('ann')] }),
    { kind: 'complete', sessionId: 'ses_ann' },
  ],
  [
    'one usable session goes on beside accounts that are signed out',
    facts({ accounts: [ended('ben'), account('ann')] }),
    { kind: 'complete', sessionId: 'ses_ann' },
  ],
  [
    'several usable accounts: the person chooses',
    facts({ accounts: [account('ann'), account('ben')] }),
    { kind: 'select_account', reasons: ['several_accounts'] },
  ],
  [
    'at the picker the only usable account that is left waits to be picked',
    facts({ accounts: [ended('ben'), account('ann')], atPicker: true }),
    { kind: 'select_account', reasons: [] },
  ],
  [
    'at the picker whom the application named or hinted at waits too',
    facts({ accounts: [account('ann')], atPicker: true, request: { subject: 'sub_ann', loginHint: 'ann@home.test' } }),
    { kind: 'select_account' },
  ],
  [
    'who is picked there goes on',
    facts({ accounts: [ended('ben'), account('ann')], atPicker: true, chosen: chosen('ann') }),
    { kind: 'complete', sessionId: 'ses_ann' },
  ],
  [
    'a picker whose last account was removed asks who it is',
    facts({ atPicker: true }),
    { kind: 'identify', hasAccounts: false },
  ],
  ['a browser that remembers an account shows it', facts({ accounts: [ended('ann')] }), { kind: 'select_account' }],
  [
    'an account that was picked and is signed out proves itself again',
    facts({ accounts: [ended('ann')], chosen: chosen('ann') }),
    { kind: 'first_factor', reasons: ['session_ended'] },
  ],
  [
    '"use another account" passes over the picker and every session',
    facts({ accounts: [account('ann')], freshAccount: true }),
    { kind: 'identify', hasAccounts: true },
  ],
  [
    'prompt=select_account shows the picker with one account too',
    facts({ accounts: [account('ann')], request: ask('select_account') }),
    { kind: 'select_account', reasons: ['application_asks_for_choice'] },
  ],
  [
    'prompt=select_account is satisfied by a choice',
    facts({ accounts: [account('ann')], chosen: chosen('ann'), request: ask('select_account') }),
    { kind: 'complete' },
  ],
  [
    'the organization scope hides the accounts of others',
    facts({ accounts: [account('ann')], request: { organizationId: AWAY } }),
    { kind: 'identify', hasAccounts: false, reasons: ['organization_required'] },
  ],
  [
    'somebody of another organization looks like nobody',
    facts({ accounts: [account('ann')], typed: typed(user('ann')), request: { organizationId: AWAY } }),
    { kind: 'first_factor' },
  ],
  [
    'the organization scope admits its own people',
    facts({ accounts: [account('ann')], request: { organizationId: HOME } }),
    { kind: 'complete' },
  ],
  [
    'a hinted person is preselected among several',
    facts({ accounts: [account('ann'), account('ben')], request: { subject: 'sub_ben' } }),
    { kind: 'complete', sessionId: 'ses_ben' },
  ],
  [
    'only the hinted person may finish',
    facts({ accounts: [account('ann')], chosen: chosen('ann'), request: { subject: 'sub_ben' } }),
    { kind: 'identify', reasons: ['account_required'] },
  ],
  [
    'login_hint selects an account of this browser',
    facts({ accounts: [account('ann'), account('ben')], request: { loginHint: ' Ben@home.test ' } }),
    { kind: 'complete', sessionId: 'ses_ben' },
  ],
  [
    'login_hint of somebody else never submits the one who is signed in',
    facts({ accounts: [account('ann')], request: { loginHint: 'zoe@home.test' } }),
    { kind: 'select_account' },
  ],
])
