import type { SecondFactor } from '@vestibule/shared/factors.ts'
import { DEFAULT_LOGIN_POLICY, type LoginPolicy } from '@vestibule/shared/policy.ts'
import { expect, test } from 'vitest'
import {
  AWAY,
  account,
  facts,
  HOME,
  held,
  NOW,
  newCodes,
  password,
  registration,
  reset,
  trusted,
  user,
} from '../../testing/situations.ts'
import type { Prompt } from '../auth-request.ts'
import type { CredentialId, SessionId, UserId } from '../ids.ts'
import type { Check } from '../session.ts'
import type { AccountFacts, LoginFacts } from './facts.ts'
import { nextStep } from './next-step.ts'

const ask = (...prompts: Prompt[]) => ({ prompts: new Set(prompts) })
const ended = (name: string) => account(name, { session: { ...account(name).session, endedAt: NOW - 1 } })
const checked = (name: string, ago: number) =>
  account(name, { session: { ...account(name).session, checks: [{ factor: 'password', at: NOW - ago }] } })
const typed = (who: ReturnType<typeof user> | null) => ({ loginName: 'x', user: who, policy: DEFAULT_LOGIN_POLICY })
const chosen = (name: string) => `ses_${name}` as SessionId

/** Ann with a password of a minute ago, and more. */
const second = (name: string, checks: Check[], change: Partial<AccountFacts> = {}) =>
  account(name, {
    session: { ...account(name).session, checks: [...account(name).session.checks, ...checks] },
    ...change,
  })
const byPasskey = (name: string, passkey: Omit<Check, 'factor' | 'at'>, ...more: SecondFactor[]) =>
  account(name, {
    session: { ...account(name).session, checks: [{ factor: 'passkey', at: NOW - 60_000, ...passkey }] },
    factors: { ...held(...more), passkeys: 1 },
  })
const forced: LoginPolicy = { ...DEFAULT_LOGIN_POLICY, forceSecondFactor: 'always' }
const trusting: LoginPolicy = { ...DEFAULT_LOGIN_POLICY, trustedDeviceLifetime: 30 * 86_400 }
/** Ann, who holds an app and the codes for when it is lost, where browsers may be trusted. */
const app = held('totp', 'recovery_code')
const ann = (change: Partial<AccountFacts> = {}) => account('ann', { policy: trusting, factors: app, ...change })
const offering: LoginPolicy = { ...DEFAULT_LOGIN_POLICY, enrollmentSkipLifetime: 1_000 }

/** Ann made an account or reset her password a moment ago, in a browser that keeps passkeys. */
const toAnn = { passkeyOfferTo: 'usr_ann' as UserId }

type Row = [sentence: string, situation: LoginFacts, step: Record<string, unknown>]

