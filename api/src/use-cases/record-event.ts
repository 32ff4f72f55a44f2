import type { Deps, Executor } from '../deps.ts'
import type { Event } from '../domain/events.ts'
import { isId, newId, type UserId } from '../domain/ids.ts'

type Happening = Omit<Event, 'id' | 'at' | 'actor' | 'target' | 'person' | 'data'> &
  Partial<Pick<Event, 'actor' | 'target' | 'person' | 'data'>>

/**
 * Appends to the log in the transaction of the change, so that one is never there without the other. Whom it is about need be said only
 * where neither target nor actor is that person.
 */
export async function recordEvent(deps: Deps, tx: Executor, happening: Happening): Promise<void> {
  const { clock, randomBytes, countEvent: count, repositories } = deps
  const id = newId('evt', { now: clock.now, randomBytes, count })
  const { actor = null, target = null, data = {}, person = personOf(target, actor), ...rest } = happening
  await repositories.events.append(tx, { ...rest, actor, target, person, data, id, at: clock.now() })
}

const personOf = (...ids: (string | null)[]): UserId | null =>
  ids.find((id): id is UserId => id !== null && isId('usr', id)) ?? null
