import type { Deps, Executor } from '../../deps.ts'
import type { LoginAction } from '../../domain/login/permitted-actions.ts'
import { Problem } from '../../domain/problem.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { findPlace, type RegistrationPlace } from './place.ts'

export type PendingRegistration = { login: PendingLogin; place: RegistrationPlace }

/**
 * The beginning of every action of a registration. Where nobody may register, each of them is refused, also in the middle of one.
 * @throws Problem registration_closed, wrong_step and those of `loadLogin`
 */
export async function loadRegistration(
  deps: Deps,
  handle: LoginHandle,
  action: LoginAction,
  tx: Executor,
): Promise<PendingRegistration> {
  const login = await loadLogin(deps, handle, tx)
  const place = login.place ?? (await findPlace(deps, login.organizationId, tx))
  // who is named by the application has an account already
  if (!place?.isOpen || login.facts.request.subject !== null) throw new Problem('registration_closed')
  mustPermit(login, action)
  return { login, place }
}
