import type { Deps } from '../../deps.ts'
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '../../domain/application.ts'
import { isForgettable } from '../../domain/signing-keys.ts'
import { recordEvent } from '../record-event.ts'

/** Every process has read a new key after this time, and publishes it. Milliseconds; the job that reads is in jobs/schedule.ts. */
const NOTICED_WITHIN = 3_000

/** A new key is published everywhere this long before its first signature: twice what relying parties may cache. Milliseconds. */
const publishBeforeUse = ({ settings }: Deps) => NOTICED_WITHIN + 2 * settings.keysMaxAge * 1000

/** Makes a key of each algorithm that has none, ready at once: nobody can have cached an empty set for long. */
export async function ensureSigningKeys(deps: Deps): Promise<void> {
  const present = new Set((await deps.repositories.signingKeys.list()).map(({ algorithm }) => algorithm))
  const missing = SIGNING_ALGORITHMS.filter((algorithm) => !present.has(algorithm))
  // several processes may start at once: a second first key does no harm, both are published
  await Promise.all(missing.map((algorithm) => addKey(deps, algorithm, deps.clock.now())))
  await deps.keys.reload()
}

/** A new key of each algorithm, published now and used later; the ones before sign until then. Returns what was made. */
export async function rotateKeys(
  deps: Deps,
): Promise<{ kid: string; algorithm: SigningAlgorithm; usedFrom: number }[]> {
  const usedFrom = deps.clock.now() + publishBeforeUse(deps)
  const made = await Promise.all(SIGNING_ALGORITHMS.map((algorithm) => addKey(deps, algorithm, usedFrom)))
  await forgetOldKeys(deps)
  await deps.keys.reload()
  return made
}

/** Rotates when the newest key is older than the setting. */
export async function rotateWhenDue(deps: Deps): Promise<boolean> {
  const keys = await deps.repositories.signingKeys.list()
  const newest = Math.max(...keys.map(({ usedFrom }) => usedFrom))
  if (newest + deps.settings.keyRotationDays * 86_400_000 > deps.clock.now()) return false
  await rotateKeys(deps)
  return true
}

async function addKey(deps: Deps, algorithm: SigningAlgorithm, usedFrom: number) {
  const key = await deps.keys.generate(algorithm, usedFrom)
  const { kid } = key
  await deps.db.transaction(async (tx) => {
    await deps.repositories.signingKeys.create(tx, key)
    await recordEvent(deps, tx, {
      type: 'signing_key.created',
      organizationId: 'instance',
      target: kid,
      data: { algorithm },
    })
  })
  return { kid, algorithm, usedFrom }
}

async function forgetOldKeys(deps: Deps): Promise<void> {
  const keys = await deps.repositories.signingKeys.list()
  const old = keys.filter((key) => isForgettable(key, keys, deps.clock.now())).map(({ kid }) => kid)
  await deps.db.transaction((tx) => deps.repositories.signingKeys.delete(tx, old))
}
