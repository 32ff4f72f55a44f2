import type { Deps, Executor } from '../../deps.ts'
import { actAsManager, type Manager, type ManagerHandle, type Owner } from './manager.ts'
import { once } from './once.ts'

type Acting = { manager: Manager; owner: Owner }

/**
 * What a manager changes, in one transaction with who may, and once where the caller gave it a name. Out: what is answered, as JSON holds it.
 * @throws Problem as actAsManager and once, and what `work` throws
 */
export function changeAsManager<T>(
  deps: Deps,
  handle: ManagerHandle,
  organization: string | null,
  work: (tx: Executor, acting: Acting) => Promise<T>,
): Promise<T> {
  return deps.db.transaction(async (tx) => {
    const acting = await actAsManager(deps, tx, handle, organization)
    return once(deps, tx, { manager: acting.manager.id, name: handle.once }, () => work(tx, acting))
  })
}

/** Whether they may, asked before anything of what they sent is looked at. @throws Problem as actAsManager */
export async function mayManage(deps: Deps, handle: ManagerHandle, organization: string | null): Promise<void> {
  await deps.db.transaction((tx) => actAsManager(deps, tx, handle, organization))
}
