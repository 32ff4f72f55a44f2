import type { ManagedEvent } from '@vestibule/shared/contract/managed-events.ts'
import type { Deps, StoredEvent } from '../../../deps.ts'
import { isId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { openCursor, type Paging, pageOf } from '../cursor.ts'
import { actAsManager, type ManagerHandle } from '../manager.ts'

type Filter = { user?: string | undefined; since?: string | undefined; until?: string | undefined }

/**
 * What happened in an organization or, without one, on the instance: what is sealed, newest first.
 * @throws Problem as actAsManager, cursor_invalid, invalid_input for a user that can be none
 */
export function listEvents(
  deps: Deps,
  handle: ManagerHandle,
  organization: string | null,
  { limit, after, user, since, until }: Paging & Filter,
): Promise<{ events: ManagedEvent[]; next: string | null }> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, organization)
    if (user !== undefined && !isId('usr', user)) throw new Problem('invalid_input', { fields: { user: ['invalid'] } })
    const list = ['events', owner, user ?? null, since ?? null, until ?? null]
    const key = openCursor(deps, list, after)
    const found = await deps.repositories.events.listPage(tx, {
      owner,
      person: user ?? null,
      since: since === undefined ? null : Date.parse(since),
      until: until === undefined ? null : Date.parse(until),
      before: key,
      most: limit + 1,
    })
    const keyOf = ({ id, sequence }: StoredEvent) => (user === undefined ? String(sequence) : id)
    const { rows, next } = pageOf(deps, list, { rows: found, limit, keyOf })
    return { events: rows.map(viewOf), next }
  })
}

const viewOf = ({ id, at, type, actor, target, data, sequence, hash }: StoredEvent): ManagedEvent => ({
  id,
  at: new Date(at).toISOString(),
  type,
  actor,
  target,
  data,
  sequence: sequence ?? 0,
  hash: hash ?? '',
})
