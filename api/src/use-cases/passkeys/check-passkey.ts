import type { AssertionResponse, Deps, Executor, KnownUser, OwnedCredential, RequestOptions } from '../../deps.ts'
import { isEligible } from '../../domain/login/subject.ts'
import { Problem } from '../../domain/problem.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { proveSession } from '../login/prove-session.ts'
import { renewCookie } from '../login/renew-cookie.ts'
import { NOBODY_YET } from '../login/small-steps.ts'
import { recordEvent } from '../record-event.ts'
import { loginNameOf } from '../users/login-name.ts'
import { type ChallengePlace, createChallenge, spendChallenge } from './challenges.ts'

const placeOf = ({ request, device }: PendingLogin): ChallengePlace => ({
  purpose: 'sign_in',
  flow: request.id,
  userId: null,
  deviceId: device.id,
})

/**
 * What to ask the browser. Nobody is looked up for it, so that it says nothing of anybody; it is good as long as the request is, because the page offers
 * passkeys beside its field all that time.
 * @throws Problem wrong_step
 */
export async function beginPasskeyLogin(deps: Deps, handle: LoginHandle): Promise<RequestOptions> {
  const challenge = await deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx, { lock: 'unread' })
    mustPermit(login, 'check_passkey')
    return createChallenge(deps, tx, placeOf(login), login.request.expiresAt)
  })
  return deps.webauthn.requestOptions(challenge)
}

type Input = { credential: AssertionResponse; staySignedIn: boolean }
type Spent = { challenge: string; known: OwnedCredential | null }

/**
 * The passkey check, for whoever it turns out to be: two factors at once. The challenge is spent first, then the answer is verified outside any
 * transaction, and last everything is read anew. A lock after failures closes none of this: a passkey can not be guessed.
 * @throws Problem challenge_over, passkey_unknown, passkey_refused, wrong_step
 */
export async function checkPasskey(deps: Deps, handle: LoginHandle, input: Input): Promise<LoginOutcome> {
  const { credential } = input
  const { challenge, known } = await deps.db.transaction((tx) => spend(deps, tx, handle, credential))
  if (!known) throw new Problem('passkey_unknown')
  const assertion = await deps.webauthn.verifyAssertion(credential, known, { challenge, requireUserVerification: true })
  // who answers without being named says whose it is (WebAuthn Level 3, 7.2 step 6)
  const isTheirs = known.userHandle !== null && credential.response.userHandle === known.userHandle
  if (!assertion || !isTheirs || known.type !== 'passkey') throw new Problem('passkey_refused')
  return deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx, { lock: 'unread' })
    mustPermit(login, 'check_passkey')
    const person = await mustBeWelcome(deps, tx, login, known)
    const persistent = login.device.persistent || input.staySignedIn
    const cookie = await renewCookie(deps, tx, login.device, handle.deviceToken, persistent)
    const now = deps.clock.now()
    // another use at the same count, or gone meanwhile
    const { counter, isBackedUp } = assertion
    if (!(await deps.repositories.webauthnCredentials.markUsed(tx, known, { counter, isBackedUp, now })))
      throw new Problem('passkey_refused')
    const check = { factor: 'passkey', at: now, userVerified: true, credential: known.id } as const
    const { user, policy } = person
    const account = login.accounts.find((one) => one.user.id === user.id)
    const loginName = account?.loginName ?? (await loginNameOf(deps, user.id, tx))
    const sessionId = await proveSession(deps, tx, login, { userId: user.id, loginName, policy, check })
    await recordEvent(deps, tx, {
      type: 'user.signed_in',
      organizationId: user.organizationId,
      actor: user.id,
      target: sessionId,
      data: { factor: 'passkey', credential: known.id },
    })
    return { ...(await advance(deps, tx, login, { ...NOBODY_YET, sessionId }, cookie.token)), cookie }
  })
}

async function spend(deps: Deps, tx: Executor, handle: LoginHandle, answer: AssertionResponse): Promise<Spent> {
  const login = await loadLogin(deps, handle, tx, { lock: 'unread' })
  mustPermit(login, 'check_passkey')
  const challenge = await spendChallenge(deps, tx, placeOf(login), answer)
  return { challenge, known: await deps.repositories.webauthnCredentials.find(answer.id, tx) }
}

/**
 * Whose passkey it is, where they may finish this request. Once it is said whom the login is about, nobody else's counts.
 * @throws Problem passkey_refused
 */
async function mustBeWelcome(
  deps: Deps,
  tx: Executor,
  { step, subject, facts }: PendingLogin,
  { userId }: OwnedCredential,
): Promise<KnownUser> {
  const person = await deps.repositories.users.findFacts(userId, tx)
  const isNamed = step.kind === 'first_factor' || step.kind === 'second_factor'
  const isMeant = person !== null && isEligible(person.user, facts.request)
  if (!isMeant || !person.policy.allowPasskey || (isNamed && subject?.user?.id !== userId))
    throw new Problem('passkey_refused')
  return person
}
