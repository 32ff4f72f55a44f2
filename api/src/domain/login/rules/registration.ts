import type { Reason } from '@vestibule/shared/login-step.ts'
import type { Registration } from '../../ceremony.ts'
import type { LoginFacts } from '../facts.ts'
import { asksToRegister, openRegistration } from '../subject.ts'
import type { Rule } from './rule.ts'

/** Whoever makes an account is asked for nothing else before; where nobody may, the sign-in says so and goes on. */
export const register: Rule = (facts) => {
  const registration = openRegistration(facts)
  if (!registration) return null
  const kind = registrationStep(registration)
  const { form } = registration
  const reasons = kind === 'register' ? (form?.lostNames ?? []).map((name): Reason => `${name}_taken`) : []
  return { kind, registration, reasons, error: 'interaction_required' }
}

/** The form, then the code that proves the address, then what opens the account, where it was not typed into the form. */
function registrationStep({ at, form, newcomer }: Registration) {
  if (!form) return 'register'
  if (at === 'credential' && newcomer) return 'finish_registration'
  return at === 'code' && (form.way === 'passkey' || form.passwordHash) ? 'verify_email' : 'register'
}

export const registrationClosed = (facts: LoginFacts): Reason[] =>
  asksToRegister(facts) && !facts.registrationIsOpen ? ['registration_closed'] : []
