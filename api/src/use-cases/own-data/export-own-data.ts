import type { OwnData } from '@vestibule/shared/contract/own-data.ts'
import type { Deps } from '../../deps.ts'
import { canonical } from '../../domain/canonical.ts'
import { type Limit, takeAttempt } from '../limits.ts'
import { type AccountHandle, currentAccount } from '../me/current-account.ts'
import { recordEvent } from '../record-event.ts'
import { collectOwnData } from './collect-own-data.ts'

const EXPORTS: Limit = { purpose: 'own_data/exports', most: 20, window: 3600 }

/** No token of ours has this type, so that no signature on a file ever passes for one (RFC 8725, 3.11). */
const TYPE = 'own-data+jws'

/**
 * Everything that is kept of a person, signed with the key of this moment. That it was given out is on record before it is.
 * @throws Problem unauthenticated, account_changed, reauth_required, too_many_attempts
 */
export async function exportOwnData(deps: Deps, handle: AccountHandle): Promise<{ data: OwnData; signature: string }> {
  const { userId } = await deps.db.transaction(async (tx) => {
    const { login } = await currentAccount(deps, handle, tx)
    await takeAttempt(deps, tx, EXPORTS, login.userId)
    const { userId: person, organizationId } = login
    await recordEvent(deps, tx, { type: 'user.exported', organizationId, actor: person, target: person })
    return login
  })
  const data = canonical(await collectOwnData(deps, userId))
  const [header, , signature] = (await deps.keys.sign('ES256', TYPE, data)).split('.')
  return { data, signature: `${header}..${signature}` }
}
