import type { Factor, FirstFactor, SecondMethod } from '@vestibule/shared/factors.ts'
import type { Reason } from '@vestibule/shared/login-step.ts'
import type { Assurance } from '../auth-request.ts'
import type { Registration } from '../ceremony.ts'
import type { OrganizationId, SessionId, UserId } from '../ids.ts'
import type { AccountFacts } from './facts.ts'

/** OpenID Connect Core 3.1.2.6 and OpenID Connect Unmet Authentication Requirements 1.0. */
export type RejectError =
  | 'login_required'
  | 'account_selection_required'
  | 'interaction_required'
  | 'consent_required'
  | 'access_denied'
  | 'unmet_authentication_requirements'

declare const proof: unique symbol

/**
 * The proof that a code may be issued. `complete()` in next-step.ts is its only maker: whoever issues something asks for it, and a
 * route that forgot a rule does not compile.
 */
export type CompletedLogin = {
  kind: 'complete'
  userId: UserId
  organizationId: OrganizationId
  sessionId: SessionId
  /** The oldest check the answer relies on, in milliseconds. */
  authTime: number
  factors: readonly Factor[]
  /** What was asked for, where something was; else what was reached. */
  assurance: Assurance
  hasTwoFactors: boolean
  readonly [proof]: true
}

/** A screen, with the error that stands for it where no screen may be shown (prompt=none). */
type Screen<Kind extends string, Carries = unknown> = { kind: Kind; reasons: Reason[]; error: RejectError } & Carries

export type LoginStep =
  | Screen<'register', { registration: Registration }>
  | Screen<'verify_email', { registration: Registration }>
  | Screen<'finish_registration', { registration: Registration }>
  | Screen<'select_account', { accounts: readonly AccountFacts[] }>
  | Screen<'identify', { hasAccounts: boolean }>
  | Screen<'reset_code'>
  | Screen<'new_password'>
  | Screen<'first_factor', { methods: readonly FirstFactor[]; lockedUntil: number | null; canReset: boolean }>
  | Screen<'offer_passkey'>
  | Screen<'second_factor', { methods: readonly SecondMethod[]; lockedUntil: number | null; trustFor: number }>
  | Screen<'enroll_second_factor', { methods: readonly SecondMethod[]; canSkip: boolean }>
  | Screen<'recovery_codes', { sealed: string }>
  | Screen<'denied', { reason: 'locked' | 'deactivated' | 'no_first_factor' | 'no_second_factor' }>
  | Screen<'deletion_planned', { deletionAt: number }>
  | Screen<'change_password'>
  | Screen<'confirm_device'>
  | Screen<'consent'>
  | { kind: 'reject'; error: RejectError }
  | CompletedLogin

export type LoginStepKind = LoginStep['kind']
