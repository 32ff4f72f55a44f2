import { tokenHash } from '../crypto/token.ts'
import type { Deps } from '../deps.ts'
import { CHAIN_START, sealedText } from '../domain/event-chain.ts'

/** Events a transaction may seal: so few that nobody waits for it. */
const BATCH = 200

/**
 * Chains the events of each organization, all that are waiting, outside the transactions that wrote them: the head of a chain would be
 * a row that every sign-in of an organization waits for. Returns how many were sealed.
 */
export async function sealEvents(deps: Deps): Promise<number> {
  let sealed = 0
  let went: number
  do {
    went = await sealBatch(deps)
    sealed += went
    // requests come in between
    await new Promise((resolve) => setImmediate(resolve))
  } while (went === BATCH)
  return sealed
}

function sealBatch(deps: Deps): Promise<number> {
  const { events } = deps.repositories
  return deps.db.transaction(async (tx) => {
    const unsealed = await events.listUnsealed(tx, BATCH)
    const heads = new Map<string, { sequence: number; hash: string }>()
    for (const event of unsealed) {
      const head = heads.get(event.organizationId) ?? (await headOf(event.organizationId))
      const sequence = head.sequence + 1
      const hash = tokenHash(sealedText(event, sequence, head.hash))
      await events.seal(tx, event.id, sequence, hash)
      heads.set(event.organizationId, { sequence, hash })
    }
    return unsealed.length

    async function headOf(organizationId: string) {
      const last = await events.findLastSealed(tx, organizationId)
      return { sequence: last?.sequence ?? 0, hash: last?.hash ?? CHAIN_START }
    }
  })
}

/** Walks every chain. Returns the first event of each that does not fit. */
export async function findBrokenChains(deps: Deps): Promise<{ organizationId: string; sequence: number }[]> {
  const { events } = deps.repositories
  const broken: { organizationId: string; sequence: number }[] = []
  for (const organizationId of await events.listChains()) {
    let previous = CHAIN_START
    let expected = 1
    for (
      let batch = await events.listSealed(organizationId, 1, 500);
      batch.length > 0;
      batch = await events.listSealed(organizationId, expected, 500)
    ) {
      const wrong = batch.find((event) => {
        const fits = event.sequence === expected && event.hash === tokenHash(sealedText(event, expected, previous))
        if (!fits) return true
        previous = event.hash!
        expected++
        return false
      })
      if (!wrong) continue
      broken.push({ organizationId, sequence: expected })
      break
    }
  }
  return broken
}
