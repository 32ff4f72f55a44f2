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
  passkeyLifetime: number
  secondLifetime: number
  /** How long a browser may be trusted; 0: none may. */
  trustLifetime: number
  /** Nobody comes in by one factor. */
  isForced: boolean
}

/** What somebody could show besides a password. What is not here any more proves nothing. */
export type Holdings = {
  /** The authenticator app, and the codes of it that were taken. */
  app: { secret: string; taken: Set<string> } | null
  /** Codes are sent to their address. */
  mailsCodes: boolean
  recovery: Set<string>
  /** Credential ids. */
  passkeys: Set<string>
}

export const nothing = (): Holdings => ({ app: null, mailsCodes: false, recovery: new Set(), passkeys: new Set() })

export type Person = {
  id: string
  loginName: string
  organization: Organization
  password: string
  state: 'active' | 'locked' | 'deactivated'
  mustChange: boolean
  isLeaving: boolean
  holds: Holdings
}

export type Application = {
  clientId: string
  organization: Organization
  asks: 'others' | 'always'
  /** Scopes it was given by people, by their id. */
  given: Map<string, Set<string>>
}

/** A proof that was right, when it was made, in which browser, and the session that it is in. */
export type Proof = {
  browser: number
  person: string
  session: string
  factor: 'password' | 'passkey' | 'totp' | 'email_code' | 'recovery_code'
  /** The credential id of a passkey. */
  credential?: string
  at: number
}

/** Somebody said, beside a second proof, that this browser need not be asked for one. */
type Trust = { browser: number; person: string; until: number; factor: Proof['factor'] }

const LEVELS = ['aal1', 'aal2', 'phr'] as const
export type Level = (typeof LEVELS)[number]

