import type { OwnPasskey, OwnPasskeys } from '@vestibule/shared/contract/own-passkeys.ts'
import type { Deps, Executor, OwnedCredential } from '../../deps.ts'
import { modelOf } from '../../domain/authenticator-models.ts'
import { type CredentialId, isId, type SessionId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { mayRemovePasskey } from '../../domain/webauthn.ts'
import { noteFactor } from '../factors/note-factor.ts'
import { type AccountActor, type AccountHandle, currentAccount, currentHolder } from '../me/current-account.ts'
import { endSessions } from '../sign-out/end-sessions.ts'
import { signalOf } from './signal.ts'

/** The passkeys of whoever is signed in, and what their browser may be told of them. */
export async function passkeysOf(deps: Deps, { account }: AccountActor, tx?: Executor): Promise<OwnPasskeys> {
  const all = await deps.repositories.webauthnCredentials.listOfUser(account.user.id, tx)
  const held = all.filter(({ type }) => type === 'passkey')
  const isRemovable = mayRemovePasskey(account, held.length)
  return {
    isAllowed: account.policy.allowPasskey,
    passkeys: held.map((one) => passkeyView(one, isRemovable)),
    signal: signalOf(deps, account, all),
  }
}

function passkeyView(one: OwnedCredential, isRemovable: boolean): OwnPasskey {
  const { id, label, aaguid, isBackedUp, createdAt, lastUsedAt } = one
  return {
    id,
    label,
    model: modelOf(aaguid),
    isSynced: isBackedUp,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
    isRemovable,
  }
}

/** What its owner calls it from now on; null: as its model is called. @throws Problem unauthenticated, account_changed, not_found */
export function renamePasskey(
  deps: Deps,
  handle: AccountHandle,
  { id, label }: { id: string; label: string | null },
): Promise<OwnPasskeys> {
  return deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const name = label?.trim() || null
    if (!isId('crd', id) || !(await deps.repositories.webauthnCredentials.rename(tx, id, actor.login.userId, name)))
      throw new Problem('not_found')
    return passkeysOf(deps, actor, tx)
  })
}

/**
 * Takes a passkey away, where another way in remains. It opens nothing any more: every other session that rests on it ends.
 * @throws Problem unauthenticated, account_changed, reauth_required, not_found, last_way
 */
export function removePasskey(deps: Deps, handle: AccountHandle, id: string): Promise<OwnPasskeys> {
  return deps.db.transaction(async (tx) => {
    const actor = await currentHolder(deps, handle, tx)
    const { user } = actor.account
    const held = await deps.repositories.webauthnCredentials.listOfUser(user.id, tx)
    const passkeys = held.filter(({ type }) => type === 'passkey')
    if (!isId('crd', id) || !passkeys.some((one) => one.id === id)) throw new Problem('not_found')
    if (!mayRemovePasskey(actor.account, passkeys.length)) throw new Problem('last_way')
    await deps.repositories.webauthnCredentials.remove(tx, id, user.id)
    await endSessionsOf(deps, tx, actor, id)
    await deps.repositories.trustedDevices.removeOfUser(tx, user.id)
    await noteFactor(deps, tx, user, { happened: 'removed', factor: 'passkey', credential: id })
    return passkeysOf(deps, actor, tx)
  })
}

async function endSessionsOf(deps: Deps, tx: Executor, { login, account }: AccountActor, credential: CredentialId) {
  const live = await deps.repositories.sessions.listLiveOfUser(login.userId, deps.clock.now(), tx)
  const resting = live.filter(
    ({ session }) => session.id !== login.sessionId && session.checks.some((check) => check.credential === credential),
  )
  const endings = resting.map(({ session }) => ({ session: { id: session.id as SessionId }, user: account.user }))
  await endSessions(deps, tx, endings, { keepOffline: false })
}
