import { CODES, isSentTo, LEVELS, type Level, type Person, type Request } from './cast.ts'
import { must } from './must.ts'
import { createProofs, type Proof } from './proofs.ts'

const MINUTE = 60_000
/** How long an authorization request stays open. */
const REQUEST_LIFETIME = 60 * MINUTE
/** A proof that was made for a request counts at least this long in it. */
const CEREMONY = 5 * MINUTE

/**
 * What an observer knows who sees everything that people type and nothing of the product: no rule, no row, no helper of it is used here.
 * A code or the account pages count as open to somebody only where every proof was seen that this person, their organization and the
 * request ask for, in this browser and in time. Instants are milliseconds, durations too.
 */
export type Oracle = ReturnType<typeof createOracle>

export function createOracle(now: () => number) {
  const people = new Map<string, Person>()

  const personOf = (id: string): Person => {
    const person = people.get(id)
    must(person, `somebody unknown came in: ${id}`)
    return person
  }

  const proofs = createProofs(now, personOf)
  const { counting, standing, reached, isTrusted, seen } = proofs

  /** Second factors that they could show. */
  const factorsOf = (person: Person): Proof['factor'][] => [
    ...(person.holds.apps.length > 0 ? (['totp'] as const) : []),
    ...(person.holds.keys.size > 0 ? (['security_key'] as const) : []),
    ...CODES.filter((method) => isSentTo(person, method)),
  ]

  const hasOwn = (person: Person): boolean => factorsOf(person).some((factor) => !person.organization.off.has(factor))

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

  return {
    ...proofs,
    people,
    personOf,
    add: (person: Person) => people.set(person.id, person),

    /** Somebody sent a password, and it was taken. */
    proved(proof: Omit<Proof, 'at' | 'factor'>, typed: string): void {
      const { password, loginName } = personOf(proof.person)
      must(typed === password, `a password that is not theirs let ${loginName} in`)
      proofs.shown({ ...proof, factor: 'password' })
    },
    /**
     * Whoever adds something to an account is there, and showed the second factor they have before. `since`: in a login, which began then, that
     * is a passkey too; on the account pages whoever comes in by a password may make another one.
     */
    mustBeFit(browser: number, id: string, since: number | null): void {
      const { holds, loginName, organization } = personOf(id)
      const isThere = standing(browser, id).some(({ at }) => at >= (since ?? now()) || now() - at < CEREMONY)
      must(isThere, `something was added to the account of ${loginName} by nobody who had just proved it`)
      const isBare =
        !hasOwn(personOf(id)) && (since === null || holds.passkeys.size === 0 || organization.off.has('passkey'))
      const level = reached(counting(browser, id))
      must(isBare || level !== 'aal1', `${loginName} holds more than was shown, and more was added`)
    },
    /** Whoever makes an account open by more shows everything that it opened by before. */
    mustBeShownAll(browser: number, id: string): void {
      const { loginName } = personOf(id)
      const level = reached(counting(browser, id))
      must(!hasOwn(personOf(id)) || level !== 'aal1', `${loginName} holds more than was shown, and more was added`)
    },
    /** An application was given a code, which says this of how it was proven. Out: what was shown for it. */
    mustBeAllowed(
      request: Request,
      id: string,
      { authTime, acr }: { authTime: number; acr: string },
    ): { factors: Proof['factor'][] } {
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
      seen(proof.session)
      return { factors: inTime.map(({ factor }) => factor) }
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
      for (const { session } of found) seen(session)
    },
  }
}
