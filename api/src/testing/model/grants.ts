import type { Application, Person } from './cast.ts'
import { must } from './must.ts'
import type { Proof } from './proofs.ts'

/** What an application got by one code. */
export type Grant = {
  application: Application
  person: Person
  session: string
  /** What it rests on: when it was proven (milliseconds), what it amounts to, and what was shown. */
  authTime: number
  acr: string
  factors: readonly Proof['factor'][]
  isOffline: boolean
  code: string
  codeAt: number
  isCodeUsed: boolean
  isRedeemed: boolean
  /** Ended for good: by a sign-out, a new password, a theft. */
  isDead: boolean
  /** Refresh tokens in their order; only the last is unused. */
  refresh: string[]
  access: { token: string; at: number }[]
  idToken: string | null
}

type Issued = Pick<Grant, 'application' | 'person' | 'session' | 'isOffline' | 'code' | 'authTime' | 'acr' | 'factors'>

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export type Ledger = ReturnType<typeof createLedger>

/** Codes and tokens that were handed out, and what each of them may still do. */
export function createLedger(now: () => number) {
  const all: Grant[] = []

  function mustLive({ isDead, person }: Grant, what: string): void {
    must(!isDead, `${what} of a grant that ended works`)
    must(person.state === 'active', `${what} works for somebody ${person.state}`)
    must(!person.isLeaving, `${what} works for somebody who is leaving`)
  }

  return {
    all,
    issued(grant: Issued): Grant {
      const nothing = { isCodeUsed: false, isRedeemed: false, isDead: false, refresh: [], access: [], idToken: null }
      const made = { ...grant, ...nothing, codeAt: now() }
      all.push(made)
      return made
    },
    /** A code was presented by this application, with everything else right or not, and taken or not. */
    redeemed(grant: Grant, by: Application, isRight: boolean, isTaken: boolean): void {
      if (isTaken) {
        must(by === grant.application, 'a code was redeemed by another application')
        must(isRight, 'a code was redeemed with another redirect URI')
        must(!grant.isCodeUsed, 'a code was redeemed twice')
        must(now() - grant.codeAt < MINUTE, 'a code was redeemed after its end')
        mustLive(grant, 'a code')
        grant.isRedeemed = true
      }
      if (by !== grant.application) return
      if (grant.isRedeemed && !isTaken) grant.isDead = true
      if (now() - grant.codeAt < MINUTE) grant.isCodeUsed = true
    },
    refreshed(grant: Grant, token: string, by: Application, isTaken: boolean): void {
      const isLast = grant.refresh.at(-1) === token
      if (isTaken) {
        must(by === grant.application, 'a refresh token works for another application')
        must(isLast, 'a refresh token works twice')
        mustLive(grant, 'a refresh token')
      }
      if (by === grant.application && !isLast) grant.isDead = true
    },
    /** A device has its tokens. */
    let(grant: Grant): void {
      must(!grant.isCodeUsed, 'a device was let in twice')
      mustLive(grant, 'a device code')
      grant.isCodeUsed = true
    },
    used(grant: Grant, issuedAt: number): void {
      must(now() - issuedAt < 12 * HOUR, 'an access token works after its end')
      mustLive(grant, 'an access token')
    },
    /** A session ended; what was granted for offline access goes on where its owner only signed out. */
    endedWith(session: string, keepOffline: boolean): void {
      for (const grant of all) if (grant.session === session && !(keepOffline && grant.isOffline)) grant.isDead = true
    },
    endedOf(person: Person, which: (grant: Grant) => boolean = () => true): void {
      for (const grant of all) if (grant.person === person && which(grant)) grant.isDead = true
    },
  }
}
