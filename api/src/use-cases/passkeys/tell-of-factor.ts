import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import type { MessageFactor } from '../../domain/messages.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'

/** A notice to the owner: one way more, or one less, to show that it is them. */
export async function tellOfFactor(
  deps: Deps,
  tx: Executor,
  { id }: { id: UserId },
  { happened, factor }: { happened: 'added' | 'removed'; factor: MessageFactor },
): Promise<void> {
  const values = { factor, at: deps.clock.now(), notMeLink: await createNotMeLink(deps, tx, id) }
  await notifyUser(deps, tx, id, { channel: 'email', kind: `factor_${happened}`, values })
}
