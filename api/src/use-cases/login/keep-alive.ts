import type { Deps, Executor } from '../../deps.ts'
import type { SessionId } from '../../domain/ids.ts'
import type { AccountFacts } from '../../domain/login/facts.ts'

/** A session's last use is stored this often at most. Milliseconds. */
const INTERVAL = 60_000

/** Notes that a session was used, so that it does not idle out. */
export async function keepAlive(
  deps: Deps,
  tx: Executor,
  accounts: readonly AccountFacts[],
  id: SessionId,
): Promise<void> {
  const used = accounts.find(({ session }) => session.id === id)
  const now = deps.clock.now()
  if (used && used.session.lastUsedAt + INTERVAL <= now) await deps.repositories.sessions.touch(tx, id, now)
}
