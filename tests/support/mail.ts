import { setTimeout as pause } from 'node:timers/promises'

/** A mail or text message that the server would have sent. */
export type SentMessage = {
  id: string
  to: string
  channel: 'email' | 'sms'
  kind: string
  subject: string
  text: string
  html: string | null
  /** As it is typed; null where it carries none. */
  code: string | null
  link: string | null
  /** ISO 8601. */
  at: string
}

/** What people find in their mailboxes and on their phones. */
export type Mail = {
  /** Everything for this recipient, newest first. */
  list: (to: string) => Promise<SentMessage[]>
  /** The newest of this kind that is none of `known`; waits for it. @throws where none comes */
  next: (to: string, kind: string, known?: readonly SentMessage[]) => Promise<SentMessage>
}

/** How long a message may take. Milliseconds. */
const PATIENCE = 5_000

/** The mail of a server that shows it instead of sending it (`MAIL_URL=outbox:`). */
export function createMail(origin: string): Mail {
  async function list(to: string): Promise<SentMessage[]> {
    const response = await fetch(`${origin}/dev/outbox`, { headers: { accept: 'application/json' } })
    if (!response.ok) throw new Error(`this server sends its messages: /dev/outbox answered ${response.status}`)
    const all = (await response.json()) as SentMessage[]
    return all.filter((message) => message.to === to)
  }
  async function next(to: string, kind: string, known: readonly SentMessage[] = []): Promise<SentMessage> {
    const deadline = performance.now() + PATIENCE
    for (;;) {
      const all = await list(to)
      const found = all.find((message) => message.kind === kind && !known.some(({ id }) => id === message.id))
      if (found) return found
      if (performance.now() > deadline)
        throw new Error(`no ${kind} for ${to}; there is ${all.map((one) => one.kind).join()}`)
      await pause(50)
    }
  }
  return { list, next }
}
