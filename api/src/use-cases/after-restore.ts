import type { Deps } from '../deps.ts'
import { recordEvent } from './record-event.ts'

/**
 * A restored copy knows nothing of what ended after it was made: a code that was used, a refresh token that was rotated, a session that was
 * signed out of would be alive again. So everything that could be is ended, and people sign in anew. Out: how much that was.
 */
export function afterRestore(deps: Deps): Promise<{ sessions: number; grants: number }> {
  return deps.db.transaction(async (tx) => {
    const ended = await deps.repositories.restoredCopies.end(tx, deps.clock.now())
    await recordEvent(deps, tx, {
      type: 'instance.restored',
      organizationId: 'instance',
      target: 'instance',
      data: { sessions: ended.sessions, grants: ended.grants },
    })
    return ended
  })
}
