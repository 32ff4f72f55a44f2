import { randomUUID } from 'node:crypto'
import type { Deps } from '../deps.ts'
import type { Channel } from '../domain/messages.ts'
import { claimMessages, deliverMessage } from '../use-cases/messages/deliver-message.ts'

/** Messages of one channel on their way at once: a provider that hangs holds up its own channel only, and not much of that. */
const AT_ONCE = 8
/** How often is looked without being told, in milliseconds: for what other processes wrote, and for what is tried again. */
const EVERY = 2_000
/** What is on its way when the server stops has this long to arrive. Milliseconds. */
const GRACE = 3_000

/** Delivers what is due, at once when the bell rings. The returned function gives back what can not be finished. */
export function startCourier(deps: Deps): () => Promise<void> {
  const stops = (['email', 'sms'] as const).map((channel) => startLane(deps, channel))
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

function startLane(deps: Deps, channel: Channel): () => Promise<void> {
  const holder = randomUUID()
  const stopping = new AbortController()
  const underway = new Set<Promise<void>>()
  let isStopped = false
  let looking: Promise<void> | null = null
  let again = false

  /** One look at a time; a wish that comes meanwhile is fulfilled afterwards. */
  function look(): void {
    again = true
    looking ??= lookWhileAsked().finally(() => {
      looking = null
    })
  }
  async function lookWhileAsked(): Promise<void> {
    while (again && !isStopped) {
      again = false
      await take().catch((error: unknown) => deps.log.error({ channel, error }, 'the outbox could not be read'))
    }
  }
  async function take(): Promise<void> {
    const most = AT_ONCE - underway.size
    if (most === 0) return
    for (const message of await claimMessages(deps, { channel, holder, most })) {
      const work: Promise<void> = deliverMessage(deps, message, stopping.signal)
        .catch((error: unknown) => deps.log.error({ message: message.id, error }, 'a message could not be settled'))
        .finally(() => {
          underway.delete(work)
          look()
        })
      underway.add(work)
    }
  }

  const endRinging = deps.post.bell.onRing(look)
  let timer = plan()
  function plan(): NodeJS.Timeout {
    return setTimeout(
      () => {
        look()
        timer = plan()
      },
      EVERY * (0.9 + Math.random() * 0.2),
    ).unref()
  }
  look()

  return async () => {
    isStopped = true
    endRinging()
    clearTimeout(timer)
    await looking
    const impatient = setTimeout(() => stopping.abort(), GRACE)
    await Promise.all(underway)
    clearTimeout(impatient)
  }
}
