import type { FirstFactor } from '@vestibule/shared/factors.ts'
import type { Proof } from '@vestibule/shared/login-step-registration.ts'
import { brokenRules } from '@vestibule/shared/password-rules.ts'
import type { FieldProblem } from '@vestibule/shared/problem.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { RegistrationForm } from '../../domain/ceremony.ts'
import type { BrowserWishes } from '../../domain/language.ts'
import { Problem } from '../../domain/problem.ts'
import { type CheckedForm, checkForm, type FieldProblems, type TypedForm } from '../../domain/registration/form.ts'
import { faceOf } from '../face.ts'
import { takeAttempt } from '../limits.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import { languageOf } from '../login/language-of-login.ts'
import type { LoginHandle } from '../login/load-login.ts'
import { brokenDemands } from '../password/check-new-password.ts'
import { demandsOf, ownWords } from '../password/rules-for.ts'
import { registrationOf } from './begin-registration.ts'
import { REGISTRATION_LIMITS } from './limits.ts'
import { loadRegistration } from './load-registration.ts'
import type { RegistrationPlace, Terms } from './place.ts'
import { type Asking, sendCode } from './send-code.ts'

type Input = {
  typed: TypedForm
  way: FirstFactor
  newPassword: string
  accepted: string | null
  proof: Proof | null
  wishes: BrowserWishes
} & Asking

/**
 * The form. It is looked at, then counted, then the password, where one was chosen, is hashed outside any transaction, whether the
 * address has an account or not; last it is kept with the request, and the code is sent.
 * @throws Problem forbidden where the organization wants another way in, invalid_input with what is wrong with which field, proof_of_work_required, too_many_attempts, registration_closed,
 * wrong_step; Unavailable
 */
export async function register(deps: Deps, handle: LoginHandle, input: Input): Promise<LoginOutcome> {
  const { place } = await deps.db.transaction((tx) => loadRegistration(deps, handle, 'register', tx))
  if (!place.ways.includes(input.way)) throw new Problem('forbidden')
  const form = await mustBeFilledIn(deps, place, input)
  const work = place.policy.proofOfWork ? await mustHaveWorked(deps, handle, input) : null
  const isTaken = await deps.db.transaction((tx) => count(deps, tx, { form, place, work }, input))
  if (isTaken) throw new Problem('invalid_input', { fields: { username: ['taken'] } })
  const passwordHash = input.way === 'password' ? await deps.passwords.hash(input.newPassword) : null
  return deps.db.transaction((tx) => keep(deps, tx, handle, { ...input, form, place, passwordHash }))
}

/** Everything that is wrong at once. @throws Problem invalid_input */
async function mustBeFilledIn(deps: Deps, place: RegistrationPlace, input: Input): Promise<CheckedForm> {
  const { fields, policy, terms } = place
  const { typed, accepted } = input
  const checked = checkForm(typed, { fields, emailDomains: policy.emailDomains, now: deps.clock.now() })
  const problems: FieldProblems = 'problems' in checked ? checked.problems : {}
  const broken = input.way === 'password' ? await wrongWith(deps, place, input, checked) : []
  if (broken.length > 0) problems.newPassword = broken
  if (terms && accepted !== terms.version) problems.accepted = [accepted === null ? 'required' : 'invalid']
  if (!('form' in checked) || Object.keys(problems).length > 0) throw new Problem('invalid_input', { fields: problems })
  return checked.form
}

async function wrongWith(
  deps: Deps,
  { passwordPolicy, organization }: RegistrationPlace,
  { typed, newPassword }: Input,
  checked: object,
): Promise<FieldProblem[]> {
  if (newPassword === '') return ['required']
  const { givenName, familyName, nickname, email, username } = typed
  const demands = demandsOf(
    passwordPolicy,
    ownWords([givenName, familyName, nickname, email, username]),
    organization.name,
  )
  // a service may be asked, so this comes last
  return 'problems' in checked ? brokenRules(newPassword, demands.rules) : brokenDemands(deps, demands, newPassword)
}

type Work = { id: string; until: number }

/** The work of this very request. @throws Problem proof_of_work_required */
async function mustHaveWorked({ proofOfWork, clock }: Deps, { request }: LoginHandle, { proof }: Input): Promise<Work> {
  const work = proof && (await proofOfWork.verify(proof, request, clock.now()))
  if (!work) throw new Problem('proof_of_work_required')
  return work
}

/**
 * Counts the form before anything is made of it, and takes the work. Whether a user name is taken is said: whoever chooses one has to
 * know. It costs work of its own, and is said so often that nobody collects names.
 */
async function count(
  deps: Deps,
  tx: Executor,
  { form, place, work }: { form: CheckedForm; place: RegistrationPlace; work: Work | null },
  { address }: Asking,
): Promise<boolean> {
  const { users, spentProofs } = deps.repositories
  const { email, username } = form
  await takeAttempt(deps, tx, REGISTRATION_LIMITS.address, address)
  await takeAttempt(deps, tx, REGISTRATION_LIMITS.domain, email.slice(email.lastIndexOf('@') + 1))
  const name = { kind: 'username', value: username ?? '' } as const
  const isTaken = username !== null && (await users.findOwner(name, place.organization.id, tx)) !== null
  if (isTaken) await takeAttempt(deps, tx, REGISTRATION_LIMITS.takenNames, address)
  if (work && !(await spentProofs.spend(tx, { id: work.id, expiresAt: work.until })))
    throw new Problem('proof_of_work_required')
  return isTaken
}

type Checked = Input & { form: CheckedForm; place: RegistrationPlace; passwordHash: string | null }

/** The world may have changed while the hash was made; whether everything is still free is asked again when the code is entered. */
async function keep(deps: Deps, tx: Executor, handle: LoginHandle, { form, place, passwordHash, ...input }: Checked) {
  const { login } = await loadRegistration(deps, handle, 'register', tx)
  const { id: organizationId } = place.organization
  const owner = await deps.repositories.users.findOwner({ kind: 'email', value: form.email }, organizationId, tx)
  const { languages } = await faceOf(deps, organizationId, tx)
  const kept: RegistrationForm = {
    ...form,
    organizationId,
    isTaken: owner !== null,
    lostNames: [],
    way: input.way,
    passwordHash,
    accepted: acceptancesOf(place.terms),
    language: languageOf(login, input.wishes, languages),
  }
  await sendCode(deps, tx, login.request.id, kept, input)
  return advance(deps, tx, login, { ceremony: { ...registrationOf(login), at: 'code', form: kept, newcomer: null } })
}

const acceptancesOf = (terms: Terms | null): RegistrationForm['accepted'] =>
  (terms?.links ?? []).map(({ document, link }) => ({ document, link, version: terms!.version }))
