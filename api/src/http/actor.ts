import type { Settings } from '../settings.ts'
import type { ManagerHandle } from '../use-cases/management/manager.ts'
import type { AccountHandle } from '../use-cases/me/current-account.ts'
import { ACCESS, type Access, type RouteKey } from './access.ts'
import { readDevice } from './cookies.ts'
import type { Http } from './env.ts'

/** Whose pages sent this: another tab may have switched this browser to another account meanwhile. */
const ACCOUNT_HEADER = 'vestibule-account'

/** Who calls a route of the account pages. What is asked of them is what its row of the access table says, and nothing else. */
export function accountHandle(c: Http, settings: Settings): AccountHandle {
  const { assurance, duringGrace }: Access = ACCESS[c.get('visit').route as RouteKey]
  return {
    deviceToken: readDevice(c, settings),
    maxAge: assurance.maxAge,
    duringGrace: duringGrace === true,
    shown: c.req.header(ACCOUNT_HEADER) ?? null,
  }
}

/** Who calls a route of managers, with the permission that its row of the access table names. */
export function managerHandle(c: Http, settings: Settings): ManagerHandle {
  const { needs }: Access = ACCESS[c.get('visit').route as RouteKey]
  if (!needs) throw new Error('a route of managers names no permission')
  return { ...accountHandle(c, settings), needs }
}
