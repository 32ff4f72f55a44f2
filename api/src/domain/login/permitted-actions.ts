import type { LoginStepKind } from './steps.ts'

export type LoginAction =
  | 'select_account'
  | 'forget_account'
  | 'sign_out_account'
  | 'restart'
  | 'identify'
  | 'check_password'
  | 'decide_consent'
  | 'finish'
  | 'cancel'

/** What may be done at a step. Everything else is answered with `wrong_step`; a new step does not compile without its row. */
const PERMITTED: Record<LoginStepKind, readonly LoginAction[]> = {
  select_account: ['select_account', 'forget_account', 'sign_out_account', 'restart', 'cancel'],
  identify: ['identify', 'restart', 'cancel'],
  // typing another name starts over with nothing proven
  first_factor: ['check_password', 'identify', 'restart', 'cancel'],
  consent: ['decide_consent', 'restart', 'cancel'],
  denied: ['restart', 'cancel'],
  complete: ['finish', 'restart', 'cancel'],
  reject: ['finish', 'cancel'],
}

export const permittedActions = (kind: LoginStepKind): readonly LoginAction[] => PERMITTED[kind]
