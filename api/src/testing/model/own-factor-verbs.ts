import type { CreationOptions } from '@vestibule/shared/contract/webauthn.ts'
import { totpCode } from '../factors.ts'
import { newKey } from '../security-keys.ts'
import { currentSession, mustStay } from './account-verbs.ts'
import { type CodeFactor, type Person, STEP_UP } from './cast.ts'
import { comeHome } from './come-home.ts'
import type { Verb } from './login-verbs.ts'
import { must } from './must.ts'
import { call, pick, provenNow, readMail } from './play.ts'
import type { Proof } from './proofs.ts'
import type { Stage } from './stage.ts'

/** What the account pages say when something was set up there. */
function keepNewCodes({ holds }: Person, body: Record<string, unknown>): void {
  const { newCodes } = body as { newCodes?: string[] | null }
  if (newCodes) holds.recovery = new Set(newCodes)
}

type Made = Pick<Proof, 'factor'> & { credential?: string }

/** Somebody set something up at home: what they hold grows, if whoever is there showed all that they held before. It is a proof itself. */
async function added(
  stage: Stage,
  browser: number,
  person: Person | null,
  made: Made,
  keep: (own: Person, id: string) => void,
) {
  mustStay(person, 'a factor is set up')
  stage.oracle.mustBeAtHome(browser, person.id)
  stage.oracle.mustBeShownAll(browser, person.id)
  const proven = await provenNow(stage, made.factor)
  must(proven?.person === person.id, 'something was set up at home, and is in no session')
  keep(person, proven.credential)
  stage.oracle.shown({ browser, ...proven, ...made })
  stage.seen('set up at home')
}

/** Setting up begins with a fresh proof. */
function begun(stage: Stage, browser: number, person: Person | null): asserts person is Person {
  mustStay(person, 'setting something up is begun')
  stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
}

/** Second factors on the account pages. */
export const OWN_FACTOR_VERBS = {
  addApp: async (stage, choice) => {
    const { browser, a } = choice
    const person = await comeHome(stage, choice)
    const { status, body } = await call(stage, browser, '/api/me/factors/totp', {})
    if (status !== 200) return
    begun(stage, browser, person)
    const { secret } = (body as { factors: { totp: { secret: string } } }).factors.totp
    const isWrong = a % 5 === 0
    const code = totpCode(stage.world, { secret, steps: isWrong ? 40 : 0 })
    const confirmed = await call(stage, browser, '/api/me/factors/totp-code', { code })
    if (confirmed.status !== 200) return
    must(!isWrong, 'an app was set up by a code that it does not show')
    await added(stage, browser, person, { factor: 'totp' }, (own, id) => {
      own.holds.apps.push({ id, secret, taken: new Set([code]) })
      keepNewCodes(own, confirmed.body)
    })
  },
  addKey: async (stage, choice) => {
    const { browser } = choice
    const person = await comeHome(stage, choice)
    const asked = await call(stage, browser, '/api/me/security-keys/options', {})
    if (asked.status !== 200) return
    begun(stage, browser, person)
    const device = newKey()
    const credential = device.create((asked.body as { options: CreationOptions }).options)
    const { status, body } = await call(stage, browser, '/api/me/security-keys', { credential })
    if (status !== 200) return
    await added(stage, browser, person, { factor: 'security_key', credential: credential.id }, (own, id) => {
      own.holds.keys.set(credential.id, id)
      stage.keys.push({ owner: own.id, device })
      keepNewCodes(own, body)
    })
  },
  addCodes: async (stage, choice) => {
    const { browser, a, b, c } = choice
    const person = await comeHome(stage, choice)
    const method: CodeFactor = a % 2 === 0 ? 'sms_code' : 'email_code'
    const asked = await call(stage, browser, '/api/me/factors/code-send', { method })
    if (asked.status !== 200) return
    begun(stage, browser, person)
    const session = await currentSession(stage, browser)
    await readMail(stage, session)
    const codes = stage.mail.all.filter(({ opens, request }) => opens === 'login_code' && request === session)
    const others = stage.mail.all.filter(({ opens }) => opens === 'login_code')
    const code = (c % 3 === 0 ? pick(others, b) : codes.at(-1))?.code ?? '000000'
    const { status, body } = await call(stage, browser, '/api/me/factors/code', { method, code })
    if (status !== 200) return
    stage.mail.shown(session, person, method, code)
    // what they had already is no news, and no proof
    if (person.holds.codes.has(method)) return
    await added(stage, browser, person, { factor: method }, (own) => {
      own.holds.codes.add(method)
      keepNewCodes(own, body)
    })
  },
  /** A rehearsal: it tells whether a code is theirs, and uses none up. */
  tryCode: async (stage, choice) => {
    const { browser, a, c } = choice
    const person = await comeHome(stage, choice)
    const code = c % 2 === 0 ? stage.burned.at(-1) : pick([...(person?.holds.recovery ?? [])], a)
    if (!code) return
    const { status } = await call(stage, browser, '/api/me/recovery-codes/try', { code })
    if (status !== 200) return
    mustStay(person, 'a recovery code is tried')
    must(person.holds.recovery.has(code), 'a recovery code counts that was used, or is not theirs')
    stage.seen('rehearsed')
  },
  forgetTrust: async (stage, choice) => {
    const { browser } = choice
    const person = await comeHome(stage, choice)
    const { status } = await call(stage, browser, '/api/me/trusted-devices/remove', { id: 'all' })
    if (status !== 200) return
    mustStay(person, 'browsers are trusted no more')
    stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
    stage.oracle.distrusted(person.id)
  },
} satisfies Record<string, Verb>
