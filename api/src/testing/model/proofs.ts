import { type CodeFactor, isSentTo, type Level, type Person } from './cast.ts'
import { must } from './must.ts'

/** A proof that was right, when it was made, in which browser, and the session that it is in. */
export type Proof = {
  browser: number
  person: string
  session: string
  factor: 'password' | 'passkey' | 'totp' | 'security_key' | CodeFactor | 'recovery_code'
  /** The credential id of a passkey or a security key; of an app what the account pages call it. */
  credential?: string
  at: number
}

/** Somebody said, beside a second proof, that this browser need not be asked for one. */
type Trust = { browser: number; person: string; until: number; app: string }

/** A session as far as it was seen: since when, and when last. */
type Session = { id: string; browser: number; person: string; since: number; last: number }

const isFirst = ({ factor }: Proof) => factor === 'password' || factor === 'passkey'

/** What was proven in which browser, and for how long it counts. `personOf` knows everybody, `now` the time. */
export function createProofs(now: () => number, personOf: (id: string) => Person) {
  const sessions = new Map<string, Session>()
  let proofs: Proof[] = []
  let trusts: Trust[] = []

  /** The session is alive: seen lately, and not older than it may be. What ended it took its proofs away. */
  function isAlive({ session, person }: Proof): boolean {
    const seen = sessions.get(session)!
    const { idleLifetime, absoluteLifetime } = personOf(person).organization
    return now() - seen.last < idleLifetime && now() - seen.since < absoluteLifetime
  }

  /** What it was made with is still theirs. */
  function isHeld({ person, factor, credential }: Proof): boolean {
    const { apps, passkeys, keys } = personOf(person).holds
    if (factor === 'totp') return apps.some(({ id }) => id === credential)
    if (factor === 'email_code' || factor === 'sms_code') return isSentTo(personOf(person), factor)
    if (factor === 'security_key') return keys.has(credential!)
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
        !personOf(id).organization.off.has(proof.factor) &&
        now() - proof.at < lifetimeOf(proof),
    )

  /** Those that say who somebody is by themselves. */
  const standing = (browser: number, id: string): Proof[] => counting(browser, id).filter(isFirst)

  /** What these proofs amount to, those of one session together: nothing without a first one. */
  function reached(all: readonly Proof[]): Level | null {
    const firsts = all.filter(isFirst)
    if (firsts.length === 0) return null
    if (firsts.some(({ factor }) => factor === 'passkey')) return 'phr'
    const seconds = all.filter((one) => !isFirst(one) && one.session === firsts[0]!.session)
    if (seconds.some(({ factor }) => factor === 'security_key')) return 'phr'
    return seconds.length > 0 ? 'aal2' : 'aal1'
  }

  function isTrusted(browser: number, person: Person): boolean {
    return trusts.some(
      (one) =>
        one.browser === browser &&
        one.person === person.id &&
        now() < one.until &&
        person.organization.trustLifetime > 0 &&
        !person.organization.off.has('totp') &&
        person.holds.apps.some(({ id }) => id === one.app),
    )
  }

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
    counting,
    standing,
    reached,
    isTrusted,
    shown,
    /** It was seen alive. */
    seen(session: string): void {
      sessions.get(session)!.last = now()
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
    /** Whoever signs out has nothing proven any more. */
    ended(session: string): void {
      proofs = proofs.filter((proof) => proof.session !== session)
    },
    /** Everybody who is signed in as this person, but for one session. */
    endedAll(id: string, keep: string | null = null): void {
      proofs = proofs.filter(({ person, session }) => person !== id || session === keep)
    },
    /** Nothing of it counts any more. */
    hasEnded: (session: string): boolean => !proofs.some((proof) => proof.session === session && isAlive(proof)),
    sessionsIn: (browser: number): Proof[] => proofs.filter((proof) => proof.browser === browser),
    everySession: (): Session[] => [...sessions.values()],
  }
}
