import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import type { Deps } from '../../deps.ts'
import { standingOf } from '../codes/one-time-codes.ts'
import type { PendingLogin } from '../login/load-login.ts'
import { rulesFor } from '../password/rules-for.ts'
import { resetPlaceOf } from './place.ts'

type ViewOf<Kind> = Extract<LoginStepView, { kind: Kind }>

/** Times are seconds from now, so that no browser's clock counts. It does not say where a code was sent, nor whether one was. */
export async function resetCodeView(deps: Deps, { request, subject }: PendingLogin): Promise<ViewOf<'reset_code'>> {
  const standing = await standingOf(deps, resetPlaceOf(request.id, subject?.user?.id ?? null))
  const seconds = (milliseconds: number) => Math.ceil(milliseconds / 1000)
  const { triesLeft } = standing
  return { kind: 'reset_code', endsIn: seconds(standing.endsIn), resendIn: seconds(standing.resendIn), triesLeft }
}

/** Told to somebody who proved an address of this account. */
export async function newPasswordView(deps: Deps, { subject }: PendingLogin): Promise<ViewOf<'new_password'>> {
  if (!subject?.user) throw new Error('a new password for nobody')
  const { rules } = await rulesFor(deps, { userId: subject.user.id })
  return { kind: 'new_password', rules }
}
