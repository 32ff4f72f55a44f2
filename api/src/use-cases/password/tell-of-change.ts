import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'

type Where = { browser: string | null; system: string | null }

/** The notice of a new password, with a link in case it was somebody else. Early in its transaction: it counts messages. */
export async function tellOfChange(
  deps: Deps,
  tx: Executor,
  userId: UserId,
  where: Where,
  kind: 'password_changed' | 'password_reset' = 'password_changed',
): Promise<void> {
  const values = { at: deps.clock.now(), notMeLink: await createNotMeLink(deps, tx, userId), ...where }
  await notifyUser(deps, tx, userId, { channel: 'email', kind, values })
}
