import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import type { ManagerHandle } from './manager.ts'

/** How long the answer to a named change is kept. Milliseconds. */
const KEPT = 86_400_000

/**
 * A change with a name happens once: the name is written in the transaction of the change, by one conditional insert, together with the
 * answer, which whoever asks again gets. Another one that comes at the same time waits for this transaction. A change that is refused or fails
 * leaves its name free. The answer may hold a secret, so it is kept in a box.
 * @throws Problem idempotency_key_reused where the same manager gave the name to another request
 */
export async function once<T>(
  { repositories, clock, box }: Deps,
  tx: Executor,
  { manager, name }: { manager: UserId | null; name: ManagerHandle['once'] },
  work: () => Promise<T>,
): Promise<T> {
  if (!name) return work()
  const id = tokenHash(`${manager} ${name.key}`)
  const place = `idempotency key ${id}`
  const now = clock.now()
  const row = { id, requestHash: name.requestHash, expiresAt: now + KEPT }
  if (await repositories.idempotencyKeys.claim(tx, row, now)) {
    const answer = await work()
    await repositories.idempotencyKeys.keepAnswer(tx, id, box.seal(JSON.stringify(answer), place))
    return answer
  }
  const known = await repositories.idempotencyKeys.find(tx, id)
  if (known?.answer == null || known.requestHash !== name.requestHash) throw new Problem('idempotency_key_reused')
  return JSON.parse(box.open(known.answer, place)) as T
}
