import { setTimeout as sleep } from 'node:timers/promises'
import type { SentMessage } from '../../support/mail.ts'
import { type Door, json, send } from './http.ts'
import type { Environment } from './program.ts'

/** Settings of a server that shows its messages instead of sending them. Nothing else of it is different. */
export const MAIL_SINK: Environment = { NODE_ENV: 'test', MAIL_URL: 'outbox:', SMS_URL: 'outbox:' }

/** What this server would have sent, newest first. */
export async function messagesOf(door: Door): Promise<SentMessage[]> {
  const answer = await send(door, { path: '/dev/outbox', headers: { accept: 'application/json' } })
  return json(answer) as unknown as SentMessage[]
}

/** Waits until what was committed has been sent, and says what is there for this recipient. */
export async function messagesTo(door: Door, to: string, { atLeast = 1, within = 3_000 } = {}): Promise<SentMessage[]> {
  const deadline = performance.now() + within
  for (;;) {
    const found = (await messagesOf(door)).filter((message) => message.to === to)
    if (found.length >= atLeast || performance.now() > deadline) return found
    await sleep(25)
  }
}
