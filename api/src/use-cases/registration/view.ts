import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import { REGISTRATION_FIELDS } from '@vestibule/shared/policies/registration.ts'
import type { Deps } from '../../deps.ts'
import type { Registration, RegistrationForm } from '../../domain/ceremony.ts'
import { readIdentifier } from '../../domain/identifier.ts'
import { webLink } from '../../domain/web-link.ts'
import { standingOf } from '../codes/one-time-codes.ts'
import type { PendingLogin } from '../login/load-login.ts'
import { demandsOf, ownWords } from '../password/rules-for.ts'
import type { RegistrationPlace, Terms } from './place.ts'
import { codePlaceOf } from './send-code.ts'

type ViewOf<Kind> = Extract<LoginStepView, { kind: Kind }>
type Values = ViewOf<'register'>['values']

/** Milliseconds. Who takes longer than this for a form gets other work, and notices nothing. */
const WORK_LIFETIME = 1_800_000

export async function registerView(
  { proofOfWork, clock }: Deps,
  { place, parameters, request }: PendingLogin,
  registration: Registration,
): Promise<ViewOf<'register'>> {
  const { organization, fields, policy, passwordPolicy, terms } = place!
  const { form, hint } = registration
  const values = form ? valuesOf(form) : guessed(hint ?? parameters.loginHint ?? '', place!)
  return {
    kind: 'register',
    organization: organization.name,
    fields: REGISTRATION_FIELDS.filter((name) => fields[name] !== 'hidden').map((name) => ({
      name,
      isRequired: fields[name] === 'required',
    })),
    values,
    ways: [...place!.ways],
    passwordRules: demandsOf(passwordPolicy, [], organization.name).rules,
    terms: terms && termsView(terms),
    challenge: policy.proofOfWork ? await proofOfWork.create(request.id, clock.now() + WORK_LIFETIME) : null,
  }
}

/** What was sent before, as it was kept. */
function valuesOf({ email, username, phone, profile }: RegistrationForm): Values {
  const { givenName, familyName, nickname, birthdate, gender, website } = profile
  const values = { givenName, familyName, email, username, phone, nickname, birthdate, gender, website }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null))
}

/** A name typed elsewhere goes into the one field it can belong to. */
function guessed(typed: string, { fields }: RegistrationPlace): Values {
  const kinds = (['email', 'phone', 'username'] as const).filter(
    (kind) => kind === 'email' || fields[kind] !== 'hidden',
  )
  const [first] = readIdentifier(typed, kinds)
  const text = typed.trim()
  return first && text !== '' ? { [first.kind]: text } : {}
}

const termsView = ({ version, links }: Terms) => {
  const linkTo = (document: 'terms' | 'privacy') => webLink(links.find((one) => one.document === document)?.link)
  return { version, terms: linkTo('terms'), privacy: linkTo('privacy') }
}

/** What was said of its owner is no part of a good password. */
export function finishRegistrationView({ place }: PendingLogin, { form }: Registration): ViewOf<'finish_registration'> {
  const { passwordPolicy, organization, ways } = place!
  const passwordRules = demandsOf(passwordPolicy, wordsOf(form!), organization.name).rules
  return { kind: 'finish_registration', email: form!.email, ways: [...ways], passwordRules }
}

export const wordsOf = ({ profile, email, username }: RegistrationForm): string[] =>
  ownWords([profile.givenName, profile.familyName, profile.nickname, email, username])

/** Times are seconds from now, so that no browser's clock counts. */
export async function verifyEmailView(
  deps: Deps,
  login: PendingLogin,
  { form }: Registration,
): Promise<ViewOf<'verify_email'>> {
  const { endsIn, resendIn, triesLeft } = await standingOf(deps, codePlaceOf(login))
  const seconds = (milliseconds: number) => Math.ceil(milliseconds / 1000)
  return {
    kind: 'verify_email',
    email: form?.email ?? '',
    way: form?.way ?? 'password',
    endsIn: seconds(endsIn),
    resendIn: seconds(resendIn),
    triesLeft,
  }
}
