import type { AccountPage } from '@vestibule/shared/account-pages.ts'
import type { Deps } from '../../deps.ts'
import { STEP_UP_MAX_AGE } from '../../domain/auth-request.ts'
import { beginLogin } from '../login/begin-login.ts'
import { type AccountHandle, currentAccount, ownRequest } from './current-account.ts'

/**
 * The person whose pages these are proves it once more: a request of our own that only they can finish, by the same engine as every
 * sign-in, and that leads back to the page it began at. Out: where to go; straight back when the last proof is young enough.
 * @throws Problem unauthenticated
 */
export function stepUp(deps: Deps, handle: AccountHandle, returnTo: AccountPage): Promise<string> {
  return deps.db.transaction(async (tx) => {
    const { account } = await currentAccount(deps, handle, tx)
    const beginning = await beginLogin(deps, {
      deviceToken: handle.deviceToken,
      knownToken: null,
      trustToken: null,
      userAgent: '',
      application: null,
      parameters: ownRequest(deps.settings.issuer, [], { maxAge: STEP_UP_MAX_AGE, subject: account.user.subject }),
      organizationId: deps.home,
      returnTo,
    })
    return beginning.kind === 'redirect' ? beginning.redirect.to : `/login/${beginning.request}`
  })
}
