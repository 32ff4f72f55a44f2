import type { BrandingView } from '@vestibule/shared/branding.ts'
import { LANGUAGE_CODES } from '@vestibule/shared/languages.ts'
import type { AccountView, LoginAnswer, LoginStepView } from '@vestibule/shared/login-step.ts'
import type { ErrorView, LoginEntryPage } from '@vestibule/shared/page.ts'
import type { PasswordRules } from '@vestibule/shared/policies/password.ts'

/** What a new password needs where nobody changed the policy, of somebody nothing is known about. */
export const passwordRules: PasswordRules = {
  minLength: 12,
  requireUpperCase: false,
  requireLowerCase: false,
  requireDigit: false,
  requireSymbol: false,
  contextWords: [],
}

/** Where Ledger begins a login by itself. */
const START = 'https://ledger.test/start?iss=https%3A%2F%2Facme.test'

/** What a program of the device gets. */
const PROGRAM = { to: 'com.acme.ledger:/callback?code=abc&state=xyz' }

/** A page without its texts: those come in the language it is looked at. */
type PageOf<Page> = Page extends unknown ? Omit<Page, 'language' | 'strings'> : never
export type LoginFixture = PageOf<LoginEntryPage>

export const branding: BrandingView = {
  name: 'Acme',
  tagline: 'One front door for everything you do here.',
  layout: 'card',
  mode: 'auto',
  css: '',
  links: {
    help: 'https://acme.test/help',
    privacy: 'https://acme.test/privacy',
    terms: 'https://acme.test/terms',
  },
  languages: [...LANGUAGE_CODES],
}

export const bakery: BrandingView = {
  ...branding,
  name: 'Kruste & Krume',
  tagline: 'Good morning. The oven is already warm.',
  layout: 'split',
  mode: 'light',
  css: ':root { --brand: #b5562b; --brand-edge: #b5562b; --accent: #a3431a; --on-brand: #ffffff; --corner: 24px; }',
}

const ada: AccountView = {
  session: 'ses_ada',
  displayName: 'Ada Lovelace',
  loginName: 'ada@acme.test',
  organization: 'Acme',
  picture: null,
  state: 'signed_in',
}
const adaElsewhere: AccountView = {
  ...ada,
  session: 'ses_ada_bakery',
  loginName: 'ada@kruste.test',
  organization: 'Kruste & Krume',
  state: 'password_needed',
}
const grace: AccountView = {
  ...ada,
  session: 'ses_grace',
  displayName: 'Rear Admiral Grace Brewster Murray Hopper-Featherstonehaugh',
  loginName: 'grace.brewster.murray.hopper@research.northwind.test',
  organization: 'Northwind',
  state: 'signed_out',
}
export const accounts = [ada, adaElsewhere, grace]

const application: NonNullable<LoginAnswer['application']> = {
  name: 'Ledger',
  organization: 'Acme Finance',
  logo: null,
  privacy: 'https://ledger.test/privacy',
  terms: 'https://ledger.test/terms',
}

const totpSetup = {
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/Acme:ada%40acme.test?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Acme',
  qr: { size: 29, path: 'M4 4h7v7h-7zM18 4h7v7h-7zM4 18h7v7h-7zM14 14h2v3h-2z' },
}

const recoveryCodes = 'ABCDEFGHJK'.split('').map((sign) => [1, 2, 3, 4].map((n) => `${sign}${n}7Q`).join('-'))
const mailedCode = {
  method: 'email_code',
  to: 'a••@acme.test',
  isSent: false,
  endsIn: 0,
  resendIn: 0,
  triesLeft: 0,
} as const
const sentCode = { ...mailedCode, isSent: true, endsIn: 600, resendIn: 24, triesLeft: 5 }
const everyMethod = ['totp', 'security_key', 'email_code', 'recovery_code'] as const

