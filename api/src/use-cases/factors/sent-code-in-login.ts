import { SENT_CODES, type SecondMethod, type SentCode } from '@vestibule/shared/factors.ts'
import type { SentCodeView } from '@vestibule/shared/login-step.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { LoginStep } from '../../domain/login/steps.ts'
import { Problem } from '../../domain/problem.ts'
import { codeProblem, standingOf, tryCode } from '../codes/one-time-codes.ts'
import { faceOf } from '../face.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import { languageOf } from '../login/language-of-login.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { trustingOf } from './add-second-check.ts'
import { checkGuess, type Typed } from './check-guess.ts'
import { addFactorInLogin } from './enroll-in-login.ts'
import { type Asking, placeOfCode, sendSecondCode, sentCodeViews } from './sent-codes.ts'

type SecondStep = Extract<LoginStep, { kind: 'second_factor' | 'enroll_second_factor' }>
const purposeOf = ({ kind }: SecondStep) => (kind === 'second_factor' ? 'check' : 'enroll')

/** The step at which this kind of code is asked for, or set up. @throws Problem wrong_step */
function mustTake(login: PendingLogin, method: SentCode) {
  const { step, request, subject } = login
  mustPermit(login, step.kind === 'enroll_second_factor' ? 'enroll_factor' : 'check_second_factor')
  const isTaken = step.kind === 'second_factor' || step.kind === 'enroll_second_factor'
  if (!isTaken || !step.methods.includes(method) || !subject?.user) throw new Problem('wrong_step', { step: step.kind })
  return { user: subject.user, place: { flow: request.id, userId: subject.user.id, use: purposeOf(step) } } as const
}

/** A code on its way. @throws Problem wrong_step, too_many_attempts */
export const sendCodeInLogin = (
  deps: Deps,
  handle: LoginHandle,
  method: SentCode,
  asking: Asking,
): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    const { user, place } = mustTake(login, method)
    const { languages } = await faceOf(deps, user.organizationId, tx)
    const language = languageOf(login, asking.wishes, languages)
    const recipient = { language, organizationId: user.organizationId, userId: user.id }
    await sendSecondCode(deps, tx, place, method, recipient, asking)
    return advance(deps, tx, login, {})
  })

/**
 * A code that was sent: the second proof, or the proof that it arrives.
 * @throws Problem code_wrong with the tries that are left, code_expired, too_many_attempts, wrong_step
 */
export async function enterSentCode(
  deps: Deps,
  handle: LoginHandle,
  { method, ...typed }: Typed & { method: SentCode },
): Promise<LoginOutcome> {
  const { code, address } = typed
  const login = await loadLogin(deps, handle)
  const { place } = mustTake(login, method)
  if (place.use === 'enroll') return enrollByCode(deps, handle, method, code)
  const at = placeOfCode(place, method)
  const use = async (tx: Executor) => {
    if (!(await tryCode(deps, tx, at, code))) return null
    await deps.repositories.credentials.noteUse(tx, place.userId, method, deps.clock.now())
    return {}
  }
  const guessing = { factor: method, address, trusting: await trustingOf(typed) }
  return checkGuess(deps, handle, guessing, use, async (tx) => codeProblem(await standingOf(deps, at, tx)))
}

async function enrollByCode(deps: Deps, handle: LoginHandle, method: SentCode, code: string): Promise<LoginOutcome> {
  const outcome = await deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    const { place, user } = mustTake(login, method)
    const at = placeOfCode(place, method)
    // nothing is thrown here, so that the attempt stays counted
    if (!(await tryCode(deps, tx, at, code))) return codeProblem(await standingOf(deps, at, tx))
    return addFactorInLogin(deps, tx, handle, login, user, { factor: method })
  })
  if (outcome instanceof Problem) throw outcome
  return outcome
}

/** What the page says of the codes among these methods. */
export function codesOf(deps: Deps, login: PendingLogin, step: SecondStep): Promise<SentCodeView[]> {
  const userId = login.subject?.user?.id
  const methods = SENT_CODES.filter((code) => step.methods.some((method: SecondMethod) => method === code))
  if (!userId || methods.length === 0) return Promise.resolve([])
  return sentCodeViews(deps, { flow: login.request.id, userId, use: purposeOf(step) }, methods)
}
