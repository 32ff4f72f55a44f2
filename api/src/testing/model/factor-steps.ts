import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import { totpCode } from '../factors.ts'
import type { App, CodeFactor, Person, Request } from './cast.ts'
import { must } from './must.ts'
import { act, type Choice, pick, press, provenNow, readMail, settle } from './play.ts'
import type { Proof } from './proofs.ts'
import type { Stage } from './stage.ts'

export type Answer = Record<string, unknown>
export const stepOf = (answer: Answer | null) => (answer?.step ?? null) as LoginStepView | null

/** Whom a request is about; where nobody was named yet whoever proved themselves last in this browser. */
export function personAt({ oracle, people }: Stage, { said, browser }: Request): Person | undefined {
  const id = said ?? oracle.sessionsIn(browser).at(-1)?.person
  return people.find((person) => person.id === id)
}

/** A proof was taken: it is the one of somebody whom the request is about. `kept`: what the account pages call what proved it. */
export async function taken(
  stage: Stage,
  request: Request,
  proof: Pick<Proof, 'factor' | 'credential'>,
): Promise<{ person: Person; session: string; kept: string }> {
  const proven = await provenNow(stage, proof.factor)
  must(proven, `${proof.factor} was taken, and is in no session`)
  const isMeant = request.said === null || request.said === 'nobody' || request.said === proven.person
  must(isMeant, `${proof.factor} of somebody else was taken`)
  return { person: stage.oracle.personOf(proven.person), session: proven.session, kept: proven.credential }
}

/** It counts from now on. */
export function count(stage: Stage, request: Request, proof: Omit<Proof, 'at' | 'browser'>): void {
  stage.oracle.shown({ browser: request.browser, ...proof })
  request.said = proof.person
  stage.seen(proof.factor)
}

/** What the app of this person shows that was not taken yet; where chance is wild something that was. */
export function appCode(stage: Stage, person: Person | undefined, { b, c }: Choice): string {
  const app = pick(person?.holds.apps ?? [], b)
  if (!app) return '000000'
  if (c % 6 === 0) return [...app.taken].at(-1) ?? '000000'
  const shown = [0, 1, -1].map((steps) => totpCode(stage.world, { secret: app.secret, steps }))
  return shown.find((code) => !app.taken.has(code)) ?? shown[0]!
}

/** A code of an app was taken as the second proof. Out: whose it is. */
export async function appTaken(stage: Stage, request: Request, code: string): Promise<{ person: Person; app: App }> {
  const { person, session, kept } = await taken(stage, request, { factor: 'totp' })
  const app = person.holds.apps.find(({ id }) => id === kept)
  const shown = [-1, 0, 1].map((steps) => app && totpCode(stage.world, { secret: app.secret, steps }))
  must(app && shown.includes(code), 'a code was taken that no app of theirs shows')
  must(!app.taken.has(code), 'a code of an app was taken twice')
  app.taken.add(code)
  count(stage, request, { person: person.id, session, factor: 'totp', credential: app.id })
  return { person, app }
}

export async function enterApp(stage: Stage, request: Request, code: string, trustDevice: boolean) {
  const answer = await act(stage, request.browser, request, 'totp', { code, trustDevice })
  if (!answer) return null
  const { person, app } = await appTaken(stage, request, code)
  const asksForMore = request.assurance !== 'aal1' || request.maxAge !== null || request.prompts.includes('login')
  if (trustDevice && !asksForMore && person.organization.trustLifetime > 0) {
    stage.oracle.trusted({ browser: request.browser, person: person.id, app: app.id })
    stage.spared.push({ person, browser: request.browser })
    stage.seen('trusted')
  }
  await settle(stage, request, answer)
  return answer
}

export async function setUpApp(stage: Stage, request: Request, isWrong = false) {
  const step = stepOf(await act(stage, request.browser, request, 'enroll-totp'))
  if (step?.kind !== 'enroll_second_factor' || !step.totp) return null
  const { secret } = step.totp
  const code = totpCode(stage.world, { secret, steps: isWrong ? 40 : 0 })
  const answer = await act(stage, request.browser, request, 'enroll-totp-code', { code })
  if (!answer) return null
  must(!isWrong, 'an app was set up by a code that it does not show')
  const { person, session, kept } = await taken(stage, request, { factor: 'totp' })
  stage.oracle.mustBeFit(request.browser, person.id, request.openedAt)
  person.holds.apps.push({ id: kept, secret, taken: new Set([code]) })
  count(stage, request, { person: person.id, session, factor: 'totp', credential: kept })
  stage.seen('app set up')
  noteRecovery(person, answer)
  await settle(stage, request, answer)
  return answer
}

/** Codes that a step shows. */
export function noteRecovery({ holds }: Person, answer: Answer): void {
  const step = stepOf(answer)
  if (step?.kind === 'recovery_codes') holds.recovery = new Set(step.codes)
}

export const keepCodes = (stage: Stage, request: Request) => press(stage, request, 'keep-recovery-codes')

export async function enterRecoveryCode(stage: Stage, request: Request, code: string): Promise<void> {
  const answer = await act(stage, request.browser, request, 'recovery-code', { code })
  if (!answer) return
  const { person, session } = await taken(stage, request, { factor: 'recovery_code' })
  must(person.holds.recovery.delete(code), 'a recovery code was taken twice, or is not theirs')
  count(stage, request, { person: person.id, session, factor: 'recovery_code' })
  await settle(stage, request, answer)
}

export async function sendCode(stage: Stage, request: Request, method: CodeFactor): Promise<void> {
  const answer = await act(stage, request.browser, request, 'second-code-send', { method })
  if (answer) await readMail(stage, request)
}

/** The newest code that was sent for this request. */
export const sentCode = ({ mail }: Stage, request: Request): string | undefined =>
  mail.all.findLast((sent) => sent.request === request && sent.opens === 'login_code')?.code

export async function enterCode(stage: Stage, request: Request, method: CodeFactor, code: string) {
  const answer = await act(stage, request.browser, request, 'second-code', { method, code })
  if (!answer) return null
  const { person, session } = await taken(stage, request, { factor: method })
  stage.mail.shown(request, person, method, code)
  if (!person.holds.codes.has(method)) stage.oracle.mustBeFit(request.browser, person.id, request.openedAt)
  person.holds.codes.add(method)
  count(stage, request, { person: person.id, session, factor: method })
  noteRecovery(person, answer)
  await settle(stage, request, answer)
  return answer
}

export const skip = (stage: Stage, request: Request) => press(stage, request, 'skip-enrollment')
