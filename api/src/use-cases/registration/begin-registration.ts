import type { Deps } from '../../deps.ts'
import { newRegistration, type Registration } from '../../domain/ceremony.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import type { LoginHandle } from '../login/load-login.ts'
import { NOBODY_YET } from '../login/small-steps.ts'
import { loadRegistration } from './load-registration.ts'
import { codePlaceOf } from './send-code.ts'

/** To an empty form, but for what was typed already. Whoever was named before is forgotten: this is nobody yet. */
export const beginRegistration = (deps: Deps, handle: LoginHandle, identifier: string): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const { login } = await loadRegistration(deps, handle, 'begin_registration', tx)
    const hint = identifier.trim() || login.request.loginName
    return advance(deps, tx, login, { ...NOBODY_YET, ceremony: newRegistration(hint) })
  })

/** Back to the form with what was typed. The code that was sent is over, and so is what it proved: another address is confirmed by its own. */
export const changeRegistration = (deps: Deps, handle: LoginHandle): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const { login } = await loadRegistration(deps, handle, 'change_registration', tx)
    await deps.repositories.oneTimeCodes.deleteOf(tx, codePlaceOf(login))
    return advance(deps, tx, login, { ceremony: backToForm(registrationOf(login)) })
  })

/** The password goes: nobody comes back to a form that knows one. */
export const backToForm = ({ form, ...registration }: Registration): Registration => ({
  ...registration,
  at: 'form',
  newcomer: null,
  form: form && { ...form, passwordHash: null },
})

/** What the engine found under way. @throws where it permitted an action without a registration: a bug of the rules */
export function registrationOf({ step }: { step: { kind: string; registration?: Registration } }): Registration {
  if (!step.registration) throw new Error(`no registration at ${step.kind}`)
  return step.registration
}
