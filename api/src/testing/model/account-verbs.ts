import { accountPath } from '@vestibule/shared/account-pages.ts'
import { type Person, type Request, STEP_UP } from './cast.ts'
import { arrive, blankRequest, requestOf, type Verb } from './login-verbs.ts'
import { must } from './must.ts'
import { act, call, isWild, lookHome, outdated, pick, readMail, settle } from './play.ts'
import type { Stage } from './stage.ts'
import { endAccess, newPassword, replaced } from './way-back-verbs.ts'

const READS = ['sessions', 'accounts', 'activity', 'applications', 'profile', 'contacts', 'password'] as const

/** The session that these pages run in. */
export async function currentSession(stage: Stage, browser: number): Promise<string> {
  const { body } = await call(stage, browser, '/api/me/accounts')
  const { accounts = [] } = body as { accounts?: { session: string; current: boolean }[] }
  const current = accounts.find((account) => account.current)
  must(current, 'the account pages run in no session')
  return current.session
}

/** Something was done on the account pages that is for people who stay, and are signed in. */
export function mustStay(person: Person | null, what: string): asserts person is Person {
  must(person, `${what}, where nobody is signed in`)
  must(!person.isLeaving, `${what}, by somebody who is leaving`)
}

/** What leads away from the account pages: to a login, or straight home. */
async function go(stage: Stage, browser: number, { body }: { body: object }, more: Partial<Request>): Promise<void> {
  const { redirect } = body as { redirect?: string }
  await arrive(stage, { ...blankRequest(stage, browser), ...more }, redirect ?? null)
}

/** Goes to the account pages. Whose they are, if anybody's. */
export async function goHome(stage: Stage, browser: number): Promise<Person | null> {
  const { location } = await call(stage, browser, accountPath('overview'))
  if (location) await arrive(stage, blankRequest(stage, browser), location)
  return lookHome(stage, browser)
}

