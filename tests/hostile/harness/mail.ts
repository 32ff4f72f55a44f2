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

/** Milliseconds after which a message would be there: it is made a quarter of a second after the answer at the latest. */
export const NOTHING_COMES = 600

type Wanted = { kind?: string; atLeast?: number; within?: number }

/** Waits until so many were sent, and says what is there for this recipient, newest first. */
export async function messagesTo(
  door: Door,
  to: string,
  { kind, atLeast = 1, within = 3_000 }: Wanted = {},
): Promise<SentMessage[]> {
  const deadline = performance.now() + within
  for (;;) {
    const found = (await messagesOf(door)).filter((one) => one.to === to && (kind === undefined || one.kind === kind))
    if (found.length >= atLeast || performance.now() > deadline) return found
    await sleep(25)
  }
}