const rows: Row[] = [
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
    facts({ accounts: [account('ann', { policy: { ...DEFAULT_LOGIN_POLICY, allowPasskey: false } })], ...toAnn }),
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
    'where passwords and passkeys are switched off nobody is asked for one',
    facts({
      typed: { ...typed(user('ann')), policy: { ...DEFAULT_LOGIN_POLICY, allowPassword: false, allowPasskey: false } },
    }),
    { kind: 'denied', reason: 'no_first_factor' },
  ],
  [
    'a password check made before passwords were switched off does not count',
    facts({
      accounts: [account('ann', { policy: { ...DEFAULT_LOGIN_POLICY, allowPassword: false, allowPasskey: false } })],
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
          policy: { ...DEFAULT_LOGIN_POLICY, secondFactors: ['recovery_code'], forceSecondFactor: 'always' },
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
      accounts: [account('ann', { policy: { ...DEFAULT_LOGIN_POLICY, secondFactors: ['recovery_code'] } })],
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
    'a passkey that verified its user is two factors',
    facts({ accounts: [byPasskey('ann', { userVerified: true })] }),
    { kind: 'complete', factors: ['passkey'], assurance: 'phr', authTime: NOW - 60_000 },
  ],
  [
    'its proof lasts as long as the policy says of passkeys',
    facts({
      accounts: [
        account('ann', {
          session: {
            ...account('ann').session,
            checks: [{ factor: 'passkey', at: NOW - 43_200_000, userVerified: true }],
          },
          factors: { ...held(), passkeys: 1 },
        }),
      ],
      chosen: chosen('ann'),
    }),
    { kind: 'first_factor', reasons: ['session_ended'] },
  ],
  [
    'one that is gone is none',
    facts({
      accounts: [byPasskey('ann', { userVerified: true, credential: 'crd_gone' as CredentialId })],
      chosen: chosen('ann'),
    }),
    { kind: 'first_factor' },
  ],
  [
    'one that did not is one',
    facts({ accounts: [byPasskey('ann', { userVerified: false })], request: { requiredAssurance: 'aal2' } }),
    { kind: 'second_factor', methods: ['passkey'] },
  ],
  [
    'a passkey satisfies a second factor that was set up',
    facts({ accounts: [byPasskey('ann', { userVerified: true }, 'totp')] }),
    { kind: 'complete', factors: ['passkey'] },
  ],
  [
    'a password and a passkey: the passkey is offered where a second factor is asked for, so that nobody adds another one instead',
    facts({ accounts: [account('ann', { policy: forced, factors: { ...held(), passkeys: 1 } })] }),
    { kind: 'second_factor', methods: ['passkey'] },
  ],
  [
    'what can be phished never satisfies who asks for what can not',
    facts({
      accounts: [
        second('ann', [{ factor: 'totp', at: NOW - 50_000 }], { factors: held('totp', 'security_key', 'sms_code') }),
      ],
      request: { requiredAssurance: 'phr' },
    }),
    { kind: 'second_factor', methods: ['security_key'], reasons: ['application_asks_for_phishing_resistant'] },
  ],
  [
    'a security key does',
    facts({
      accounts: [second('ann', [{ factor: 'security_key', at: NOW - 50_000 }], { factors: held('security_key') })],
      request: { requiredAssurance: 'phr' },
    }),
    { kind: 'complete', assurance: 'phr', factors: ['password', 'security_key'] },
  ],
  [
    'whoever holds a weaker factor shows it before a stronger one may be set up',
    facts({ accounts: [account('ann', { factors: held('totp') })], request: { requiredAssurance: 'phr' } }),
    { kind: 'second_factor', methods: ['totp'] },
  ],
  [
    'a lock after failures closes codes and leaves keys',
    facts({
      accounts: [account('ann', { factors: held('totp', 'security_key', 'email_code') })],
      lockedUntil: NOW + 1,
    }),
    { kind: 'second_factor', methods: ['security_key'], lockedUntil: NOW + 1 },
  ],
  [
    'where browsers may be trusted, the second proof says for how long',
    facts({ accounts: [ann()] }),
    { kind: 'second_factor', trustFor: 30 * 86_400 },
  ],
  [
    'where they may not, there is nothing to check',
    facts({ accounts: [ann({ policy: DEFAULT_LOGIN_POLICY })], trusted: [trusted('ann')] }),
    { kind: 'second_factor', trustFor: 0 },
  ],
  [
    'in a trusted browser the password is enough, and one factor is all that is said of it',
    facts({ accounts: [ann()], trusted: [trusted('ben'), trusted('ann')] }),
    { kind: 'complete', factors: ['password'], assurance: 'aal1', hasTwoFactors: false, authTime: NOW - 60_000 },
  ],
  [
    'where everybody has to have a second factor too',
    facts({ accounts: [ann({ policy: { ...trusting, forceSecondFactor: 'always' } })], trusted: [trusted('ann')] }),
    { kind: 'complete', assurance: 'aal1' },
  ],
  [
    'the password is asked for there as everywhere',
    facts({ accounts: [ann({ session: ended('ann').session })], trusted: [trusted('ann')], chosen: chosen('ann') }),
    { kind: 'first_factor' },
  ],
  [
    'trust of somebody else is nobody else’s',
    facts({ accounts: [ann()], trusted: [trusted('ben')] }),
    { kind: 'second_factor' },
  ],
  [
    'nor that of the same person in another organization',
    facts({ accounts: [ann()], trusted: [trusted('ann', { organizationId: AWAY })] }),
    { kind: 'second_factor' },
  ],
  [
    'trust ends at its time',
    facts({ accounts: [ann()], trusted: [trusted('ann', { expiresAt: NOW })] }),
    { kind: 'second_factor' },
  ],
  [
    'a moment before it counts',
    facts({ accounts: [ann()], trusted: [trusted('ann', { expiresAt: NOW + 1 })] }),
    { kind: 'complete' },
  ],
  [
    'it ends earlier where the policy became shorter',
    facts({
      accounts: [ann({ policy: { ...trusting, trustedDeviceLifetime: 86_400 } })],
      trusted: [trusted('ann')],
    }),
    { kind: 'second_factor', trustFor: 86_400 },
  ],
  [
    'a policy that became longer lengthens nothing',
    facts({
      accounts: [ann({ policy: { ...trusting, trustedDeviceLifetime: 90 * 86_400 } })],
      trusted: [trusted('ann', { checkedAt: NOW - 30 * 86_400_000, expiresAt: NOW })],
    }),
    { kind: 'second_factor' },
  ],
  [
    'trust of tomorrow counts for nothing',
    facts({ accounts: [ann()], trusted: [trusted('ann', { checkedAt: NOW + 1 })] }),
    { kind: 'second_factor' },
  ],
  [
    'trust goes with the app that was shown for it',
    facts({ accounts: [ann()], trusted: [trusted('ann', { credential: 'crd_gone' as CredentialId })] }),
    { kind: 'second_factor' },
  ],
  [
    'as long as the person has that, it counts',
    facts({
      accounts: [ann({ factors: { ...app, credentials: ['crd_app' as CredentialId] } })],
      trusted: [trusted('ann', { credential: 'crd_app' as CredentialId })],
    }),
    { kind: 'complete' },
  ],
  [
    'trust goes with the kind of factor that was shown for it',
    facts({ accounts: [ann({ factors: held('email_code') })], trusted: [trusted('ann')] }),
    { kind: 'second_factor' },
  ],
  [
    'a factor that the policy dropped vouches for nothing',
    facts({
      accounts: [ann({ policy: { ...trusting, secondFactors: ['recovery_code'], forceSecondFactor: 'always' } })],
      trusted: [trusted('ann')],
    }),
    { kind: 'second_factor' },
  ],
  [
    'who asks for two factors gets two, and no trust is offered there',
    facts({ accounts: [ann()], trusted: [trusted('ann')], request: { requiredAssurance: 'aal2' } }),
    { kind: 'second_factor', trustFor: 0, reasons: ['application_asks_for_second_factor'] },
  ],
  [
    'who asks for what can not be phished too',
    facts({
      accounts: [ann({ factors: held('security_key') })],
      trusted: [trusted('ann', { factor: 'security_key' })],
      request: { requiredAssurance: 'phr' },
    }),
    { kind: 'second_factor', trustFor: 0 },
  ],
  [
    'who asks for one factor gets one',
    facts({ accounts: [ann()], trusted: [trusted('ann')], request: { requiredAssurance: 'aal1' } }),
    { kind: 'complete', assurance: 'aal1' },
  ],
  [
    'who asks for a proof of now gets both',
    facts({
      accounts: [ann({ session: { ...account('ann').session, checks: [{ factor: 'password', at: NOW }] } })],
      trusted: [trusted('ann')],
      request: ask('login'),
    }),
    { kind: 'second_factor', trustFor: 0 },
  ],
  [
    'so does who says how old it may be, a step-up of our own pages too',
    facts({ accounts: [ann()], trusted: [trusted('ann')], request: { maxAge: 400_000_000, isOwn: true } }),
    { kind: 'second_factor', trustFor: 0 },
  ],
  [
    'trust lets nobody in who may not come in',
    facts({ accounts: [ann({ user: user('ann', { state: 'locked' }) })], trusted: [trusted('ann')] }),
    { kind: 'denied', reason: 'locked' },
  ],
  [
    'a password that has to be replaced is replaced there too',
    facts({ accounts: [ann({ password: password({ mustChange: true }) })], trusted: [trusted('ann')] }),
    { kind: 'change_password' },
  ],
  [
    'where nothing is held, trust spares nobody the set-up that everybody has to do',
    facts({
      accounts: [ann({ policy: { ...trusting, forceSecondFactor: 'always' }, factors: held() })],
      trusted: [trusted('ann')],
    }),
    { kind: 'enroll_second_factor', canSkip: false },
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
  [
    'whoever holds nothing sets a security key up where what can not be phished is asked for',
    facts({ accounts: [account('ann')], request: { requiredAssurance: 'phr' } }),
    {
      kind: 'enroll_second_factor',
      methods: ['security_key'],
      canSkip: false,
      reasons: ['application_asks_for_phishing_resistant'],
    },
  ],
  [
    'where the organization has none of them either, that application is told so',
    facts({
      accounts: [account('ann', { policy: { ...DEFAULT_LOGIN_POLICY, secondFactors: ['totp'] } })],
      request: { requiredAssurance: 'phr' },
    }),
    { kind: 'reject', error: 'unmet_authentication_requirements' },
  ],
  [
    'a security key that is gone proved nothing',
    facts({
      accounts: [
        second('ann', [{ factor: 'security_key', at: NOW - 5_000, credential: 'crd_gone' as CredentialId }], {
          factors: { ...held('security_key'), credentials: ['crd_other' as CredentialId] },
        }),
      ],
    }),
    { kind: 'second_factor', methods: ['security_key'] },
  ],
  [
    'one that the organization dropped neither proves anything nor is asked for',
    facts({
      accounts: [
        second('ann', [{ factor: 'security_key', at: NOW - 5_000 }], {
          factors: held('security_key'),
          policy: { ...forced, secondFactors: ['totp'] },
        }),
      ],
    }),
    { kind: 'enroll_second_factor', methods: ['totp'] },
  ],
  [
    'a security key alone opens nothing',
    facts({
      accounts: [
        account('ann', {
          session: { ...account('ann').session, checks: [{ factor: 'security_key', at: NOW - 5_000 }] },
          factors: held('security_key'),
        }),
      ],
      chosen: chosen('ann'),
    }),
    { kind: 'first_factor' },
  ],
  [
    'whoever holds nothing is offered a second factor',
    facts({ accounts: [account('ann', { policy: offering })] }),
    { kind: 'enroll_second_factor', canSkip: true, reasons: [] },
  ],
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
  ['a second factor is missing', facts({ accounts: [account('ann', { factors: held('totp') })] }), 'login_required'],
  ['one has to be set up', facts({ accounts: [account('ann', { policy: forced })] }), 'interaction_required'],
  [
    'two factors are asked for where nobody can have two',
    facts({
      accounts: [account('ann', { policy: { ...DEFAULT_LOGIN_POLICY, secondFactors: [] } })],
      request: { requiredAssurance: 'aal2' },
    }),
    'unmet_authentication_requirements',
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

test('prompt=none in a trusted browser is silent success, unless more is asked for', () => {
  const there = { accounts: [ann()], trusted: [trusted('ann')] }
  expect(nextStep(facts({ ...there, request: ask('none') }))).toMatchObject({ kind: 'complete', assurance: 'aal1' })
  const more = facts({ ...there, request: { ...ask('none'), requiredAssurance: 'aal2' } })
  expect(nextStep(more)).toEqual({ kind: 'reject', error: 'login_required' })
})

test('prompt=none with a usable session is silent success', () => {
  expect(nextStep(facts({ accounts: [account('ann')], request: ask('none') })).kind).toBe('complete')
})
