/**
 * What an observer knows who sees everything that people type and nothing of the product: no rule, no row, no helper of it is used here.
 * A code or the account pages count as open to somebody only where every proof was seen that this person, their organization and the
 * request ask for, in this browser and in time. Instants are milliseconds, durations too.
 */
export type Organization = {
  name: string
  checkLifetime: number
  idleLifetime: number
  absoluteLifetime: number
}

export type Person = {
  id: string
  loginName: string
  organization: Organization
  password: string
  state: 'active' | 'locked' | 'deactivated'
  mustChange: boolean
  isLeaving: boolean
}

export type Application = {
  clientId: string
  organization: Organization
  asks: 'others' | 'always'
  /** Scopes it was given by people, by their id. */
  given: Map<string, Set<string>>
}

/** A proof that was right, when it was made, in which browser, and the session that it is in. */
export type Proof = { browser: number; person: string; session: string; factor: 'password'; at: number }

/** An authorization request, or one of our own account pages (no application). */
export type Request = {
  id: string
  browser: number
  openedAt: number
  application: Application | null
  scopes: readonly string[]
  prompts: readonly string[]
  maxAge: number | null
  assurance: 'aal1' | 'aal2'
  organization: Organization | null
  /** Only this person may finish. */
  only: string | null
  /** Whom somebody said it is about, in this very request: an id, or nobody who could finish it. Null as long as nothing was said. */
  said: string | 'nobody' | null
  /** Agreed to by whomever it is about now. */
  isAgreed: boolean
  isOver: boolean
}

/** A session as far as it was seen: since when, and when last. */
type Session = { id: string; browser: number; person: string; since: number; last: number }

export class Bypass extends Error {}

/** @throws Bypass with what should not have been possible */
export function must(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Bypass(sentence)
}

const MINUTE = 60_000
/** How long an authorization request stays open. */
const REQUEST_LIFETIME = 60 * MINUTE
/** A proof that was made for a request counts at least this long in it. */
const CEREMONY = 5 * MINUTE

export type Oracle = ReturnType<typeof createOracle>

export function createOracle(now: () => number) {
  const people = new Map<string, Person>()
  const sessions = new Map<string, Session>()
  let proofs: Proof[] = []

  const personOf = (id: string): Person => {
    const person = people.get(id)
    must(person, `somebody unknown came in: ${id}`)
    return person
  }

  /** The session is alive: seen lately, and not older than it may be. What ended it took its proofs away. */
  function isAlive({ session, person }: Proof): boolean {
    const seen = sessions.get(session)!
    const { idleLifetime, absoluteLifetime } = personOf(person).organization
    return now() - seen.last < idleLifetime && now() - seen.since < absoluteLifetime
  }

  /** Proofs of this person in this browser that count by themselves, whatever is asked for. */
  const standing = (browser: number, id: string): Proof[] =>
    proofs.filter(
      (proof) =>
        proof.browser === browser &&
        proof.person === id &&
        isAlive(proof) &&
        now() - proof.at < personOf(id).organization.checkLifetime,
    )

  function isInTime({ at }: Proof, { openedAt, prompts, maxAge }: Request): boolean {
    const isForThis = at >= openedAt
    if (prompts.includes('login') && !isForThis) return false
    return maxAge === null || now() - at < (isForThis ? Math.max(maxAge, CEREMONY) : maxAge)
  }

  /** Everything that is asked of a person, whatever they come for. */
  function mustBeWelcome(person: Person): void {
    must(person.state === 'active', `${person.loginName} is ${person.state} and comes in`)
    must(!person.mustChange, `${person.loginName} has to replace a password and goes on`)
  }

  function mustBeAgreed({ application, scopes, prompts, isAgreed }: Request, person: Person): void {
    if (!application || isAgreed) return
    must(!prompts.includes('consent'), 'prompt=consent asked nobody')
    const given = application.given.get(person.id) ?? new Set()
    const isForeign = application.organization !== person.organization
    const isNew = scopes.some((scope) => !given.has(scope))
    const isOffline = scopes.includes('offline_access') && !given.has('offline_access')
    const needsWord = application.asks === 'always' || isForeign ? isNew : isOffline
    must(!needsWord, `${person.loginName} never agreed to ${application.clientId}, and it has a code`)
  }

  function mustBeMeant(request: Request, person: Person): void {
    const { said, prompts, organization, only } = request
    must(
      organization === null || organization === person.organization,
      'the organization that was asked for is another',
    )
    must(only === null || only === person.id, 'the application asked for somebody else')
    must(said === null || said === person.id, `somebody else was named than ${person.loginName}`)
    const mustSay = prompts.includes('select_account') || prompts.includes('create')
    must(said !== null || !mustSay, 'an account was to be chosen, and none was')
  }

  return {
    people,
    personOf,
    standing,
    add: (person: Person) => people.set(person.id, person),

    /** Somebody sent what proves them, and it was taken. */
    proved(proof: Omit<Proof, 'at' | 'factor'>, typed: string): void {
      const person = personOf(proof.person)
      must(typed === person.password, `a password that is not theirs let ${person.loginName} in`)
      const { session: id, browser } = proof
      const seen = sessions.get(id)
      must(!seen || seen.browser === browser, 'a proof went into the session of another browser')
      sessions.set(id, { id, browser, person: person.id, since: seen?.since ?? now(), last: now() })
      // the newest of a kind takes the place of the one before
      proofs = proofs.filter((one) => one.browser !== browser || one.person !== person.id)
      proofs.push({ ...proof, factor: 'password', at: now() })
    },

    /** An application was given a code. */
    mustBeAllowed(request: Request, id: string, authTime: number): void {
      const person = personOf(id)
      must(!request.isOver, 'one request gave two codes')
      must(now() - request.openedAt < REQUEST_LIFETIME, 'a request was finished after its end')
      mustBeWelcome(person)
      must(!person.isLeaving, `${person.loginName} is leaving, and an application has a code`)
      mustBeMeant(request, person)
      must(request.assurance === 'aal1', 'two factors were asked for, and one was shown')
      const proof = standing(request.browser, id).find(({ at }) => at === authTime)
      must(proof, `nobody proved ${person.loginName} in this browser when it is said, or it was too long ago`)
      must(isInTime(proof, request), `${person.loginName} had to prove it anew`)
      mustBeAgreed(request, person)
      sessions.get(proof.session)!.last = now()
    },

    /** The account pages answered, as this person's. `within`: the proof may not be older than that. */
    mustBeAtHome(browser: number, id: string, within = Number.POSITIVE_INFINITY): void {
      const person = personOf(id)
      mustBeWelcome(person)
      const found = standing(browser, id)
      must(found.length > 0, `the pages of ${person.loginName} are open where nobody proved it, or too long ago`)
      must(
        found.some(({ at }) => now() - at < within),
        `${person.loginName} did at an unattended browser what wants a fresh proof`,
      )
      for (const { session } of found) sessions.get(session)!.last = now()
    },

    /** Whoever signs out has nothing proven any more. */
    ended(session: string): void {
      proofs = proofs.filter((proof) => proof.session !== session)
    },
    /** Everybody who is signed in as this person, but for one session. */
    endedAll(id: string, keep: string | null = null): void {
      proofs = proofs.filter(({ person, session }) => person !== id || session === keep)
    },
    sessionsIn: (browser: number): Proof[] => proofs.filter((proof) => proof.browser === browser),
    everySession: (): Session[] => [...sessions.values()],
  }
}
