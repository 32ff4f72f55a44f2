import { tokenHash } from '../../crypto/token.ts'
import type { CreationOptions, Deps, Executor, KnownAccount, RegistrationResponse } from '../../deps.ts'
import type { SessionId } from '../../domain/ids.ts'
import { isUsable } from '../../domain/login/subject.ts'
import { mayUpgrade } from '../../domain/login/upgrade.ts'
import { Problem } from '../../domain/problem.ts'
import { UPGRADE_LIFETIME } from '../../domain/webauthn.ts'
import type { LoginOutcome } from '../login/advance.ts'
import { type ChallengePlace, createChallenge, spendChallenge } from './challenges.ts'
import { keepPasskey } from './keep-passkey.ts'

/** What a browser is asked that may make a passkey by itself. `session` opens nothing. */
export type Upgrade = { session: SessionId; options: CreationOptions }
type Begun = { account: KnownAccount; challenge: string; userHandle: string }

/** Never part of a login that wants more: only where a password has just let somebody out of it. Null: it may not be. */
export async function beginUpgrade(deps: Deps, tx: Executor, { login, redirect }: LoginOutcome): Promise<Begun | null> {
  const { step, accounts, facts, device } = login
  const account = accounts.find(({ session }) => step.kind === 'complete' && session.id === step.sessionId)
  if (redirect === null || !account || !mayUpgrade(account, facts)) return null
  const made = deps.randomBytes(32).toString('base64url')
  return {
    account,
    userHandle: await deps.repositories.webauthnCredentials.handleOf(tx, account.user.id, made),
    challenge: await createChallenge(deps, tx, placeOf(account, device), deps.clock.now() + UPGRADE_LIFETIME),
  }
}

const placeOf = ({ session, user }: KnownAccount, device: { id: ChallengePlace['deviceId'] }): ChallengePlace => ({
  purpose: 'upgrade',
  flow: session.id,
  userId: user.id,
  deviceId: device.id,
})

/** It has none, so nothing is left out. */
export async function askForUpgrade(deps: Deps, { account, challenge, userHandle }: Begun): Promise<Upgrade> {
  const { loginName, displayName, organizationName, session } = account
  const person = { handle: userHandle, name: loginName, displayName }
  const question = { challenge, known: [] }
  const options = await deps.webauthn.creationOptions('silent_passkey', organizationName, person, question)
  return { session: session.id, options }
}

type Answer = { deviceToken: string | null; session: string; credential: RegistrationResponse }

/**
 * The passkey that a browser made by itself, in the session whose password let it. Nobody was verified, so that it is no check: it counts from its first
 * use on. Its owner is told. The challenge is spent first, then the answer is verified outside any transaction, and last everything is read anew.
 * @throws Problem challenge_over (also where the session is over, or another browser's), passkey_refused, forbidden
 */
export async function upgrade(deps: Deps, { credential, ...whose }: Answer): Promise<void> {
  const { challenge, account: asked } = await deps.db.transaction(async (tx) => {
    const { account, place } = await mustBeHere(deps, tx, whose)
    return { account, challenge: await spendChallenge(deps, tx, place, credential) }
  })
  const expected = { challenge, requireUserVerification: false, requireUserPresence: false }
  const made = await deps.webauthn.verifyRegistration(credential, expected)
  if (!made) throw new Problem('passkey_refused')
  await deps.db.transaction(async (tx) => {
    const { account } = await mustBeHere(deps, tx, whose)
    if (account.user.id !== asked.user.id) throw new Problem('challenge_over')
    if (!mayUpgrade(account, { now: deps.clock.now() })) throw new Problem('forbidden')
    await keepPasskey(deps, tx, account.user, made, { way: 'upgrade' })
  })
}

/** A session of this browser that counts. @throws Problem challenge_over */
async function mustBeHere(deps: Deps, tx: Executor, { deviceToken, session }: Omit<Answer, 'credential'>) {
  const hash = tokenHash(deviceToken ?? '')
  const browser = await deps.repositories.devices.findWithAccounts(hash, null, tx)
  const account = browser?.accounts.find((one) => one.session.id === session)
  if (!browser || !account || !isUsable(account, deps.clock.now())) throw new Problem('challenge_over')
  return { account, place: placeOf(account, browser.device) }
}
