import type { Language } from '@vestibule/shared/languages.ts'
import type { Deps, Executor, NewMessage } from '../../deps.ts'
import { newId, type OrganizationId, type UserId } from '../../domain/ids.ts'
import { endOf, linksOf, type Message } from '../../domain/messages.ts'
import { isRecipient } from '../../domain/recipient.ts'
import { isWithinCaps } from './caps.ts'
import { sealContent } from './content-box.ts'

/** A message, and for whom it is. */
export type Addressed = Message & {
  /** One address, or a number as E.164 says it. */
  to: string
  /** The recipient's. */
  language: Language
  /** Whose name and colours it wears. */
  organizationId: OrganizationId
  /** Whom it is about. */
  userId?: UserId | null
  /** Milliseconds: it is not sent from then on. A message with a code ends with its code anyway. */
  expiresAt?: number
  /** IANA name of the recipient's time zone, for the times in it; without it they are UTC. */
  timeZone?: string | null
  /** The client's address that asked for it, for the caps on text messages. */
  address?: string | null
}

/**
 * Leaves a message in the outbox, in the caller's transaction: it goes out if and only if that commits, and nothing is waited for. Over
 * the caps, and for something that is no single address, nothing is written, and the caller can not tell.
 */
export async function sendMessage(deps: Deps, tx: Executor, message: Addressed): Promise<void> {
  const row = await write(deps, tx, message)
  if (!row) return
  await deps.repositories.outboxMessages.create(tx, row)
  deps.db.afterCommit(deps.post.bell.ring)
}

/**
 * The work of a message that goes to nobody, for where the time it takes would say whether there is somebody: the same caps are counted
 * and a row is written, which is over before it begins and is swept like others that are.
 */
export async function sendNothing(deps: Deps, tx: Executor, message: Addressed): Promise<void> {
  const row = await write(deps, tx, { ...message, userId: null })
  if (row) await deps.repositories.outboxMessages.createOver(tx, row)
}

/** Out: the row of a message, or null where none is sent. */
async function write(deps: Deps, tx: Executor, message: Addressed): Promise<NewMessage | null> {
  const { channel, kind, to, values, timeZone = null } = message
  const { clock, log, settings } = deps
  const now = clock.now()
  for (const link of linksOf(message))
    if (!link.startsWith(`${settings.issuer}/`)) throw new Error(`a link of ${kind} leads away from here`)
  const refuse = (reason: string): null => {
    log.warn({ channel, kind }, reason)
    return null
  }
  if (!isRecipient(channel, to)) return refuse('a message has no usable recipient')
  if (!(await isWithinCaps(deps, tx, message))) return refuse('a message is over the caps')
  const id = newId('msg', { now: deps.clock.now, randomBytes: deps.randomBytes })
  const ends = [message.expiresAt, endOf(message, now)].filter((end) => end != null)
  return {
    id,
    organizationId: message.organizationId,
    userId: message.userId ?? null,
    channel,
    kind,
    recipient: to,
    language: message.language,
    content: sealContent(deps, id, { values, timeZone, origin: settings.issuer }),
    expiresAt: ends.length > 0 ? Math.min(...ends) : null,
    createdAt: now,
  }
}
