import { z } from 'zod'
import { brandingViewSchema } from './branding.ts'
import { FIRST_FACTORS, SECOND_METHODS, SENT_CODES } from './factors.ts'
import { LANGUAGE_CODES } from './languages.ts'
import { registrationSteps } from './login-step-registration.ts'
import { passwordRulesSchema } from './policies/password.ts'
import { IDENTIFIER_KINDS } from './policy.ts'
import { creationOptionsSchema } from './webauthn-creation.ts'

/** One account of this browser as the picker shows it. `session` is an id without any right of its own. */
export const accountViewSchema = z.object({
  session: z.string(),
  displayName: z.string(),
  loginName: z.string(),
  organization: z.string(),
  /** The path of their picture here; null for none. */
  picture: z.string().nullable(),
  state: z.enum(['signed_in', 'password_needed', 'signed_out']),
})
export type AccountView = z.infer<typeof accountViewSchema>

/** Why a step is shown; the page says `login.reasons.<reason>`. */
export const REASONS = [
  'registration_closed',
  'email_taken',
  'username_taken',
  'password_was_reset',
  'password_must_change',
  'password_expired',
  'application_asks_again',
  'check_too_old',
  'session_ended',
  'account_asks_again',
  'application_asks_for_second_factor',
  'application_asks_for_phishing_resistant',
  'organization_requires_second_factor',
  'second_factor_is_set_up',
  'second_check_too_old',
  'application_asks_for_choice',
  'several_accounts',
  'organization_required',
  'account_required',
  'application_asks_for_consent',
  'new_access',
] as const
export type Reason = (typeof REASONS)[number]

export const DENIALS = ['locked', 'deactivated', 'no_first_factor', 'no_second_factor'] as const

/** A code that may be sent, to what of its address may be said, and how the one that was sent stands (seconds). */
export const sentCodeSchema = z.object({
  method: z.enum(SENT_CODES),
  to: z.string(),
  isSent: z.boolean(),
  endsIn: z.int(),
  resendIn: z.int(),
  triesLeft: z.int(),
})
export type SentCodeView = z.infer<typeof sentCodeSchema>

/** What an authenticator app needs: the secret as text, the same as a link, and the link as a QR code (the path of an SVG, in modules). */
export const totpSetupSchema = z.object({
  secret: z.string(),
  uri: z.string(),
  qr: z.object({ size: z.int(), path: z.string() }),
})
export type TotpSetup = z.infer<typeof totpSetupSchema>

/** Scopes of ours that ask for one thing, whatever their spelling: it is said once, by this name. */
export const SCOPE_GROUPS = ['organization', 'roles', 'metadata', 'services'] as const
export type ScopeGroup = (typeof SCOPE_GROUPS)[number]
/**
 * What a consent screen has words for; the page says `login.consent.scopes.<name>`. Other scopes are shown by their name.
 */
export const DESCRIBED_SCOPES = [
  'openid',
  'profile',
  'email',
  'phone',
  'address',
  ...SCOPE_GROUPS,
  'offline_access',
] as const

/** Where the browser goes next: an address, or a form that is posted to it (response mode form_post). */
export const redirectSchema = z.object({ to: z.string(), form: z.record(z.string(), z.string()).optional() })
export type Redirect = z.infer<typeof redirectSchema>

