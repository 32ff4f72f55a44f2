import type { PasskeyLink, PasskeyLinkState } from '@vestibule/shared/contract/passkey-link.ts'
import { qrCodeOf } from '../../crypto/qr-code.ts'
import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import { PASSKEY_LINK_LIFETIME } from '../../domain/one-time-link.ts'
import { type AccountActor, type AccountHandle, currentAccount } from '../me/current-account.ts'
import { recordEvent } from '../record-event.ts'
import { mustHaveRoom } from './keep-passkey.ts'

/** The token stands behind the #, so it reaches no server, log or referrer. */
const LINK_PATH = '/passkey-link#'
const PURPOSE = 'enroll_passkey'

const secondsUntil = ({ clock }: Deps, end: number) => Math.max(0, Math.ceil((end - clock.now()) / 1000))

/**
 * A link by which another device makes a passkey of this account, once and within ten minutes. It opens as much as a password, so it dies with
 * everything that ends those, and with this session. A new one ends the one before.
 * @throws Problem unauthenticated, account_changed, reauth_required; forbidden where the organization wants no passkeys; too_many
 */
export function createPasskeyLink(deps: Deps, handle: AccountHandle): Promise<PasskeyLink> {
  return deps.db.transaction(async (tx) => {
    const { account, login } = await currentAccount(deps, handle, tx)
    await mustHaveRoom(deps, tx, account)
    const token = newToken('one_time_link', deps.randomBytes)
    const now = deps.clock.now()
    const expiresAt = now + PASSKEY_LINK_LIFETIME
    const of = { purpose: PURPOSE, userId: login.userId, sessionId: login.sessionId } as const
    await deps.repositories.oneTimeLinks.create(tx, { ...of, tokenHash: tokenHash(token), createdAt: now, expiresAt })
    await recordLink(deps, tx, 'user.passkey_link_created', login)
    const link = deps.settings.issuer + LINK_PATH + token
    return { link, qr: qrCodeOf(link), endsIn: secondsUntil(deps, expiresAt) }
  })
}

/** How the link of this session stands. @throws Problem unauthenticated, account_changed */
export async function passkeyLinkState(deps: Deps, handle: AccountHandle): Promise<PasskeyLinkState> {
  const { login } = await currentAccount(deps, handle)
  const link = await deps.repositories.oneTimeLinks.findOfSession(login.sessionId, PURPOSE)
  const endsIn = link ? secondsUntil(deps, link.expiresAt) : 0
  if (link?.consumedAt != null) return { state: 'used', endsIn: 0 }
  return { state: endsIn > 0 ? 'open' : 'none', endsIn }
}

/** It opens nothing any more. @throws Problem unauthenticated, account_changed */
export function cancelPasskeyLink(deps: Deps, handle: AccountHandle): Promise<PasskeyLinkState> {
  return deps.db.transaction(async (tx) => {
    const { login } = await currentAccount(deps, handle, tx)
    const links = await deps.repositories.oneTimeLinks.deleteFor(tx, login.userId, PURPOSE)
    const wasOpen = links.some(({ consumedAt, expiresAt }) => consumedAt === null && expiresAt > deps.clock.now())
    if (wasOpen) await recordLink(deps, tx, 'user.passkey_link_cancelled', login)
    return { state: 'none', endsIn: 0 }
  })
}

type Made = 'user.passkey_link_created' | 'user.passkey_link_cancelled'

const recordLink = (
  deps: Deps,
  tx: Executor,
  type: Made,
  { userId, organizationId }: AccountActor['login'],
): Promise<void> => recordEvent(deps, tx, { type, organizationId, actor: userId, target: userId })
