import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Device, Executor, KnownAccount } from '../../deps.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type { CompletedLogin } from '../../domain/login/steps.ts'
import { Problem } from '../../domain/problem.ts'
import { ACCOUNT_PATH } from '../login/advance.ts'
import { contextOf, untouched } from '../login/context.ts'

/** Somebody who is signed in, by the same function that lets a code be issued. */
export type AccountActor = {
  login: CompletedLogin
  account: KnownAccount
  device: Device
  accounts: readonly KnownAccount[]
}

/** What the account pages ask of a login: an authorization request of our own. */
export const ownRequest = (
  issuer: string,
  prompts: AuthRequestParameters['prompts'],
  uiLocales: string[] = [],
): AuthRequestParameters => ({
  issuer,
  redirectUri: issuer + ACCOUNT_PATH,
  responseMode: 'query',
  scopes: [],
  state: null,
  nonce: null,
  codeChallenge: null,
  prompts,
  maxAge: null,
  loginHint: null,
  subject: null,
  requiredAssurance: null,
  claims: null,
  uiLocales,
})

/** Whoever the account pages of this browser belong to now, or null. Nothing is remembered: the engine is asked each time. */
export async function findCurrentAccount(
  deps: Deps,
  deviceToken: string | null,
  tx?: Executor,
): Promise<AccountActor | null> {
  if (!deviceToken) return null
  const browser = await deps.repositories.devices.findWithAccounts(tokenHash(deviceToken), null, tx)
  const chosen = browser?.device.accountSessionId
  if (!browser || !chosen) return null
  const parameters = ownRequest(deps.settings.issuer, ['none'])
  const situation = { ...browser, application: null, parameters, organizationId: null }
  const { step } = contextOf(deps, situation, { ...untouched(deps.clock.now()), chosen })
  const account = browser.accounts.find(({ session }) => session.id === chosen)
  return step.kind === 'complete' && account ? { ...browser, login: step, account } : null
}

/** @throws Problem unauthenticated */
export async function currentAccount(deps: Deps, deviceToken: string | null, tx?: Executor): Promise<AccountActor> {
  const actor = await findCurrentAccount(deps, deviceToken, tx)
  if (!actor) throw new Problem('unauthenticated')
  return actor
}
