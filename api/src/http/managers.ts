import type { Output, Route } from '@vestibule/shared/contract/route.ts'
import type { Deps } from '../deps.ts'
import { mayManage } from '../use-cases/management/change.ts'
import type { ManagerHandle } from '../use-cases/management/manager.ts'
import { managerHandle } from './actor.ts'
import type { Http } from './env.ts'
import { type Input, implement } from './implement.ts'
import type { Mount } from './mount.ts'

/**
 * Ties a use-case of managers to its record of the contract. Whoever may not is told so before anything of the body is read, and the use-case
 * asks again in its own transaction.
 */
export const forManagers =
  (mount: Mount, deps: Deps) =>
  <R extends Route & { getRoutingPath(): string }>(route: R) =>
  (handler: (who: ManagerHandle, input: Input<R>) => Promise<Output<R>>): void => {
    const callers = new WeakMap<Http, ManagerHandle>()
    const identify = async (params: { organization?: string }, c: Http) => {
      const who = await managerHandle(c, deps)
      if (route.request?.body) await mayManage(deps, who, params.organization ?? null)
      callers.set(c, who)
    }
    implement(mount, route, identify)((input, c) => handler(callers.get(c)!, input))
  }
