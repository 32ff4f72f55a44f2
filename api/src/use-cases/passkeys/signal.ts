import type { Signal } from '@vestibule/shared/contract/own-passkeys.ts'
import type { Deps, KnownAccount, OwnedCredential } from '../../deps.ts'

/** What a browser may be told of everything that this person holds, passkeys and security keys: what is not named would be forgotten. */
export function signalOf(
  { webauthn }: Deps,
  { loginName, displayName }: KnownAccount,
  all: readonly OwnedCredential[],
): Signal | null {
  const userId = all[0]?.userHandle ?? null
  if (userId === null) return null
  const credentialIds = all.map(({ credentialId }) => credentialId)
  return { rpId: webauthn.rpID, userId, credentialIds, name: loginName, displayName }
}
