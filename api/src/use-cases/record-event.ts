import type { Deps, Executor } from '../deps.ts'
import type { Event } from '../domain/events.ts'
import { newId } from '../domain/ids.ts'

type Happening = Omit<Event, 'id' | 'at' | 'actor' | 'target' | 'data'> &
  Partial<Pick<Event, 'actor' | 'target' | 'data'>>

/** Appends to the log in the transaction of the change, so that one is never there without the other. */
export async function recordEvent(deps: Deps, tx: Executor, happening: Happening): Promise<void> {
  const { clock, randomBytes, repositories } = deps
  const id = newId('evt', { now: clock.now, randomBytes })
  await repositories.events.append(tx, { actor: null, target: null, data: {}, ...happening, id, at: clock.now() })
}