const steps = {
  identify: {
    kind: 'identify',
    accepts: ['email', 'username'],
    loginHint: null,
    hasAccounts: false,
    canRegister: true,
    canUsePasskey: true,
  },
  register: {
    kind: 'register',
    organization: 'Acme',
    fields: [],
    values: {},
    ways: ['passkey', 'password'],
    passwordRules: {
      minLength: 12,
      requireUpperCase: false,
      requireLowerCase: false,
      requireDigit: false,
      requireSymbol: false,
      contextWords: ['acme', 'vestibule'],
    },
    terms: { version: '1', terms: 'https://acme.test/terms', privacy: 'https://acme.test/privacy' },
    challenge: null,
  },
  verify_email: {
    kind: 'verify_email',
    email: 'nia@new.test',
    way: 'password',
    endsIn: 600,
    resendIn: 24,
    triesLeft: 5,
  },
  finish_registration: {
    kind: 'finish_registration',
    email: 'nia@new.test',
    ways: ['passkey', 'password'],
    passwordRules: { ...passwordRules, contextWords: ['nia', 'okoye', 'acme'] },
  },
  reset_code: { kind: 'reset_code', endsIn: 600, resendIn: 24, triesLeft: 5 },
  new_password: { kind: 'new_password', rules: { ...passwordRules, contextWords: ['ada', 'lovelace', 'acme'] } },
  change_password: { kind: 'change_password', rules: { ...passwordRules, contextWords: ['ada', 'lovelace', 'acme'] } },
  first_factor: { kind: 'first_factor', methods: ['passkey', 'password'], lockedFor: null, canReset: true },
  offer_passkey: { kind: 'offer_passkey' },
  second_factor: { kind: 'second_factor', methods: ['totp'], lockedFor: null, codes: [], trustFor: 0 },
  enroll_second_factor: { kind: 'enroll_second_factor', methods: ['totp'], canSkip: true, totp: null, codes: [] },
  recovery_codes: { kind: 'recovery_codes', codes: recoveryCodes },
  select_account: { kind: 'select_account', accounts },
  confirm_device: { kind: 'confirm_device', userCode: 'WDJB-MJHT', scopes: ['openid', 'profile', 'offline_access'] },
  consent: { kind: 'consent', scopes: ['openid', 'profile', 'email', 'offline_access', 'ledger:write'] },
  deletion_planned: { kind: 'deletion_planned', deletionAt: '2026-12-06T16:08:00Z' },
  denied: { kind: 'denied', reason: 'locked' },
  complete: { kind: 'complete' },
  redirect: { kind: 'redirect', redirect: { to: 'https://ledger.test/callback?code=abc&state=xyz' } },
} satisfies { [Kind in LoginStepView['kind']]: Extract<LoginStepView, { kind: Kind }> }
type Kind = keyof typeof steps

const BEFORE_SOMEBODY_IS_KNOWN: readonly Kind[] = [
  'identify',
  'register',
  'verify_email',
  'finish_registration',
  'select_account',
]

/** The answer for a step as the server gives it, with some of it changed. */
export function answerOf<K extends Kind>(
  kind: K,
  change: { step?: Partial<Extract<LoginStepView, { kind: K }>> } & Partial<Omit<LoginAnswer, 'step'>> = {},
): LoginAnswer {
  const account = BEFORE_SOMEBODY_IS_KNOWN.includes(kind) ? null : { loginName: ada.loginName, displayName: null }
  const step = { ...steps[kind], ...change.step } as LoginStepView
  return {
    request: 'req_1',
    reasons: [],
    passwordEndsAt: null,
    account,
    application,
    branding,
    language: 'de',
    ...change,
    step,
  }
}

const login = (answer: LoginAnswer): LoginFixture => ({ kind: 'login', answer, branding: answer.branding })
const denied = (reason: Extract<LoginStepView, { kind: 'denied' }>['reason']) =>
  login({ ...answerOf('denied'), step: { kind: 'denied', reason } })

