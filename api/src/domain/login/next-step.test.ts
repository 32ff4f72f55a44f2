import { DEFAULT_LOGIN_POLICY } from '@vestibule/shared/policy.ts'
import { expect, test } from 'vitest'
import { AWAY, account, facts, HOME, NOW, password, registration, reset, user } from '../../testing/situations.ts'
import type { Prompt } from '../auth-request.ts'
import type { SessionId } from '../ids.ts'
import type { LoginFacts } from './facts.ts'
import { nextStep } from './next-step.ts'

const ask = (...prompts: Prompt[]) => ({ prompts: new Set(prompts) })
const ended = (name: string) => account(name, { session: { ...account(name).session, endedAt: NOW - 1 } })
const checked = (name: string, ago: number) =>
  account(name, { session: { ...account(name).session, checks: [{ factor: 'password', at: NOW - ago }] } })
const typed = (who: ReturnType<typeof user> | null) => ({ loginName: 'x', user: who, policy: DEFAULT_LOGIN_POLICY })
const chosen = (name: string) => `ses_${name}` as SessionId

type Row = [sentence: string, situation: LoginFacts, step: Record<string, unknown>]

const rows: Row[] = [
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
    'a user name that went meanwhile is said there',
    facts({
      ceremony: registration('form', { isUsernameTaken: true, passwordHash: null }),
      registrationIsOpen: true,
    }),
    { kind: 'register', reasons: ['username_taken'] },
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
  [
    'what nobody can reach is refused before an account is made for it',
    facts({
      ceremony: registration('form', null),
      registrationIsOpen: true,
      request: { ...ask('create'), requiredAssurance: 'aal2' },
    }),
    { kind: 'reject', error: 'unmet_authentication_requirements' },
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
    'a name is asked for its password',
    facts({ typed: typed(user('ann')) }),
    { kind: 'first_factor', methods: ['password'] },
  ],
  [
    'a name nobody has is asked for its password too',
    facts({ typed: typed(null) }),
    { kind: 'first_factor', methods: ['password'] },
  ],
  [
    'a lock after failures closes what can be guessed',
    facts({ typed: typed(user('ann')), lockedUntil: NOW + 720_000 }),
    { kind: 'first_factor', methods: [], lockedUntil: NOW + 720_000 },
  ],
  [
    'a name nobody has is locked just the same',
    facts({ typed: typed(null), lockedUntil: NOW + 720_000 }),
    { kind: 'first_factor', methods: [], lockedUntil: NOW + 720_000 },
  ],
  [
    'the lock ends by itself',
    facts({ typed: typed(user('ann')), lockedUntil: NOW }),
    { kind: 'first_factor', methods: ['password'], lockedUntil: null },
  ],
  [
    'whoever is signed in goes on, locked or not',
    facts({ accounts: [account('ann')], lockedUntil: NOW + 720_000 }),
    { kind: 'complete', sessionId: 'ses_ann' },
  ],
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
      typed: { ...typed(user('ann')), policy: { ...DEFAULT_LOGIN_POLICY, allowPasswordReset: false } },
      ceremony: reset('ann'),
      resetIsProven: true,
    }),
    { kind: 'first_factor', canReset: false },
  ],
  ['otherwise one is offered', facts({ typed: typed(user('ann')) }), { kind: 'first_factor', canReset: true }],
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
  [
    'where passwords are switched off nobody is asked for one',
    facts({ typed: { ...typed(user('ann')), policy: { ...DEFAULT_LOGIN_POLICY, allowPassword: false } } }),
    { kind: 'denied', reason: 'no_first_factor' },
  ],
  [
    'a password check made before passwords were switched off does not count',
    facts({
      accounts: [account('ann', { policy: { ...DEFAULT_LOGIN_POLICY, allowPassword: false } })],
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
  [
    'an assurance nobody can reach is refused before anybody is asked',
    facts({ request: { requiredAssurance: 'aal2' } }),
    { kind: 'reject', error: 'unmet_authentication_requirements' },
  ],
]

test.each(rows)('%s', (_sentence, situation, step) => {
  expect(nextStep(situation)).toMatchObject(step)
})

/** prompt=none is the same walk with each step answered by its error. */
const silent: [string, LoginFacts, string][] = [
  ['nobody is signed in', facts(), 'login_required'],
  ['the only account is signed out', facts({ accounts: [ended('ann')] }), 'login_required'],
  [
    'several are usable and none is named',
    facts({ accounts: [account('ann'), account('ben')] }),
    'account_selection_required',
  ],
  ['the check is too old', facts({ accounts: [account('ann')], request: { maxAge: 1_000 } }), 'login_required'],
  [
    'another person than hinted',
    facts({ accounts: [account('ann')], request: { subject: 'sub_ben' } }),
    'login_required',
  ],
  [
    'another organization than asked',
    facts({ accounts: [account('ann')], request: { organizationId: AWAY } }),
    'login_required',
  ],
  [
    'consent is missing',
    facts({ accounts: [account('ann')], consent: { required: () => true, given: false } }),
    'consent_required',
  ],
  [
    'a password has to be replaced',
    facts({ accounts: [account('ann', { password: password({ mustChange: true }) })] }),
    'interaction_required',
  ],
  [
    'a password has to be replaced, and proven before',
    facts({ accounts: [{ ...checked('ann', 301_000), password: password({ mustChange: true }) }] }),
    'interaction_required',
  ],
  [
    'a locked person',
    facts({ accounts: [account('ann', { user: user('ann', { state: 'locked' }) })] }),
    'access_denied',
  ],
]

test.each(silent)('prompt=none, %s: %#', (_sentence, situation, error) => {
  const request = { ...situation.request, prompts: new Set<Prompt>(['none']) }
  expect(nextStep({ ...situation, request })).toEqual({ kind: 'reject', error })
})

test('prompt=none with a usable session is silent success', () => {
  expect(nextStep(facts({ accounts: [account('ann')], request: ask('none') })).kind).toBe('complete')
})
