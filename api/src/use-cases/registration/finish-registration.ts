import type { FirstFactor } from '@vestibule/shared/factors.ts'
import type { CreationOptions, Deps, Executor, RegistrationResponse } from '../../deps.ts'
import type { Newcomer, Registration, RegistrationForm } from '../../domain/ceremony.ts'
import { Problem } from '../../domain/problem.ts'
import { NEW_PASSWORD_LIMIT, takeAttempt } from '../limits.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import type { LoginHandle, PendingLogin } from '../login/load-login.ts'
import { type ChallengePlace, createChallenge, spendChallenge } from '../passkeys/challenges.ts'
import { brokenDemands } from '../password/check-new-password.ts'
import { demandsOf } from '../password/rules-for.ts'
import { backToForm, registrationOf } from './begin-registration.ts'
import { createAccount, type Opener } from './create-account.ts'
import { loadRegistration, type PendingRegistration } from './load-registration.ts'
import { isStillHere, onceMoreIfTaken, takenNames } from './names.ts'
import { wordsOf } from './view.ts'

type Proven = PendingRegistration & { registration: Registration; form: RegistrationForm; newcomer: Newcomer }

/**
 * The beginning of every action of somebody whose address is proven, and whose account nothing opens yet.
 * @throws Problem forbidden where the organization wants another way in, registration_closed, wrong_step
 */
async function loadProven(deps: Deps, tx: Executor, handle: LoginHandle, way: FirstFactor): Promise<Proven> {
  const pending = await loadRegistration(deps, handle, 'choose_credential', tx)
  if (!pending.place.ways.includes(way)) throw new Problem('forbidden')
  const registration = registrationOf(pending.login)
  return { ...pending, registration, form: registration.form!, newcomer: registration.newcomer! }
}

const placeOf = ({ request, device }: PendingLogin, { id }: Newcomer): ChallengePlace => ({
  purpose: 'first_passkey',
  flow: request.id,
  userId: id,
  deviceId: device.id,
})

/** What to ask the browser. @throws Problem forbidden, registration_closed, wrong_step */
export async function beginFirstPasskey(deps: Deps, handle: LoginHandle): Promise<CreationOptions> {
  const { form, newcomer, place, challenge } = await deps.db.transaction(async (tx) => {
    const proven = await loadProven(deps, tx, handle, 'passkey')
    return { ...proven, challenge: await createChallenge(deps, tx, placeOf(proven.login, proven.newcomer)) }
  })
  const displayName = `${form.profile.givenName} ${form.profile.familyName}`
  const person = { handle: newcomer.handle, name: form.email, displayName }
  return deps.webauthn.creationOptions('passkey', place.organization.name, person, { challenge, known: [] })
}

/**
 * The passkey that opens the account, which is made of it. The challenge is spent first, then the answer is verified outside any transaction,
 * and last everything is read anew.
 * @throws Problem challenge_over, passkey_refused, forbidden, registration_closed, wrong_step
 */
export async function makeFirstPasskey(
  deps: Deps,
  handle: LoginHandle,
  response: RegistrationResponse,
): Promise<LoginOutcome> {
  const { challenge, newcomer } = await deps.db.transaction(async (tx) => {
    const { login, newcomer } = await loadProven(deps, tx, handle, 'passkey')
    return { newcomer, challenge: await spendChallenge(deps, tx, placeOf(login, newcomer), response) }
  })
  const made = await deps.webauthn.verifyRegistration(response, { challenge, requireUserVerification: true })
  if (!made) throw new Problem('passkey_refused')
  const opener = { factor: 'passkey', made, newcomer } as const
  return finish(deps, handle, { newcomer, opener, keepsPasskeys: true })
}

type Chosen = { newPassword: string; keepsPasskeys: boolean; address: string }

/**
 * A password after all.
 * @throws Problem invalid_input with what is wrong beside `newPassword`, forbidden, registration_closed, wrong_step, too_many_attempts;
 * Unavailable
 */
export async function chooseFirstPassword(
  deps: Deps,
  handle: LoginHandle,
  { newPassword, keepsPasskeys, address }: Chosen,
): Promise<LoginOutcome> {
  const { place, form, newcomer } = await deps.db.transaction(async (tx) => {
    const proven = await loadProven(deps, tx, handle, 'password')
    await takeAttempt(deps, tx, NEW_PASSWORD_LIMIT, address)
    return proven
  })
  const demands = demandsOf(place.passwordPolicy, wordsOf(form), place.organization.name)
  const broken = newPassword === '' ? (['required'] as const) : await brokenDemands(deps, demands, newPassword)
  if (broken.length > 0) throw new Problem('invalid_input', { fields: { newPassword: [...broken] } })
  const opener = { factor: 'password', hash: await deps.passwords.hash(newPassword) } as const
  return finish(deps, handle, { newcomer, opener, keepsPasskeys })
}

type Finish = { newcomer: Newcomer; opener: Opener; keepsPasskeys: boolean }

const finish = (deps: Deps, handle: LoginHandle, how: Finish): Promise<LoginOutcome> =>
  onceMoreIfTaken(() => deps.db.transaction((tx) => create(deps, tx, handle, how)))

/** The world may have changed meanwhile: a name that went to somebody else, or another house, begins anew with what was typed. */
async function create(deps: Deps, tx: Executor, handle: LoginHandle, { newcomer, opener, keepsPasskeys }: Finish) {
  const proven = await loadProven(deps, tx, handle, opener.factor)
  const { login, registration, form } = proven
  // what was chosen is for whom the form was about then
  if (proven.newcomer.id !== newcomer.id) throw new Problem('wrong_step', { step: login.step.kind })
  const lostNames = await takenNames(deps, tx, form)
  if (lostNames.length === 0 && isStillHere(proven, form))
    return createAccount(deps, tx, proven, form, opener, { ...handle, keepsPasskeys })
  const again = { ...registration, form: { ...form, lostNames } }
  return advance(deps, tx, login, { ceremony: backToForm(again) })
}
