import { currentSession, goHome, mustStay } from './account-verbs.ts'
import { type Person, STEP_UP } from './cast.ts'
import { comeHome } from './come-home.ts'
import type { Verb } from './login-verbs.ts'
import { call, outdated, pick, readMail } from './play.ts'
import type { Stage } from './stage.ts'

const KINDS = {
  email: { opens: 'email_change_code', next: (nth: number) => `moved${nth}@elsewhere.test` },
  phone: { opens: 'verify_phone', next: (nth: number) => `+49301${String(nth).padStart(6, '0')}` },
} as const
type Kind = keyof typeof KINDS

/** Codes to the place before prove nothing any more, and what lies there opens nothing. */
function movedTo(stage: Stage, person: Person, kind: Kind, value: string | null): void {
  const isNew = kind === 'email' ? person.loginName !== value : person.phone !== value
  if (kind === 'email' && value !== null) person.loginName = value
  if (kind === 'phone') person.phone = value
  if (isNew) stage.oracle.distrusted(person.id)
  outdated(stage, person, true)
}

/** Where somebody can be reached: another address, another number, none. */
export const CONTACT_VERBS = {
  move: async (stage, choice) => {
    const { browser, a, b, c } = choice
    const kind: Kind = b % 2 === 0 ? 'email' : 'phone'
    const person = await comeHome(stage, choice)
    const value = KINDS[kind].next(stage.story.length)
    const asked = await call(stage, browser, `/api/me/${kind}`, { value })
    if (asked.status !== 200) return
    mustStay(person, 'another place is named')
    stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
    const session = await currentSession(stage, browser)
    await readMail(stage, session, person)
    if (a % 4 === 0) return
    const all = stage.mail.all.filter(({ opens }) => opens === KINDS[kind].opens)
    await enter(stage, browser, kind, (c % 4 === 0 ? pick(all, b) : all.at(-1))?.code ?? '000000')
  },
  /** A code of a change that was begun before, perhaps by somebody else. */
  enterMoved: async (stage, { browser, a }) => {
    const sent = pick(
      stage.mail.all.filter(({ opens }) => opens === 'email_change_code' || opens === 'verify_phone'),
      a,
    )
    if (sent) await enter(stage, browser, sent.opens === 'verify_phone' ? 'phone' : 'email', sent.code)
  },
  stay: async (stage, { browser, a }) => {
    const kind: Kind = a % 2 === 0 ? 'email' : 'phone'
    const person = await goHome(stage, browser)
    const { status } = await call(stage, browser, `/api/me/${kind}/cancel`, {})
    if (status !== 200) return
    mustStay(person, 'a change is taken back')
    const session = await currentSession(stage, browser)
    for (const sent of stage.mail.all)
      if (sent.request === session && sent.opens === KINDS[kind].opens) sent.isDead = true
  },
  removePhone: async (stage, { browser }) => {
    const person = await goHome(stage, browser)
    const { status } = await call(stage, browser, '/api/me/phone/remove', {})
    if (status !== 200) return
    mustStay(person, 'a number is taken away')
    stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
    if (person.phone !== null) movedTo(stage, person, 'phone', null)
  },
} satisfies Record<string, Verb>

async function enter(stage: Stage, browser: number, kind: Kind, code: string): Promise<void> {
  const person = await goHome(stage, browser)
  const { status } = await call(stage, browser, `/api/me/${kind}/code`, { code })
  if (status !== 200) return
  mustStay(person, 'another place is confirmed')
  const session = await currentSession(stage, browser)
  movedTo(stage, person, kind, stage.mail.moved(session, person, KINDS[kind].opens, code))
  stage.seen('moved')
}