/** One page for each thing the login entry can draw. */
export const LOGIN_FIXTURES = {
  identify: login(answerOf('identify')),
  'identify with accounts': login(
    answerOf('identify', {
      step: { accepts: ['email', 'phone', 'username'], loginHint: 'ada@acme.test', hasAccounts: true },
      reasons: ['account_required'],
    }),
  ),
  'identify for the account pages': login(answerOf('identify', { application: null, step: { accepts: ['email'] } })),
  register: login(answerOf('register')),
  'register with every field': login(
    answerOf('register', {
      step: {
        fields: (['username', 'phone', 'nickname', 'birthdate', 'gender', 'website'] as const).map((name, at) => ({
          name,
          isRequired: at < 2,
        })),
        values: { email: 'nia@new.test', givenName: 'Nia' },
      },
      reasons: ['email_taken', 'username_taken'],
    }),
  ),
  'register without terms': login(answerOf('register', { application: null, step: { terms: null } })),
  'register, passkeys only': login(answerOf('register', { step: { ways: ['passkey'] } })),
  'finish registration': login(answerOf('finish_registration')),
  'finish registration, password': login(answerOf('finish_registration', { step: { ways: ['password'] } })),
  'verify email': login(answerOf('verify_email')),
  'verify email, over': login(answerOf('verify_email', { step: { endsIn: 0, resendIn: 0, triesLeft: 0 } })),
  'identify, registration closed': login(
    answerOf('identify', { step: { canRegister: false }, reasons: ['registration_closed'] }),
  ),
  'verify, a link without its code': { kind: 'verify', branding },
  password: login(answerOf('first_factor')),
  'password after a reset': login(answerOf('first_factor', { reasons: ['password_was_reset'] })),
  'password without reset': login(answerOf('first_factor', { step: { canReset: false } })),
  'reset code': login(answerOf('reset_code')),
  'reset code, over': login(answerOf('reset_code', { step: { endsIn: 0, resendIn: 0, triesLeft: 0 } })),
  'new password': login(answerOf('new_password')),
  'reset, a link without its token': { kind: 'reset', branding },
  'change password': login(answerOf('change_password', { reasons: ['password_must_change'] })),
  'change password, expired': login(answerOf('change_password', { reasons: ['password_expired'] })),
  'consent, with a password that ends': login(
    answerOf('consent', { reasons: ['new_access'], passwordEndsAt: '2026-12-24T09:00:00Z' }),
  ),
  'password asked again': login(answerOf('first_factor', { reasons: ['check_too_old'] })),
  'password for the account pages': login(
    answerOf('first_factor', { application: null, reasons: ['account_asks_again'] }),
  ),
  'offer of a passkey': login(answerOf('offer_passkey')),
  'second factor': login(answerOf('second_factor', { reasons: ['second_factor_is_set_up'] })),
  'second factor, several': login(
    answerOf('second_factor', {
      step: { methods: [...everyMethod], codes: [mailedCode] },
      reasons: ['application_asks_for_second_factor', 'second_check_too_old'],
    }),
  ),
  'second factor, code by mail': login(
    answerOf('second_factor', { step: { methods: ['email_code', 'totp'], codes: [mailedCode] } }),
  ),
  'second factor, code on its way': login(
    answerOf('second_factor', { step: { methods: ['email_code', 'totp'], codes: [sentCode] } }),
  ),
  'second factor, security key': login(
    answerOf('second_factor', { step: { methods: ['security_key', 'recovery_code'] } }),
  ),
  'second factor, recovery code': login(answerOf('second_factor', { step: { methods: ['recovery_code'] } })),
  'recovery codes': login(answerOf('recovery_codes')),
  'second factor, locked': login(answerOf('second_factor', { step: { methods: [], lockedFor: 720 } })),
  'second factor, offered': login(answerOf('enroll_second_factor')),
  'second factor, forced': login(
    answerOf('enroll_second_factor', {
      step: { canSkip: false },
      reasons: ['organization_requires_second_factor'],
    }),
  ),
  'authenticator app': login(answerOf('enroll_second_factor', { step: { canSkip: false, totp: totpSetup } })),
  'password, locked': login(answerOf('first_factor', { step: { methods: ['passkey'], lockedFor: 720 } })),
  picker: login(answerOf('select_account', { reasons: ['application_asks_for_choice'] })),
  'picker without accounts': login(answerOf('select_account', { step: { accounts: [] } })),
  'device, confirm': login(answerOf('confirm_device')),
  device: { kind: 'device', branding, device: { userCode: null, outcome: null } },
  'device, code in the address': { kind: 'device', branding, device: { userCode: 'WDJB-MJHT', outcome: null } },
  'device, approved': { kind: 'device', branding, device: { userCode: null, outcome: 'approved' } },
  'device, refused': { kind: 'device', branding, device: { userCode: null, outcome: 'refused' } },
  consent: login(answerOf('consent', { reasons: ['new_access'] })),
  'denied, locked': denied('locked'),
  'denied, deactivated': denied('deactivated'),
  'denied, no first factor': denied('no_first_factor'),
  'denied, no second factor': denied('no_second_factor'),
  'deletion planned': login(answerOf('deletion_planned')),
  complete: login(answerOf('complete')),
  redirect: login(answerOf('redirect')),
  'redirect, to a program': login(answerOf('redirect', { step: { redirect: PROGRAM, stays: true } })),
  'signed in, opened again': { kind: 'signed_in', branding },
  'split layout': login(answerOf('select_account', { branding: bakery })),
  'plain layout': login(answerOf('identify', { branding: { ...branding, layout: 'plain' } })),
  'sign out': signOut([ada], null),
  'sign out, several': signOut(accounts.slice(0, 2), 'redirect_refused'),
  'sign out, nobody': signOut([], 'hint_invalid'),
  'signed out': {
    kind: 'signed_out',
    branding,
    signedOut: { application: 'Ledger', again: START, remaining: [adaElsewhere, ada], frames: [], next: null },
  },
  'signed out, leaving': {
    kind: 'signed_out',
    branding,
    signedOut: {
      application: 'Ledger',
      again: null,
      remaining: [],
      frames: ['about:blank#ledger'],
      next: 'https://ledger.test/bye',
    },
  },
  error: errorPage('invalid_request'),
  'error, expired': errorPage('request_expired', { application: 'Ledger', to: START }),
} as const satisfies Record<string, LoginFixture>
export type LoginFixtureName = keyof typeof LOGIN_FIXTURES

function signOut(
  some: AccountView[],
  notice: Extract<LoginFixture, { kind: 'sign_out' }>['signOut']['notice'],
): LoginFixture {
  const preselected = some[0]?.session ?? null
  return {
    kind: 'sign_out',
    branding,
    signOut: { request: 'out_1', accounts: some, preselected, application: 'Ledger', again: null, notice },
  }
}

function errorPage(code: ErrorView['code'], startAgain: ErrorView['startAgain'] = null): LoginFixture {
  return { kind: 'error', branding, error: { code, requestId: '7f3c91ae04d2', at: '2026-11-22T16:08:00Z', startAgain } }
}
