import {
  defaultPolicy,
  POLICY_KINDS,
  type PolicyKind,
  type PolicyOf,
  type Resolved,
} from '@vestibule/shared/policies.ts'
import type { Deps, Executor } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { differencesOf } from '../configuration/difference.ts'
import { forgetFaces } from '../face.ts'
import { recordEvent } from '../record-event.ts'
import { endOverdueTrust } from '../trusted-devices/end-overdue-trust.ts'
import { changeAsManager } from './change.ts'
import { actAsManager, type Manager, type ManagerHandle, type Owner } from './manager.ts'

/** Which policy; without an organization it is the instance's. Both come from the address. */
type Place = { organization: string | null; kind: string }

function kindOf(name: string): PolicyKind {
  const kind = POLICY_KINDS.find((known) => known === name)
  if (!kind) throw new Problem('not_found')
  return kind
}

const resolve = ({ repositories }: Deps, kind: PolicyKind, owner: Owner, tx: Executor) =>
  repositories.policies.resolve(kind, owner === 'instance' ? null : owner, tx)

/** The policy that counts there, and whose it is. @throws Problem as actAsManager, and not_found for another kind */
export function getPolicy(deps: Deps, handle: ManagerHandle, place: Place): Promise<Resolved<PolicyKind>> {
  return deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, handle, place.organization)
    return resolve(deps, kindOf(place.kind), owner, tx)
  })
}

/**
 * An own policy, whole, or with null none any more; it counts from the next request on. `read` says what was sent, and is asked only for
 * whoever may. @throws Problem as getPolicy, reauth_required, and what `read` throws
 */
export async function setPolicy(
  deps: Deps,
  handle: ManagerHandle,
  place: Place,
  read: ((kind: PolicyKind) => PolicyOf<PolicyKind>) | null,
): Promise<Resolved<PolicyKind>> {
  const resolved = await changeAsManager(deps, handle, place.organization, async (tx, { owner, manager }) => {
    const kind = kindOf(place.kind)
    const before = await resolve(deps, kind, owner, tx)
    const { policies } = deps.repositories
    if (kind === 'login') await endOverdueTrust(deps, tx, owner)
    if (read) await policies.set(tx, { owner, kind, value: read(kind), updatedAt: deps.clock.now() })
    else await policies.remove(tx, { owner, kind })
    if (kind === 'login') await endOverdueTrust(deps, tx, owner)
    const after = await resolve(deps, kind, owner, tx)
    await recordChange(deps, tx, { manager, owner, kind, before, after })
    return after
  })
  forgetFaces(deps)
  return resolved
}

type Change = {
  manager: Manager
  owner: Owner
  kind: PolicyKind
  before: Resolved<PolicyKind>
  after: Resolved<PolicyKind>
}

/** Which members changed, and whose policy counts now; nothing where all is as it was. */
async function recordChange(deps: Deps, tx: Executor, { manager, owner, kind, before, after }: Change): Promise<void> {
  const changed = differencesOf({ ...defaultPolicy(kind), ...before.value }, after.value).map(({ name }) => name)
  if (changed.length === 0 && before.source === after.source) return
  await recordEvent(deps, tx, {
    type: 'policy.changed',
    organizationId: owner,
    actor: manager.id,
    target: owner,
    data: { policy: kind, changed, source: after.source },
  })
}
