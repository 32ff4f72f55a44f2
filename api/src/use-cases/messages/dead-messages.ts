import type { Deps } from '../../deps.ts'
import type { DeliveryFault } from '../../domain/delivery.ts'
import type { MessageId, OrganizationId } from '../../domain/ids.ts'
import type { Channel, MessageKind } from '../../domain/messages.ts'
import { Problem } from '../../domain/problem.ts'

/** A message that nobody tries to send any more, as managers see it: without what it said. */
export type DeadMessage = {
  id: MessageId
  channel: Channel
  kind: MessageKind
  to: string
  fault: DeliveryFault
  attempts: number
  /** Milliseconds. */
  createdAt: number
}

const PAGE = 50

/** The dead letters of an organization, newest first; `before` is the last one of the page before. Whoever calls knows that the actor may. */
export async function listDeadMessages(
  deps: Deps,
  organizationId: OrganizationId,
  before?: MessageId,
): Promise<DeadMessage[]> {
  const rows = await deps.repositories.outboxMessages.listDead(organizationId, PAGE, before)
  return rows.map(({ id, channel, kind, recipient, lastError, attempts, createdAt }) => ({
    id,
    channel,
    kind,
    to: recipient,
    fault: lastError ?? 'internal',
    attempts,
    createdAt,
  }))
}

/** Has one sent once more, from the first attempt on. @throws Problem not_found where it is not dead, or what it carries is over */
export async function reviveMessage(deps: Deps, organizationId: OrganizationId, id: MessageId): Promise<void> {
  const { db, clock, repositories, post } = deps
  await db.transaction(async (tx) => {
    const isRevived = await repositories.outboxMessages.revive(tx, { id, organizationId, now: clock.now() })
    if (!isRevived) throw new Problem('not_found')
    db.afterCommit(post.bell.ring)
  })
}
