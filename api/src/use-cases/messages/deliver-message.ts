import type { Deps, OutboxMessage } from '../../deps.ts'
import { DeliveryFailed, type DeliveryFault, nextAttempt } from '../../domain/delivery.ts'
import type { Channel, Message } from '../../domain/messages.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import { recordEvent } from '../record-event.ts'
import { openContent } from './content-box.ts'
import { letterOf } from './letter.ts'

/**
 * Milliseconds that one attempt may take, and a claim lasts: longer, so that nobody else begins before it is given up, and not so long that
 * a person waits for what a process took along when it died.
 */
const PATIENCE = 20_000
const CLAIM = 40_000

export type Claimed = OutboxMessage & { holder: string }
type Wanted = { channel: Channel; holder: string; most: number }

/** Takes messages that are due, at most so many, for this holder. No transaction is opened where there is nothing to do. */
export async function claimMessages(deps: Deps, { channel, holder, most }: Wanted): Promise<Claimed[]> {
  const { db, clock, repositories } = deps
  const now = clock.now()
  const firstDue = await repositories.outboxMessages.findFirstDue(channel)
  if (firstDue === null || firstDue > now) return []
  const wanted = { channel, holder, now, until: now + CLAIM, most }
  const claimed = await db.transaction((tx) => repositories.outboxMessages.claim(tx, wanted))
  return claimed.map((message) => ({ ...message, holder }))
}

/**
 * One attempt: sends, and writes down what became of it. The sending is outside any transaction; who dies between the two sends again, with
 * the same Message-ID. When `stopping` is aborted the message is given back as if it had not been taken. Never throws for a message that
 * did not get out.
 */
export async function deliverMessage(deps: Deps, message: Claimed, stopping: AbortSignal): Promise<void> {
  const { db, clock, repositories } = deps
  const left = (message.expiresAt ?? Number.POSITIVE_INFINITY) - clock.now()
  if (left <= 0) return expire(deps, message)
  try {
    const late = AbortSignal.timeout(Math.min(PATIENCE, left))
    await post(deps, message, AbortSignal.any([late, stopping]))
  } catch (error) {
    if (stopping.aborted) return giveBack(deps, message)
    return fail(deps, message, error)
  }
  const { outboxMessages } = repositories
  await db.transaction(async (tx) => {
    if (message.kind === 'account_deleted') await outboxMessages.forget(tx, message)
    else await outboxMessages.markSent(tx, message, clock.now())
  })
  deps.tallies.messages.add(message.channel, 'sent')
}

async function post(
  deps: Deps,
  { id, organizationId, language, recipient, content, ...row }: Claimed,
  signal: AbortSignal,
) {
  const { values, timeZone, origin } = openContent(deps, id, content)
  const letter = await letterOf(deps, organizationId, { language, timeZone, origin })
  // channel, kind and values were written together
  const message = { channel: row.channel, kind: row.kind, values: await described(values) } as Message
  await deps.post.deliver({ id, to: recipient, message, letter }, signal)
}

/** The values as templates know them. */
async function described(values: object): Promise<object> {
  if (!('userAgent' in values)) return values
  const { userAgent, ...rest } = values
  return { ...rest, ...(await describeBrowser(String(userAgent))) }
}

async function expire({ db, repositories, tallies }: Deps, message: Claimed): Promise<void> {
  await db.transaction((tx) => repositories.outboxMessages.markExpired(tx, message))
  tallies.messages.add(message.channel, 'expired')
}

async function giveBack({ db, clock, repositories }: Deps, message: Claimed): Promise<void> {
  const before = { attempts: message.attempts - 1, now: clock.now() }
  await db.transaction((tx) => repositories.outboxMessages.giveBack(tx, message, before))
}

async function fail(deps: Deps, message: Claimed, error: unknown): Promise<void> {
  const fault = error instanceof DeliveryFailed ? error.fault : 'internal'
  const { id, channel, kind, attempts, expiresAt } = message
  deps.log.warn({ message: id, channel, kind, attempts, fault, error }, 'a message did not get out')
  const again = nextAttempt(fault, attempts, deps.clock.now(), chanceOf(deps))
  if (again === null) return bury(deps, message, fault)
  if (expiresAt !== null && again >= expiresAt) return expire(deps, message)
  await deps.db.transaction((tx) => deps.repositories.outboxMessages.postpone(tx, message, again, fault))
  deps.tallies.messages.add(channel, 'postponed')
}

/** Managers see it among the dead letters and in the events. */
async function bury(deps: Deps, message: Claimed, fault: DeliveryFault): Promise<void> {
  const { id, organizationId, channel, kind, userId } = message
  await deps.db.transaction(async (tx) => {
    if (!(await deps.repositories.outboxMessages.markDead(tx, message, fault))) return
    const data = { message: id, channel, kind, fault }
    await recordEvent(deps, tx, { type: 'message.undeliverable', organizationId, target: userId, data })
  })
  deps.tallies.messages.add(channel, 'dead')
}

const chanceOf = ({ randomBytes }: Deps): number => randomBytes(1)[0]! / 255
