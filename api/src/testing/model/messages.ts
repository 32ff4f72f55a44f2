import type { CodeFactor, Person, Request } from './cast.ts'
import { must } from './must.ts'

export type Opens = 'verify_email' | 'reset_password' | 'login_code' | 'email_change_code' | 'verify_phone'

/** A code or link that was sent to somebody, and what is known of it. */
export type Sent = {
  opens: Opens
  /** The login that waits for it, or the session of the account pages that do. */
  request: Request | string
  /** The address or number that it went to. */
  to: string
  /** Null for an address that is about to have an account. */
  person: Person | null
  code: string
  token: string | null
  at: number
  isUsed: boolean
  /** A later one took its place, or what it was for changed. */
  isDead: boolean
}

const MINUTE = 60_000

export type Mailbox = ReturnType<typeof createMailbox>

/** What lies in all mailboxes, and what each of it may still do. */
export function createMailbox(now: () => number) {
  const all: Sent[] = []
  /** Resets whose code was right. */
  const opened = new Map<Sent['request'], Sent>()

  function mustCount(sent: Sent | undefined, lifetime: number): asserts sent is Sent {
    must(sent, 'a code that was never sent is right')
    must(!sent.isUsed, 'a code is right twice')
    must(!sent.isDead, 'a code is right that another one replaced, or whose reason is gone')
    must(now() - sent.at < lifetime, 'a code is right after its end')
  }

  return {
    all,
    add(sent: Pick<Sent, 'opens' | 'request' | 'to' | 'person' | 'code' | 'token'>): void {
      // a code that is sent elsewhere leaves the others alone
      const isReplaced = (one: Sent) =>
        one.request === sent.request && one.opens === sent.opens && (sent.opens !== 'login_code' || one.to === sent.to)
      for (const one of all) if (isReplaced(one)) one.isDead = true
      opened.delete(sent.request)
      all.push({ ...sent, at: now(), isUsed: false, isDead: false })
    },
    /** A code was taken in this request. */
    entered(request: Request, opens: Sent['opens'], typed: string): Sent {
      const sent = all.find(
        (one) => one.request === request && one.opens === opens && one.code === typed && !one.isDead,
      )
      mustCount(sent, 10 * MINUTE)
      must(!sent.person || request.said === sent.person.id, 'a code is right for somebody else than it was sent to')
      sent.isUsed = true
      if (opens === 'reset_password') opened.set(request, sent)
      return sent
    },
    /** A code was taken as a second proof of this person, or to set such codes up. */
    shown(request: Request | string, person: Person, method: CodeFactor, typed: string): void {
      const to = method === 'email_code' ? person.loginName : person.phone
      const sent = all.find((one) => one.request === request && one.opens === 'login_code' && one.code === typed)
      mustCount(sent, 10 * MINUTE)
      must(sent.person === person && sent.to === to, 'a code is right for somebody else than it was sent to')
      sent.isUsed = true
    },
    /** A code was taken that shows an address or number to be that of this person. Out: which. */
    moved(session: string, person: Person, opens: Opens, typed: string): string {
      const sent = all.findLast((one) => one.request === session && one.opens === opens && one.code === typed)
      mustCount(sent, 30 * MINUTE)
      must(sent.person === person, 'a code is right for somebody else than asked for it')
      sent.isUsed = true
      return sent.to
    },
    /** The address of this registration was shown to be theirs. */
    isConfirmed: (request: Request): boolean =>
      all.some((sent) => sent.request === request && sent.opens === 'verify_email' && sent.isUsed),
    /** A link was taken: in the request that waits for it, or, with null, alone. */
    followed(request: Request | null, token: string): Person {
      const sent = all.find((one) => one.token === token)
      mustCount(sent, 30 * MINUTE)
      must(request === null || sent.request === request, 'a link is right in a request that did not ask for it')
      sent.isUsed = true
      if (request) opened.set(request, sent)
      return sent.person!
    },
    /** A new password was taken after a reset. Whose it is. */
    changed(request: Request): Person {
      const sent = opened.get(request)
      must(sent, 'a password was reset without a code')
      must(now() - sent.at < 30 * MINUTE, 'a password was reset long after the code')
      must(request.said === sent.person!.id, 'a password was reset by the code of somebody else')
      opened.delete(request)
      return sent.person!
    },
    /** Somebody turned to something else: the code has to be asked for anew. */
    left: (request: Request) => opened.delete(request),
    /** What was sent to this person opens nothing any more. */
    voided(person: Person, codesToo = false): void {
      for (const sent of all)
        if (sent.person === person && (codesToo || sent.opens !== 'login_code')) sent.isDead = true
      for (const [request, sent] of opened) if (sent.person === person) opened.delete(request)
    },
  }
}
