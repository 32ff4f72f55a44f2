import type { Deps } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { type DeadMessage, listDeadMessages } from '../messages/dead-messages.ts'
import { actAsManager, type ManagerHandle } from './manager.ts'

type DeadLetter = Omit<DeadMessage, 'createdAt'> & { createdAt: string }

/** What could not be sent for an organization. @throws Problem as actAsManager */
export async function listDeadLetters(deps: Deps, handle: ManagerHandle, organization: string): Promise<DeadLetter[]> {
  const { owner } = await deps.db.transaction((tx) => actAsManager(deps, tx, handle, organization))
  if (owner === 'instance') throw new Problem('not_found')
  const messages = await listDeadMessages(deps, owner)
  return messages.map((message) => ({ ...message, createdAt: new Date(message.createdAt).toISOString() }))
}