/** What the page draws. The server names it; no screen knows the next one. */
export const loginStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('select_account'), accounts: z.array(accountViewSchema) }),
  z.object({
    kind: z.literal('identify'),
    accepts: z.array(z.enum(IDENTIFIER_KINDS)),
    loginHint: z.string().nullable(),
    /** Whether the picker has something to show, so that the screen can lead back to it. */
    hasAccounts: z.boolean(),
    /** Whether an account of one's own may be made here. */
    canRegister: z.boolean(),
    /** Whether a passkey may say who it is, without a name. */
    canUsePasskey: z.boolean(),
  }),
  ...registrationSteps,
  z.object({
    kind: z.literal('first_factor'),
    methods: z.array(z.enum(FIRST_FACTORS)),
    /** After too many failures nothing is asked that can be guessed, for so many seconds. It is said of names that nobody has, too. */
    lockedFor: z.int().nullable(),
    /** Whether the screen offers to set a new password. */
    canReset: z.boolean(),
  }),
  /** After a registration or a reset, to somebody without a passkey. It may be declined. */
  z.object({ kind: z.literal('offer_passkey') }),
  z.object({
    kind: z.literal('second_factor'),
    /** The one that was used last comes first. */
    methods: z.array(z.enum(SECOND_METHODS)),
    /** After too many failures nothing is asked that can be guessed, for so many seconds. */
    lockedFor: z.int().nullable(),
    codes: z.array(sentCodeSchema),
    /** For how long this browser may be spared the next time, in seconds; 0: that is not offered. */
    trustFor: z.int(),
  }),
  z.object({
    kind: z.literal('enroll_second_factor'),
    methods: z.array(z.enum(SECOND_METHODS)),
    /** Whether the person may say "not now". */
    canSkip: z.boolean(),
    /** An authenticator app that is being set up under this request. */
    totp: totpSetupSchema.nullable(),
    codes: z.array(sentCodeSchema),
  }),
  /** Shown until the person says that they are kept, and never again. */
  z.object({ kind: z.literal('recovery_codes'), codes: z.array(z.string()) }),
  /** Times are seconds from now. Neither whether a code was sent is said, nor where to. */
  z.object({ kind: z.literal('reset_code'), endsIn: z.int(), resendIn: z.int(), triesLeft: z.int() }),
  z.object({ kind: z.literal('new_password'), rules: passwordRulesSchema }),
  z.object({ kind: z.literal('change_password'), rules: passwordRulesSchema }),
  /** The owner of this account wishes to delete it: it opens no application, unless it is kept. The time is ISO 8601. */
  z.object({ kind: z.literal('deletion_planned'), deletionAt: z.string() }),
  /** A device waits, and shows this code. */
  z.object({ kind: z.literal('confirm_device'), userCode: z.string(), scopes: z.array(z.string()) }),
  z.object({ kind: z.literal('consent'), scopes: z.array(z.string()) }),
  z.object({ kind: z.literal('denied'), reason: z.enum(DENIALS) }),
  /** Everything is proven: `POST .../finish` answers with the redirect. */
  z.object({ kind: z.literal('complete') }),
  z.object({
    kind: z.literal('redirect'),
    redirect: redirectSchema,
    /** The browser hands it to a program of its device, and the page stays. */
    stays: z.literal(true).optional(),
    /** What the browser may make by itself on the way out; its session opens nothing. */
    upgrade: z.object({ session: z.string(), options: creationOptionsSchema }).optional(),
  }),
])
export type LoginStepView = z.infer<typeof loginStepSchema>

/** Every login endpoint answers with this body. */
export const loginAnswerSchema = z.object({
  /** The id of the pending request. It opens nothing in another browser. */
  request: z.string(),
  step: loginStepSchema,
  reasons: z.array(z.enum(REASONS)),
  /** Whom the step is about: what was typed, and a name only where this browser knows it already. */
  account: z.object({ loginName: z.string(), displayName: z.string().nullable() }).nullable(),
  /** Who asks; null when the person is on the way to their own account pages. */
  application: z
    .object({
      name: z.string(),
      organization: z.string(),
      /** Where its picture is; only for whoever is asked to let it in. */
      logo: z.string().nullable(),
      privacy: z.string().nullable(),
      terms: z.string().nullable(),
    })
    .nullable(),
  /** When the password of whoever has just proven it has to be replaced, once that is near (ISO 8601); null otherwise. */
  passwordEndsAt: z.string().nullable(),
  branding: brandingViewSchema,
  /** The page is in another one until it has fetched the texts: the organization or the account may have become known. */
  language: z.enum(LANGUAGE_CODES),
})
export type LoginAnswer = z.infer<typeof loginAnswerSchema>
