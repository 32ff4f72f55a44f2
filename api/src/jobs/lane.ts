import { randomUUID } from 'node:crypto'
import type { Deps } from '../deps.ts'

export type Lane<Item> = {
  name: string
  /** On their way at once: whoever hangs holds up its own lane only, and not much of that. */
  atOnce: number
  claim(wanted: { holder: string; most: number }): Promise<Item[]>
  /** Settles what it was given, or gives it back when `stopping` is aborted. */
  deliver(item: Item, stopping: AbortSignal): Promise<void>
}

/** How often is looked without being told, in milliseconds: for what other processes wrote, and for what is tried again. */
const EVERY = 2_000
/**
 * The bell is followed after a time between these, in milliseconds: whoever asked has the answer by then, and neither that answer nor the
 * next one takes longer where there is a mail to be made than where a name is nobody's and there is none.
 */
const SOON = { least: 50, most: 250 }
/** What is on its way when the server stops has this long to arrive. Milliseconds. */
const GRACE = 3_000

/** Delivers what is due, soon after the bell rings. The returned function gives back what can not be finished. */
export function startLane<Item>(
  { log, post }: Deps,
  { name, atOnce, claim, deliver }: Lane<Item>,
): () => Promise<void> {
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
      await take().catch((error: unknown) => log.error({ lane: name, error }, 'the outbox could not be read'))
    }
  }
  async function take(): Promise<void> {
    const most = atOnce - underway.size
    if (most === 0) return
    for (const item of await claim({ holder, most })) {
      const work: Promise<void> = deliver(item, stopping.signal)
        .catch((error: unknown) => log.error({ lane: name, error }, 'what was sent could not be settled'))
        .finally(() => {
          underway.delete(work)
          look()
        })
      underway.add(work)
    }
  }

  let soon: NodeJS.Timeout | undefined
  const endRinging = post.bell.onRing(() => {
    soon ??= setTimeout(
      () => {
        soon = undefined
        look()
      },
      SOON.least + Math.random() * (SOON.most - SOON.least),
    ).unref()
  })
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
    clearTimeout(soon)
    await looking
    const impatient = setTimeout(() => stopping.abort(), GRACE)
    await Promise.all(underway)
    clearTimeout(impatient)
  }
}
