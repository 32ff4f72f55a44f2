import { ISSUER, REDIRECT_URI } from '../world.ts'
import type { Application, Request } from './cast.ts'
import { goThrough } from './go-through.ts'
import { must } from './must.ts'
import { act, type Choice, call, isWild, leave, pick, provenNow, settle } from './play.ts'
import type { Stage } from './stage.ts'

export type Verb = (stage: Stage, choice: Choice) => Promise<void>

type Wish = Partial<Pick<Request, 'prompts' | 'maxAge' | 'assurance' | 'scopes'>> & {
  /** Which organization or person the application names, by number. */
  organization?: number
  hint?: number
}

/** What applications ask for besides a code. */
export const WISHES: readonly Wish[] = [
  {},
  {},
  { prompts: ['login'] },
  { prompts: ['none'] },
  { prompts: ['select_account'] },
  { prompts: ['consent'] },
  { prompts: ['create'] },
  { maxAge: 0 },
  { maxAge: 60_000 },
  { organization: 0 },
  { organization: 1 },
  { hint: 0 },
  { hint: 1 },
  { hint: 0, prompts: ['select_account'] },
  { hint: 1, prompts: ['login'] },
  { assurance: 'aal2' },
  { assurance: 'phr' },
  { scopes: ['openid', 'offline_access'] },
]

/** A request that asks for nothing in particular: one of our own pages, with no application and no scopes. */
export const blankRequest = ({ world }: Stage, browser: number): Request => ({
  id: '',
  browser,
  openedAt: world.clock.now(),
  application: null,
  scopes: [],
  prompts: [],
  maxAge: null,
  assurance: 'aal1',
  organization: null,
  only: null,
  said: null,
  isAgreed: false,
  isOver: false,
})

/** The request that this browser is at: its last one, a new one where it has none, anybody's where chance is wild. */
export async function requestOf(stage: Stage, choice: Choice): Promise<Request | undefined> {
  const all = stage.requests
  if (isWild(choice) && all.length > 0) return pick(all, choice.b)
  const last = all.findLast(({ browser, isOver }) => browser === choice.browser && !isOver)
  return last ?? open(stage, choice.browser, {}, pick(stage.applications, choice.b)!)
}

/** An application sends this browser here. Out: the request that waits for an answer; none where there is nothing to ask. */
export async function open(
  stage: Stage,
  browser: number,
  wish: Wish,
  application: Application,
): Promise<Request | undefined> {
  const organization = wish.organization === undefined ? null : stage.people[wish.organization]!.organization
  const hint =
    wish.hint === undefined
      ? null
      : (stage.ledger.all.findLast(({ person, idToken }) => {
          return idToken && person === stage.people[wish.hint!]
        }) ?? null)
  const scopes = [...(wish.scopes ?? ['openid'])]
  const request: Request = {
    ...blankRequest(stage, browser),
    application,
    scopes,
    prompts: wish.prompts ?? [],
    maxAge: wish.maxAge ?? null,
    assurance: wish.assurance ?? 'aal1',
    organization,
    only: hint?.person.id ?? null,
  }
  const query = new URLSearchParams({
    client_id: application.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: [...scopes, ...(organization ? [`urn:vestibule:org:id:${organization.name}`] : [])].join(' '),
    ...(wish.prompts ? { prompt: wish.prompts.join(' ') } : {}),
    ...(wish.maxAge === undefined ? {} : { max_age: String(wish.maxAge! / 1000) }),
    ...(wish.assurance ? { acr_values: wish.assurance } : {}),
    ...(hint ? { id_token_hint: hint.idToken! } : {}),
  })
  const { location } = await call(stage, browser, `/oauth/v2/authorize?${query}`)
  return arrive(stage, request, location)
}

/** Where a request that was just made leads. */
export async function arrive(stage: Stage, request: Request, location: string | null): Promise<Request | undefined> {
  const id = /^\/login\/(req_[0-9a-f]+)$/.exec(location ?? '')?.[1]
  if (id) {
    const pending = { ...request, id }
    stage.requests.push(pending)
    return pending
  }
  if (location) {
    if (new URL(location, ISSUER).searchParams.has('code')) stage.seen('code without a page')
    await leave(stage, request, new URL(location, ISSUER))
  }
  return undefined
}

export async function identify(stage: Stage, browser: number, request: Request, loginName: string): Promise<void> {
  const answer = await act(stage, browser, request, 'identifier', { identifier: loginName })
  if (!answer) return
  identifyAs(stage, request, loginName)
  await settle(stage, request, answer)
}

/** Somebody said that it is them. */
export function identifyAs(stage: Stage, request: Request, loginName: string): void {
  const person = stage.people.find((one) => one.loginName === loginName)
  const isHere = person && (request.organization === null || request.organization === person.organization)
  say(stage, request, isHere ? person.id : 'nobody')
}

