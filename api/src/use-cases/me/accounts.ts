import type { AccountView } from '@vestibule/shared/login-step.ts'
import type { Deps } from '../../deps.ts'
import { accountView } from '../login/answer.ts'
import { beginLogin } from '../login/begin-login.ts'
import { selectAccount } from '../login/small-steps.ts'
import { type AccountActor, type AccountHandle, currentAccount, ownRequest } from './current-account.ts'

/** The accounts of this browser, each with its state. */
export const listAccounts = (deps: Deps, { account, accounts }: AccountActor): (AccountView & { current: boolean })[] =>
  accounts.map((known) => ({ ...accountView(deps, known), current: known === account }))

/**
 * The pages of another account of this browser, or the picker (null). It is a sign-in like any other: whatever the engine still wants of
 * that account is asked for on the way. Out: where to go, and the cookie by which the browser is known, when it got one.
 * @throws Problem unauthenticated, not_found
 */
export function switchAccount(
  deps: Deps,
  handle: AccountHandle,
  session: string | null,
): Promise<{ to: string; known?: string | undefined }> {
  const { deviceToken } = handle
  return deps.db.transaction(async (tx) => {
    await currentAccount(deps, handle, tx)
    const beginning = await beginLogin(deps, {
      deviceToken,
      knownToken: null,
      trustToken: null,
      userAgent: '',
      application: null,
      parameters: ownRequest(deps.settings.issuer, ['select_account']),
      organizationId: deps.home,
    })
    if (beginning.kind === 'redirect') return { to: beginning.redirect.to }
    const { request } = beginning
    const { redirect, known } = session === null ? {} : await selectAccount(deps, { deviceToken, request }, session)
    return { to: redirect?.to ?? `/login/${request}`, known }
  })
}
