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

/** How long a message may take. Milliseconds. */
const PATIENCE = 5_000

/** Everything there is for this recipient, newest first. `origin` is that of a server with `MAIL_URL=outbox:`. */
export async function listMessages(origin: string, to: string): Promise<SentMessage[]> {
  const response = await fetch(`${origin}/dev/outbox`, { headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`this server sends its messages: /dev/outbox answered ${response.status}`)
  const all = (await response.json()) as SentMessage[]
  return all.filter((message) => message.to === to)
}

/**
 * The newest message of this kind for this recipient; waits until one is there that is none of `known`.
 * @throws where none comes
 */
export async function nextMessage(
  origin: string,
  to: string,
  kind: string,
  known: readonly SentMessage[] = [],
): Promise<SentMessage> {
  const deadline = performance.now() + PATIENCE
  for (;;) {
    const all = await listMessages(origin, to)
    const found = all.find((message) => message.kind === kind && !known.some(({ id }) => id === message.id))
    if (found) return found
    if (performance.now() > deadline)
      throw new Error(`no ${kind} for ${to}; there is ${all.map((one) => one.kind).join()}`)
    await pause(50)
  }
}