/** Whoever says who it is takes back what was said and agreed to before. */
export function say(stage: Stage, request: Request, said: Request['said']): void {
  Object.assign(request, { said, isAgreed: false })
  stage.mail.left(request)
}

export async function enterPassword(stage: Stage, browser: number, request: Request, password: string) {
  const answer = await act(stage, browser, request, 'password', { password, keepsPasskeys: true })
  if (!answer) return null
  const proven = await provenNow(stage)
  if (proven) {
    const { person, session } = proven
    must(request.said === null || request.said === person, 'the password of somebody else was asked for')
    stage.oracle.proved({ browser, person, session }, password)
    request.said = person
    stage.seen('password')
  }
  await settle(stage, request, answer)
  return answer
}

const NOBODY = 'nobody@acme.test'

/** A name; where chance is wild also that of nobody. */
const nameOf = ({ people }: Stage, { a, c }: Choice): string => (c % 16 === 0 ? NOBODY : pick(people, a)!.loginName)

/** The password of whom the request is about; where chance is wild that of anybody, or none. */
function passwordFor({ people }: Stage, { said }: Request, { a, c }: Choice): string {
  const owner = people.find(({ id }) => id === said)
  return c % 3 === 0 || !owner
    ? (pick([...people.map(({ password }) => password), 'nothing of the kind'], a) ?? '')
    : owner.password
}

const sessionOf = ({ oracle }: Stage, { browser, a, c }: Choice): string => {
  const here = oracle.everySession().filter((one) => one.browser === browser)
  return pick(c % 4 === 0 || here.length === 0 ? oracle.everySession() : here, a)?.id ?? 'ses_none'
}

const personIn = ({ oracle }: Stage, session: string) => oracle.everySession().find(({ id }) => id === session)

/** Ends what may be ended from the picker: accounts of this browser that may finish the request. */
function endHere({ oracle, ledger }: Stage, request: Request, which: string): void {
  for (const { id, browser, person } of oracle.everySession()) {
    const { organization } = oracle.personOf(person)
    const isEligible =
      (request.organization === null || request.organization === organization) &&
      (request.only === null || request.only === person)
    if (browser !== request.browser || !isEligible || (which !== 'all' && which !== id)) continue
    oracle.ended(id)
    ledger.endedWith(id, true)
  }
}

export const LOGIN_VERBS = {
  open: async (stage, choice) => {
    await open(stage, choice.browser, pick(WISHES, choice.a)!, pick(stage.applications, choice.b)!)
  },
  signIn: async (stage, choice) => {
    const person = pick(stage.people, choice.a)!
    const wish = pick(WISHES, choice.c)!
    const request = await open(stage, choice.browser, wish, pick(stage.applications, choice.b)!)
    if (!request) return
    await identify(stage, choice.browser, request, person.loginName)
    const password = choice.c % 11 === 0 ? 'nothing of the kind' : person.password
    if (request.isOver) return
    const answer = await enterPassword(stage, choice.browser, request, password)
    if (choice.a % 5 !== 0) await goThrough(stage, request, answer, choice)
  },
  identify: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (request) await identify(stage, choice.browser, request, nameOf(stage, choice))
  },
  password: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (request) await enterPassword(stage, choice.browser, request, passwordFor(stage, request, choice))
  },
  select: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const session = sessionOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'account', { session }))
    if (!request || !answer) return
    const known = personIn(stage, session)
    must(known?.browser === choice.browser, 'an account of another browser was picked')
    say(stage, request, known.person)
    stage.seen('picked')
    await settle(stage, request, answer)
  },
  restart: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'restart', { fresh: choice.a % 2 === 0 }))
    if (!request || !answer) return
    say(stage, request, 'nobody')
    await settle(stage, request, answer)
  },
  consent: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const allow = choice.a % 5 !== 0
    const answer = request && (await act(stage, choice.browser, request, 'consent', { allow }))
    if (!request || !answer) return
    request.isAgreed = allow
    if (allow) stage.seen('consent')
    await settle(stage, request, answer)
  },
  finish: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'finish'))
    if (request && answer) await settle(stage, request, answer)
  },
  cancel: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const answer = request && (await act(stage, choice.browser, request, 'cancel'))
    if (request && answer) await settle(stage, request, answer)
  },
  leavePicker: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (!request) return
    const session = sessionOf(stage, choice)
    const isForgetting = choice.b % 2 === 0
    const which = !isForgetting && choice.a % 4 === 0 ? 'all' : session
    const answer = await act(stage, choice.browser, request, isForgetting ? 'forget' : 'sign-out', { session: which })
    if (!answer) return
    endHere(stage, request, which)
    say(stage, request, 'nobody')
    await settle(stage, request, answer)
  },
} satisfies Record<string, Verb>