export const ACCOUNT_VERBS = {
  home: async (stage, { browser, a, ...choice }) => {
    const person = await goHome(stage, browser)
    const what = pick(READS, a)!
    const { status } = await call(stage, browser, `/api/me/${what}`)
    if (status === 200 && what !== 'accounts') mustStay(person, `${what} are shown`)
    must(person || status !== 200, 'a page of an account is open, and the account is not')
    if (isWild({ browser, a, ...choice }) && person)
      await call(stage, browser, '/api/me/step-up', { returnTo: 'profile' })
  },
  change: async (stage, { browser, a }) => {
    const person = await goHome(stage, browser)
    const value = `other${stage.story.length}@elsewhere.test`
    const [path, body] = pick(
      [
        ['/api/me/email', { value }],
        ['/api/me/phone', { value: '+4930123456' }],
        ['/api/me/username', { username: `other${stage.story.length}` }],
      ] as const,
      a,
    )!
    const { status } = await call(stage, browser, path, body)
    if (status !== 200) return
    mustStay(person, 'an account is changed')
    stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
    if (path !== '/api/me/username') await readMail(stage, await currentSession(stage, browser), person)
    stage.seen('changed')
  },
  stepUp: async (stage, { browser }) => {
    const person = await goHome(stage, browser)
    const answer = await call(stage, browser, '/api/me/step-up', { returnTo: 'profile' })
    if (person) await go(stage, browser, answer, { maxAge: STEP_UP, only: person.id })
  },
  switch: async (stage, { browser, a }) => {
    await goHome(stage, browser)
    const session = pick(stage.oracle.everySession(), a) ?? null
    const answer = await call(stage, browser, '/api/me/switch', { session: session?.id ?? null })
    if (answer.status !== 200) return
    must(session === null || session.browser === browser, 'an account of another browser was switched to')
    await go(stage, browser, answer, { prompts: ['select_account'], said: session?.person ?? 'nobody' })
  },
  ownPassword: async (stage, { browser, a, c }) => {
    const person = await goHome(stage, browser)
    const session = person && (await currentSession(stage, browser))
    const currentPassword = (c % 3 === 0 ? pick(stage.people, a) : person)?.password ?? 'nothing of the kind'
    const typed = newPassword(stage)
    const endOtherSessions = a % 2 === 0
    const body = { currentPassword, newPassword: typed, endOtherSessions }
    const { status } = await call(stage, browser, '/api/me/password', body)
    if (status !== 200) return
    mustStay(person, 'a password is changed')
    must(currentPassword === person.password, 'a password is changed by somebody who does not know it')
    replaced(stage, person.id, typed)
    if (endOtherSessions) endAccess(stage, person.id, session)
    stage.seen('own password')
  },
  signOut: async (stage, { browser }) => {
    const person = await goHome(stage, browser)
    const session = person && (await currentSession(stage, browser))
    const { status } = await call(stage, browser, '/api/me/sign-out', {})
    if (status !== 200 || !session) return
    stage.oracle.ended(session)
    stage.ledger.endedWith(session, true)
    must((await lookHome(stage, browser)) === null, 'the account pages are open after signing out')
  },
  endSessions: async (stage, { browser, a }) => {
    const person = await goHome(stage, browser)
    const current = person && (await currentSession(stage, browser))
    const which = pick(['others', 'all', pick(stage.oracle.everySession(), a)?.id ?? 'all'], a)!
    const { status } = await call(stage, browser, '/api/me/sessions/end', { session: which })
    if (status !== 200) return
    mustStay(person, 'sessions are ended')
    for (const { id, person: owner } of stage.oracle.everySession()) {
      if (which === id) must(owner === person.id, 'the session of somebody else was ended')
      if (owner !== person.id || !(which === 'all' || which === id || (which === 'others' && id !== current))) continue
      stage.oracle.ended(id)
      stage.ledger.endedWith(id, false)
    }
    stage.seen('sessions ended')
  },
  intruder: async (stage, { browser }) => {
    const person = await goHome(stage, browser)
    const session = person && (await currentSession(stage, browser))
    const { status } = await call(stage, browser, '/api/me/not-me', {})
    if (status !== 200) return
    mustStay(person, 'an intruder is reported')
    stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
    const [newest] = stage.oracle.standing(browser, person.id).toSorted((one, other) => other.at - one.at)
    // who came by a passkey replaces no password: what others may know opens nothing any more
    if (newest?.factor === 'passkey') person.password = `taken away at ${stage.world.clock.now()}`
    else person.mustChange = true
    outdated(stage, person)
    stage.oracle.endedAll(person.id, session)
    stage.ledger.endedOf(person)
  },
  leave: async (stage, { browser, a }) => {
    const person = await goHome(stage, browser)
    const session = person && (await currentSession(stage, browser))
    if (a % 2 === 0 || !person) {
      const { status } = await call(stage, browser, '/api/me/deletion/undo', {})
      if (status === 200 && person) person.isLeaving = false
      return
    }
    const { status } = await call(stage, browser, '/api/me/deletion', { loginName: person.loginName })
    if (status !== 200) return
    stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
    if (person.isLeaving) return
    person.isLeaving = true
    stage.oracle.endedAll(person.id, session)
    stage.ledger.endedOf(person)
    outdated(stage, person)
    stage.seen('leaving')
  },
  keepAccount: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'keep-account'))
    if (!request || !answer) return
    const stays = stage.people.find(
      ({ id, isLeaving }) => isLeaving && stage.oracle.standing(choice.browser, id).length > 0,
    )
    must(stays, 'an account was kept by somebody who did not prove it')
    stays.isLeaving = false
    await settle(stage, request, answer)
  },
  revoke: async (stage, { browser, a }) => {
    const person = await goHome(stage, browser)
    const { body } = await call(stage, browser, '/api/me/applications')
    const { applications = [] } = body as { applications?: { id: string; name: string }[] }
    const chosen = pick(applications, a)
    if (!chosen || !person) return
    const { status } = await call(stage, browser, '/api/me/applications/revoke', { application: chosen.id })
    const application = stage.applications.find(({ clientId }) => chosen.name.startsWith(clientId))
    if (status !== 200 || !application) return
    mustStay(person, 'an application is stopped')
    application.given.delete(person.id)
    stage.ledger.endedOf(person, (grant) => grant.application === application)
    stage.seen('revoked')
  },
  /** A handle of a browser that was replaced, or never was its own, opens nothing. */
  stolen: async (stage, { browser, a }) => {
    const { jar } = stage.browsers[browser]!
    const own = jar.get('vestibule')
    const current = stage.browsers.map((one) => one.jar.get('vestibule'))
    const old = pick(
      stage.handles.filter(({ value }) => !current.includes(value)),
      a,
    )
    if (!old) return
    jar.set('vestibule', old.value)
    const { status } = await call(stage, browser, '/api/me')
    if (own === undefined) jar.delete('vestibule')
    else jar.set('vestibule', own)
    must(status !== 200, 'a handle that was replaced opens an account')
    stage.seen('stolen')
  },
} satisfies Record<string, Verb>
