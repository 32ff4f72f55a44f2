import type { Deps } from '../../deps.ts'
import { SIGNING_ALGORITHMS } from '../../domain/application.ts'
import { signingKeyAt } from '../../domain/signing-keys.ts'
import { type Finding, fault, ok, warning } from './finding.ts'

/** Whether the master key opens the signing keys, and there is one of each algorithm to sign with now. */
export async function checkKeys(deps: Deps): Promise<Finding> {
  const keys = await deps.repositories.signingKeys.list()
  if (keys.length === 0) return warning('keys: there are none yet; the first start makes them')
  try {
    await deps.keys.reload()
  } catch {
    return fault('keys: the master key does not open the signing keys; it is not the one they were made with')
  }
  const without = SIGNING_ALGORITHMS.filter((algorithm) => !signingKeyAt(keys, algorithm, deps.clock.now()))
  if (without.length > 0) return fault(`keys: nothing can be signed with ${without.join(', ')} now`)
  return ok(`keys: the master key opens all ${keys.length} signing keys`)
}
