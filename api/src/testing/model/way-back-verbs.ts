import type { Request } from './cast.ts'
import { enterPassword, identify, open, requestOf, type Verb } from './login-verbs.ts'
import type { Sent } from './messages.ts'
import { must } from './must.ts'
import { OPERATOR_VERBS } from './operator-verbs.ts'
import { act, type Choice, call, outdated, pick, readMail, settle } from './play.ts'
import type { Proof } from './proofs.ts'
import type { Stage } from './stage.ts'

/** Long enough for every rule, and nobody has it yet. */
export const newPassword = ({ world }: Stage): string => `a brand new lantern of ${world.clock.now()}`

/** A code out of the mailboxes: the newest for this request, or where chance is wild any that opens such a thing. */
export function codeFor({ mail }: Stage, request: Request, opens: Sent['opens'], { a, c }: Choice): string {
  const own = mail.all.findLast((sent) => sent.request === request && sent.opens === opens)
  const others = mail.all.filter((sent) => sent.request !== request && sent.opens === opens)
  return (c % 3 === 0 || !own ? pick(others, a) : own)?.code ?? own?.code ?? '000000'
}

const linkFor = ({ mail }: Stage, { a, c }: Choice): string => {
  const links = mail.all.flatMap(({ token }) => token ?? [])
  return (c % 3 === 0 ? pick(links, a) : links.at(-1)) ?? 'vl_none'
}

/** A person of this request took another password: what they knew before, and what was sent, opens nothing. */
export function replaced(stage: Stage, id: string, password: string): void {
  const person = stage.oracle.personOf(id)
  Object.assign(person, { password, mustChange: false })
  stage.oracle.distrusted(id)
  outdated(stage, person)
}

export function endAccess({ oracle, ledger }: Stage, id: string, keep: string | null): void {
  oracle.endedAll(id, keep)
  ledger.endedOf(oracle.personOf(id), ({ session }) => session !== keep)
}

/** A reset of the one account that this browser knows: nobody typed a name, and it is about them from now on. */
function nameWhoIsHere({ mail, oracle }: Stage, request: Request): void {
  const sent = mail.all.at(-1)
  if (request.said !== null || sent?.request !== request || !sent.person) return
  const { id } = sent.person
  const isHere = oracle.everySession().some(({ browser, person }) => browser === request.browser && person === id)
  must(isHere, 'a reset was sent to somebody whom nobody named')
  request.said = id
}

export const WAY_BACK_VERBS = {
  reset: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'reset'))
    if (!request || !answer) return
    stage.mail.left(request)
    await readMail(stage, request)
    nameWhoIsHere(stage, request)
    await settle(stage, request, answer)
  },
  resetCode: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (!request) return
    const code = codeFor(stage, request, 'reset_password', choice)
    const answer = await act(stage, choice.browser, request, 'reset-code', { code })
    if (answer) stage.mail.entered(request, 'reset_password', code)
  },
  resetLink: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (!request) return
    const token = linkFor(stage, choice)
    const answer = await act(stage, choice.browser, request, 'reset-link', { token })
    if (answer) stage.mail.followed(request, token)
  },
  newPassword: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (!request) return
    const typed = newPassword(stage)
    const endOtherSessions = choice.a % 3 !== 0
    const answer = await act(stage, choice.browser, request, 'new-password', { newPassword: typed, endOtherSessions })
    if (!answer) return
    const person = stage.mail.changed(request)
    must(person.state === 'active', `somebody ${person.state} has a new password`)
    replaced(stage, person.id, typed)
    if (endOtherSessions) endAccess(stage, person.id, null)
    stage.seen('reset')
    await settle(stage, request, answer)
  },
  leaveReset: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'reset-cancel'))
    if (!request || !answer) return
    stage.mail.left(request)
    await settle(stage, request, answer)
  },
  resetByLink: async (stage, { browser, ...choice }) => {
    const token = linkFor(stage, { browser, ...choice })
    const typed = newPassword(stage)
    const endOtherSessions = choice.b % 3 !== 0
    const { status } = await call(stage, browser, '/api/password-reset', {
      token,
      newPassword: typed,
      endOtherSessions,
    })
    if (status !== 200) return
    const person = stage.mail.followed(null, token)
    must(person.state === 'active', `somebody ${person.state} has a new password`)
    replaced(stage, person.id, typed)
    if (endOtherSessions) endAccess(stage, person.id, null)
    stage.seen('reset by a link')
  },
  recover: async (stage, choice) => {
    const application = pick(stage.applications, choice.b)!
    const request = await open(stage, choice.browser, { prompts: ['login'] }, application)
    if (!request) return
    await identify(stage, choice.browser, request, pick(stage.people, choice.a)!.loginName)
    await WAY_BACK_VERBS.reset(stage, { ...choice, c: 1 })
    await WAY_BACK_VERBS.resetCode(stage, choice)
    if (choice.c % 2 === 0) await WAY_BACK_VERBS.newPassword(stage, { ...choice, c: 1 })
  },
  /** Somebody is told to replace the password, and does it at the next sign-in. */
  replace: async (stage, choice) => {
    await OPERATOR_VERBS.demandChange(stage, choice)
    const application = pick(stage.applications, choice.b)!
    const request = await open(stage, choice.browser, { prompts: ['login'] }, application)
    if (!request) return
    const { loginName, password } = pick(stage.people, choice.a)!
    await identify(stage, choice.browser, request, loginName)
    await enterPassword(stage, choice.browser, request, password)
    await WAY_BACK_VERBS.changePassword(stage, { ...choice, c: 1 })
  },
  changePassword: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (!request) return
    const typed = newPassword(stage)
    const endOtherSessions = choice.a % 3 !== 0
    const body = { newPassword: typed, endOtherSessions }
    const answer = await act(stage, choice.browser, request, 'change-password', body)
    if (!answer) return
    const isTheirs = ({ person, factor }: Proof) =>
      factor === 'password' &&
      (request.said === null || request.said === person) &&
      stage.oracle.personOf(person).mustChange
    const proof = stage.oracle.sessionsIn(choice.browser).findLast(isTheirs)
    must(proof, 'a password was replaced by somebody who did not prove the one before')
    replaced(stage, proof.person, typed)
    if (endOtherSessions) endAccess(stage, proof.person, proof.session)
    stage.seen('replaced')
    await settle(stage, request, answer)
  },
} satisfies Record<string, Verb>
