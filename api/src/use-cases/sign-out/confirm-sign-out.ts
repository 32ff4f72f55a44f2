import type { AccountView } from '@vestibule/shared/login-step.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps, KnownAccount } from '../../deps.ts'
import { isId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { accountView } from '../login/answer.ts'
import { endSessions } from './end-sessions.ts'
import { farewellPath, framesOf } from './farewell.ts'

type Input = { deviceToken: string | null; request: string; session: string }

export type ConfirmedSignOut = {
  redirect: { uri: string; state: string | null } | null
  /** The page of ours that comes first, where applications are told in the browser. */
  farewell: string | null
  remaining: AccountView[]
}

/**
 * The person's answer on the confirmation page: one account or all of this browser. Once, and only in the browser that was asked.
 * @throws Problem request_not_found, request_finished, request_expired
 */
export function confirmSignOut(deps: Deps, { deviceToken, request, session }: Input): Promise<ConfirmedSignOut> {
  const { repositories, db } = deps
  const now = deps.clock.now()
  return db.transaction(async (tx) => {
    if (!isId('out', request)) throw new Problem('request_not_found')
    const browser = await repositories.devices.findWithAccounts(tokenHash(deviceToken ?? ''), null, tx)
    const pending = browser && (await repositories.logoutRequests.find(request, browser.device.id, tx))
    if (!pending) throw new Problem('request_not_found')
    if (pending.finishedAt !== null) throw new Problem('request_finished')
    if (pending.expiresAt <= now) throw new Problem('request_expired')
    const live = browser.accounts.filter((account) => account.session.endedAt === null)
    const ending = session === 'all' ? live : live.filter((account) => account.session.id === session)
    if (ending.length === 0) throw new Problem('not_found')
    const { parties } = await endSessions(deps, tx, ending, { keepOffline: true })
    const frames = framesOf(parties)
    if (!(await repositories.logoutRequests.finish(tx, pending.id, now, frames))) throw new Problem('request_expired')
    const { redirectUri, state } = pending
    return {
      redirect: redirectUri === null ? null : { uri: redirectUri, state },
      farewell: frames.length > 0 ? farewellPath(pending.id) : null,
      remaining: remainingOf(deps, live, ending),
    }
  })
}

const remainingOf = (deps: Deps, live: KnownAccount[], ended: KnownAccount[]) =>
  live.filter((account) => !ended.includes(account)).map((account) => accountView(deps, account))
