import type { LoginStepKind } from './steps.ts'

export type LoginAction =
  | 'begin_registration'
  | 'register'
  | 'change_registration'
  | 'enter_email_code'
  | 'choose_credential'
  | 'resend_email_code'
  | 'select_account'
  | 'forget_account'
  | 'sign_out_account'
  | 'restart'
  | 'identify'
  | 'check_password'
  | 'check_passkey'
  | 'make_passkey'
  | 'decline_passkey'
  | 'check_second_factor'
  | 'enroll_factor'
  | 'skip_enrollment'
  | 'keep_recovery_codes'
  | 'begin_reset'
  | 'leave_reset'
  | 'enter_reset_code'
  | 'set_new_password'
  | 'keep_account'
  | 'change_password'
  | 'decide_consent'
  | 'finish'
  | 'cancel'

/**
 * Who it is may be said at every step: it proves nothing, and starts over with nothing proven. So the answer of a page that another
 * tab has overtaken counts, and nobody leaves as somebody else than whom they named. So may that one is nobody yet.
 */
const WHO = ['select_account', 'identify', 'restart', 'begin_registration', 'cancel'] as const

/** What may be done at a step. Everything else is answered with `wrong_step`; a new step does not compile without its row. */
const PERMITTED: Record<LoginStepKind, readonly LoginAction[]> = {
  register: [...WHO, 'register'],
  verify_email: [...WHO, 'enter_email_code', 'resend_email_code', 'change_registration'],
  finish_registration: [...WHO, 'choose_credential', 'change_registration'],
  select_account: [...WHO, 'check_passkey', 'forget_account', 'sign_out_account'],
  identify: [...WHO, 'check_passkey'],
  reset_code: [...WHO, 'begin_reset', 'enter_reset_code', 'leave_reset'],
  new_password: [...WHO, 'set_new_password', 'leave_reset'],
  first_factor: [...WHO, 'check_password', 'check_passkey', 'begin_reset'],
  offer_passkey: [...WHO, 'make_passkey', 'decline_passkey'],
  second_factor: [...WHO, 'check_passkey', 'check_second_factor'],
  enroll_second_factor: [...WHO, 'enroll_factor', 'skip_enrollment'],
  recovery_codes: [...WHO, 'keep_recovery_codes'],
  deletion_planned: [...WHO, 'keep_account'],
  change_password: [...WHO, 'change_password'],
  confirm_device: [...WHO, 'decide_consent'],
  consent: [...WHO, 'decide_consent'],
  denied: WHO,
  complete: [...WHO, 'finish'],
  reject: ['finish', 'cancel'],
}

export const permittedActions = (kind: LoginStepKind): readonly LoginAction[] => PERMITTED[kind]
