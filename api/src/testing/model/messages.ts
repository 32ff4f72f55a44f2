import type { Person, Request } from './cast.ts'
import { must } from './must.ts'

/** A code or link that was sent to somebody, and what is known of it. */
export type Sent = {
  opens: 'verify_email' | 'reset_password' | 'login_code'
  request: Request
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
  const opened = new Map<Request, Sent>()

  function mustCount(sent: Sent | undefined, lifetime: number): asserts sent is Sent {
    must(sent, 'a code that was never sent is right')
    must(!sent.isUsed, 'a code is right twice')
    must(!sent.isDead, 'a code is right that another one replaced, or whose reason is gone')
    must(now() - sent.at < lifetime, 'a code is right after its end')
  }

  return {
    all,
    add(sent: Pick<Sent, 'opens' | 'request' | 'person' | 'code' | 'token'>): void {
      for (const one of all) if (one.request === sent.request && one.opens === sent.opens) one.isDead = true
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
    shown(request: Request, person: Person, typed: string): void {
      const sent = all.find((one) => one.request === request && one.opens === 'login_code' && one.code === typed)
      mustCount(sent, 10 * MINUTE)
      must(sent.person === person, 'a code is right for somebody else than it was sent to')
      sent.isUsed = true
    },
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
    voided(person: Person): void {
      for (const sent of all) if (sent.person === person && sent.opens !== 'login_code') sent.isDead = true
      for (const [request, sent] of opened) if (sent.person === person) opened.delete(request)
    },
  }
}
