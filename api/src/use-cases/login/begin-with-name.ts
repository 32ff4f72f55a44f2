import type { Deps } from '../../deps.ts'
import type { OrganizationId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { ownRequest } from '../me/current-account.ts'
import { type Arrival, type Beginning, beginLogin } from './begin-login.ts'
import { identify } from './identify.ts'

export type Browser = Pick<Arrival, 'deviceToken' | 'knownToken' | 'trustToken' | 'userAgent'>
type Who = { loginName: string; organizationId: OrganizationId }

/**
 * A login that leads to the account pages, with the name typed already: nobody is asked for what they were just called by. It proves nothing.
 * Where somebody is signed in or may be chosen in this browser, that comes first, as always.
 */
export async function beginWithName(
  deps: Deps,
  browser: Browser,
  { loginName, organizationId }: Who,
): Promise<Beginning> {
  const parameters = ownRequest(deps.settings.issuer, [])
  const beginning = await beginLogin(deps, { ...browser, application: null, parameters, organizationId })
  if (beginning.kind === 'redirect') return beginning
  const deviceToken = beginning.cookie ?? browser.deviceToken
  try {
    await identify(deps, { request: beginning.request, deviceToken }, loginName)
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'wrong_step')) throw error
  }
  return beginning
}
