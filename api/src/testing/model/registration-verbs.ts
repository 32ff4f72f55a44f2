import { FORM } from '../registration.ts'
import { nothing, type Person, type Request } from './cast.ts'
import { goThrough } from './go-through.ts'
import { requestOf, say, type Verb } from './login-verbs.ts'
import { must } from './must.ts'
import { created, keepPasskey } from './offered-passkey.ts'
import { act, type Choice, pick, provenNow, readMail, settle } from './play.ts'
import type { Stage } from './stage.ts'
import { codeFor, newPassword } from './way-back-verbs.ts'

/** What was typed into the form of a registration. */
type Form = { email: string; password: string }
const forms = new WeakMap<Request, Form>()

/** The form with everything in it. Whoever wants a passkey instead chooses no password. */
async function sendForm(stage: Stage, request: Request, browser: number, email: string, byPasskey = false) {
  const password = byPasskey ? '' : newPassword(stage)
  const way = byPasskey ? { way: 'passkey' } : {}
  const answer = await act(stage, browser, request, 'register', { ...FORM, ...way, email, newPassword: password })
  if (!answer) return
  forms.set(request, { email, password })
  await readMail(stage, request)
}

/** The account that came of it, and whose it is. */
function joined(stage: Stage, request: Request, id: string, password: string): Person {
  const form = forms.get(request)
  must(form, 'an account was made without a form')
  must(stage.mail.isConfirmed(request), 'an account was made for an address that nobody showed to be theirs')
  // the default organization is that of the first person
  const organization = request.organization ?? stage.people[0]!.organization
  const fresh = { state: 'active', mustChange: false, isLeaving: false } as const
  const person = { ...fresh, id, loginName: form.email, phone: null, organization, password, holds: nothing() }
  must(!stage.people.some(({ loginName }) => loginName === form.email), 'an address has two accounts')
  stage.oracle.add(person)
  stage.people.push(person)
  say(stage, request, id)
  stage.seen('registered')
  return person
}

/** The code of the address. With a password the account is there then. */
async function confirm(stage: Stage, request: Request, browser: number, code: string, keepsPasskeys: boolean) {
  const answer = await act(stage, browser, request, 'email-code', { code, keepsPasskeys })
  if (!answer) return null
  stage.mail.entered(request, 'verify_email', code)
  await withPassword(stage, request, browser, forms.get(request)?.password ?? '')
  await settle(stage, request, answer)
  return answer
}

async function withPassword(stage: Stage, request: Request, browser: number, password: string): Promise<void> {
  const proven = await provenNow(stage)
  if (!proven) return
  joined(stage, request, proven.person, password)
  stage.oracle.proved({ browser, ...proven }, password)
}

/** The account begins with a passkey; or, when chance has it, with a password after all. */
async function finishByPasskey(stage: Stage, request: Request, { browser, a }: Choice): Promise<void> {
  if (a % 5 === 0) {
    const typed = newPassword(stage)
    const answer = await act(stage, browser, request, 'first-password', { newPassword: typed })
    if (!answer) return
    await withPassword(stage, request, browser, typed)
    await settle(stage, request, answer)
    return
  }
  const asked = await act(stage, browser, request, 'first-passkey-options')
  if (!asked) return
  const { device, credential } = created(asked, a % 7 === 0 ? { userVerified: false } : {})
  const answer = await act(stage, browser, request, 'first-passkey', { credential })
  if (!answer) return
  must(a % 7 !== 0, 'an account began with a passkey that verified nobody')
  const proven = await provenNow(stage, 'passkey')
  must(proven, 'a passkey was taken, and is in no session')
  const person = joined(stage, request, proven.person, `none of theirs at ${stage.world.clock.now()}`)
  keepPasskey(stage, person, credential.id, 'unknown', device)
  stage.oracle.shown({ browser, ...proven, factor: 'passkey', credential: credential.id })
  stage.seen('registered by passkey')
  await settle(stage, request, answer)
}

/** Somebody makes an account. */
export const REGISTRATION_VERBS = {
  beginRegistration: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'registration', { identifier: '' }))
    if (request && answer) say(stage, request, 'nobody')
  },
  register: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (!request) return
    // some of them have an account already
    const email =
      choice.a % 5 === 0 ? pick(stage.people, choice.b)!.loginName : `new${stage.requests.length}@elsewhere.test`
    await sendForm(stage, request, choice.browser, email)
  },
  emailCode: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (!request) return
    const code = codeFor(stage, request, 'verify_email', choice)
    await confirm(stage, request, choice.browser, code, choice.a % 2 === 0)
  },
  resendEmailCode: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'email-code-resend'))
    if (request && answer) await readMail(stage, request)
  },
  join: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'registration', { identifier: '' }))
    if (!request || !answer) return
    say(stage, request, 'nobody')
    const byPasskey = choice.a % 3 === 0
    await sendForm(stage, request, choice.browser, `new${stage.requests.length}@elsewhere.test`, byPasskey)
    const code = codeFor(stage, request, 'verify_email', choice)
    const confirmed = await confirm(stage, request, choice.browser, code, choice.b % 2 === 0)
    if (byPasskey && confirmed) return finishByPasskey(stage, request, choice)
    await goThrough(stage, request, confirmed, choice)
  },
  /** Somebody whose address is confirmed chooses how the account opens; where chance is wild somebody whose is not. */
  finishJoining: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (request) await finishByPasskey(stage, request, choice)
  },
} satisfies Record<string, Verb>