/** An authorization request, or one of our own account pages (no application). */
export type Request = {
  id: string
  browser: number
  openedAt: number
  application: Application | null
  scopes: readonly string[]
  prompts: readonly string[]
  maxAge: number | null
  assurance: Level
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
  let trusts: Trust[] = []

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

  /** What it was made with is still theirs. */
  function isHeld({ person, factor, credential }: Proof): boolean {
    const { app, mailsCodes, passkeys } = personOf(person).holds
    if (factor === 'totp') return app !== null
    if (factor === 'email_code') return mailsCodes
    return factor !== 'passkey' || passkeys.has(credential!)
  }

  function lifetimeOf({ factor, person }: Proof): number {
    const { checkLifetime, passkeyLifetime, secondLifetime } = personOf(person).organization
    if (factor === 'password') return checkLifetime
    return factor === 'passkey' ? passkeyLifetime : secondLifetime
  }

  /** Proofs of this person in this browser that count, whatever is asked for. */
  const counting = (browser: number, id: string): Proof[] =>
    proofs.filter(
      (proof) =>
        proof.browser === browser &&
        proof.person === id &&
        isAlive(proof) &&
        isHeld(proof) &&
        now() - proof.at < lifetimeOf(proof),
    )

  const isFirst = ({ factor }: Proof) => factor === 'password' || factor === 'passkey'

  /** Those that say who somebody is by themselves. */
  const standing = (browser: number, id: string): Proof[] => counting(browser, id).filter(isFirst)

  /** What these proofs amount to, those of one session together: nothing without a first one. */
  function reached(all: readonly Proof[]): Level | null {
    const firsts = all.filter(isFirst)
    if (firsts.length === 0) return null
    if (firsts.some(({ factor }) => factor === 'passkey')) return 'phr'
    return all.some((one) => !isFirst(one) && one.session === firsts[0]!.session) ? 'aal2' : 'aal1'
  }

  const hasOwn = ({ holds }: Person): boolean => holds.app !== null || holds.mailsCodes

  function isTrusted(browser: number, person: Person): boolean {
    const { app, mailsCodes } = person.holds
    return trusts.some(
      (one) =>
        one.browser === browser &&
        one.person === person.id &&
        now() < one.until &&
        (one.factor === 'totp' ? app !== null : mailsCodes),
    )
  }

  /** One factor is enough for somebody who has no other, where nobody asks for more, or where the browser vouches for the other. */
  function mustBeEnough(level: Level | null, person: Person, browser: number, mayTrust: boolean): void {
    must(level, `nobody proved ${person.loginName} in this browser, or too long ago`)
    const wantsTwo = person.organization.isForced || hasOwn(person)
    if (level !== 'aal1' || !wantsTwo) return
    must(mayTrust && isTrusted(browser, person), `${person.loginName} came past a second factor`)
  }

  function isInTime({ at }: Proof, { openedAt, prompts, maxAge }: Request): boolean {
    const isForThis = at >= openedAt
    if (prompts.includes('login') && !isForThis) return false
    return maxAge === null || now() - at < (isForThis ? Math.max(maxAge, CEREMONY) : maxAge)
  }

  /** Everything that is asked of a person, whatever they come for. */
  function mustBeWelcome(person: Person, browser: number): void {
    must(person.state === 'active', `${person.loginName} is ${person.state} and comes in`)
    // a password that is not used need not be replaced
    const isByPasskey = standing(browser, person.id).some(({ factor }) => factor === 'passkey')
    must(!person.mustChange || isByPasskey, `${person.loginName} has to replace a password and goes on`)
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

  const isAtLeast = (level: Level | null, wanted: string) =>
    level !== null && LEVELS.indexOf(level) >= LEVELS.indexOf(wanted as Level)

  /** Somebody sent what proves them, and it was taken. */
  function shown(proof: Omit<Proof, 'at'>): void {
    const { session: id, browser, person, factor } = proof
    const seen = sessions.get(id)
    must(!seen || seen.browser === browser, 'a proof went into the session of another browser')
    sessions.set(id, { id, browser, person, since: seen?.since ?? now(), last: now() })
    // the newest of a kind takes the place of the one before
    proofs = proofs.filter((one) => one.browser !== browser || one.person !== person || one.factor !== factor)
    proofs.push({ ...proof, at: now() })
  }

  return {
    people,
    personOf,
    standing,
    reached: (browser: number, id: string) => reached(counting(browser, id)),
    add: (person: Person) => people.set(person.id, person),

    /** Somebody sent a password, and it was taken. */
    proved(proof: Omit<Proof, 'at' | 'factor'>, typed: string): void {
      const { password, loginName } = personOf(proof.person)
      must(typed === password, `a password that is not theirs let ${loginName} in`)
      shown({ ...proof, factor: 'password' })
    },
    shown,
    /**
     * Whoever adds something to an account is there, and showed the second factor they have before. `since`: in a login, which began then, that
     * is a passkey too; on the account pages whoever comes in by a password may make another one.
     */
    mustBeFit(browser: number, id: string, since: number | null): void {
      const { holds, loginName } = personOf(id)
      const isThere = standing(browser, id).some(({ at }) => at >= (since ?? now()) || now() - at < CEREMONY)
      must(isThere, `something was added to the account of ${loginName} by nobody who had just proved it`)
      const isBare = !hasOwn(personOf(id)) && (since === null || holds.passkeys.size === 0)
      const level = reached(counting(browser, id))
      must(isBare || level !== 'aal1', `${loginName} holds more than was shown, and more was added`)
    },
    trusted(trust: Omit<Trust, 'until'>): void {
      const { organization, loginName } = personOf(trust.person)
      must(organization.trustLifetime > 0, `a browser is trusted with ${loginName}, where none may be`)
      trusts.push({ ...trust, until: now() + organization.trustLifetime })
    },
    /** Nothing vouches for this person any more. */
    distrusted: (id: string) => {
      trusts = trusts.filter(({ person }) => person !== id)
    },

    /** An application was given a code, which says this of how it was proven. */
    mustBeAllowed(request: Request, id: string, { authTime, acr }: { authTime: number; acr: string }): void {
      const person = personOf(id)
      must(!request.isOver, 'one request gave two codes')
      must(now() - request.openedAt < REQUEST_LIFETIME, 'a request was finished after its end')
      mustBeWelcome(person, request.browser)
      must(!person.isLeaving, `${person.loginName} is leaving, and an application has a code`)
      mustBeMeant(request, person)
      const inTime = counting(request.browser, id).filter((proof) => isInTime(proof, request))
      const level = reached(inTime)
      const { assurance, maxAge, prompts } = request
      const asksForMore = assurance !== 'aal1' || maxAge !== null || prompts.includes('login')
      mustBeEnough(level, person, request.browser, !asksForMore)
      must(isAtLeast(level, assurance), `${assurance} was asked for, and ${level} was shown`)
      must(isAtLeast(level, acr), `${acr} is claimed, and ${level} was shown`)
      const proof = inTime.find(({ at }) => at === authTime)
      must(proof, `${person.loginName} proved nothing in this browser when it is said`)
      mustBeAgreed(request, person)
      sessions.get(proof.session)!.last = now()
    },

    /** The account pages answered, as this person's. `within`: the proof may not be older than that. */
    mustBeAtHome(browser: number, id: string, within = Number.POSITIVE_INFINITY): void {
      const person = personOf(id)
      mustBeWelcome(person, browser)
      const found = standing(browser, id)
      mustBeEnough(reached(counting(browser, id)), person, browser, true)
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
