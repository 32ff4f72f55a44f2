import type { BrandingView } from './branding.ts'
import type { Language } from './languages.ts'
import type { AccountView, LoginAnswer } from './login-step.ts'
import type { ProblemCode, StartAgain } from './problem.ts'

/**
 * What the server writes into the first HTML of a page, as JSON in `<script type="application/json" id="page">`, so that the first
 * paint needs no further request. The branding's style sheet is in the HTML too; `html lang dir data-theme` are set.
 */
export type Page = LoginEntryPage | AppEntryPage

type Texts = {
  language: Language
  /** Namespace -> nested keys, as i18next takes them. */
  strings: Record<string, unknown>
  branding: BrandingView
}

/** The pages of the login entry (`login.html`). */
export type LoginEntryPage = Texts &
  (
    | { kind: 'login'; answer: LoginAnswer }
    | { kind: 'signed_in' }
    | { kind: 'verify' }
    | { kind: 'reset' }
    | { kind: 'device'; device: DeviceView }
    | { kind: 'sign_out'; signOut: SignOutView }
    | { kind: 'signed_out'; signedOut: SignedOutView }
    | { kind: 'error'; error: ErrorView }
  )

/** The pages behind the app entry (`app.html`): which one is the router's affair. */
export type AppEntryPage = Texts & {
  kind: 'app'
  /** Whose pages these are: an id without any right of its own. Null before anybody signed in. */
  account: string | null
}

/** The confirmation page of the end session endpoint (OpenID Connect RP-Initiated Logout 1.0, 2). */
export type SignOutView = {
  /** The id of the pending sign-out; its address to go back to stays on the server. */
  request: string
  accounts: AccountView[]
  /** The session the hint points at, first in the list. */
  preselected: string | null
  application: string | null
  /** Where it begins a new login; null: it does not say. */
  again: string | null
  /** What was wrong with the request, where something was: said, never followed. */
  notice: 'hint_invalid' | 'redirect_refused' | null
}

export type SignedOutView = {
  application: string | null
  again: string | null
  remaining: AccountView[]
  /** Applications that are told in this browser: loaded in frames (OpenID Connect Front-Channel Logout 1.0). */
  frames: string[]
  /** Where the browser goes once they were told; null: nowhere. */
  next: string | null
}

/** Where somebody types the code of a device (RFC 8628 3.3), or reads what became of it. */
export type DeviceView = {
  /** From the address of the page, to be looked at and sent by the person. */
  userCode: string | null
  outcome: 'approved' | 'refused' | null
}

/** Our own error page: a code, an id to send along, and where the application begins anew, when it is known and says so. */
export type ErrorView = { code: ErrorPageCode; requestId: string; at: string; startAgain: StartAgain | null }

/** OAuth's errors that are shown on our own page (never sent to an address that was not registered), and our own. */
export type ErrorPageCode = ProblemCode | 'invalid_request' | 'invalid_request_uri' | 'server_error'
