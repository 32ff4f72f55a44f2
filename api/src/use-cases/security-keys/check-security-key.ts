import type { AssertionResponse, Deps, Executor, OwnedCredential, RequestOptions } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { addSecondCheck, mustAskFor, trustingOf } from '../factors/add-second-check.ts'
import type { LoginOutcome } from '../login/advance.ts'
import { type LoginHandle, loadLogin, type PendingLogin } from '../login/load-login.ts'
import { type ChallengePlace, createChallenge, spendChallenge } from '../passkeys/challenges.ts'

/** The login that waits for a key of one person. A lock after failures closes none of this: a key can not be guessed. */
async function mustAskForKey(deps: Deps, tx: Executor, handle: LoginHandle) {
  const login = await loadLogin(deps, handle, tx, { lock: 'unread' })
  mustAskFor(login, 'security_key')
  const userId = login.subject!.user!.id
  return { login, userId, place: placeOf(login, userId) }
}

const placeOf = ({ request, device }: PendingLogin, userId: UserId): ChallengePlace => ({
  purpose: 'second_factor',
  flow: request.id,
  deviceId: device.id,
  userId,
})

/** What to ask the browser: one of the keys of whoever gave the first proof. @throws Problem wrong_step */
export async function beginKeyCheck(deps: Deps, handle: LoginHandle): Promise<RequestOptions> {
  const { challenge, keys } = await deps.db.transaction(async (tx) => {
    const { userId, place } = await mustAskForKey(deps, tx, handle)
    const held = await deps.repositories.webauthnCredentials.listOfUser(userId, tx)
    const keys = held.filter(({ type }) => type === 'security_key')
    return { keys, challenge: await createChallenge(deps, tx, place) }
  })
  return deps.webauthn.requestOptions(challenge, keys)
}

type Input = { credential: AssertionResponse; trustDevice: boolean; userAgent: string }

/**
 * The second proof by a security key. The challenge is spent first, then the answer is verified outside any transaction, and last everything is read anew. Which
 * of the things that were wrong it was is not said.
 * @throws Problem challenge_over, security_key_refused, wrong_step
 */
export async function checkKey(deps: Deps, handle: LoginHandle, input: Input): Promise<LoginOutcome> {
  const { credential: answer } = input
  const trusting = await trustingOf(input)
  const { challenge, known, userId } = await deps.db.transaction(async (tx) => {
    const { userId, place } = await mustAskForKey(deps, tx, handle)
    const spent = await spendChallenge(deps, tx, place, answer)
    return { userId, challenge: spent, known: await deps.repositories.webauthnCredentials.find(answer.id, tx) }
  })
  if (!known || !isKeyOf(userId, known, answer)) throw new Problem('security_key_refused')
  const asked = { challenge, requireUserVerification: false }
  const assertion = await deps.webauthn.verifyAssertion(answer, known, asked)
  if (!assertion) throw new Problem('security_key_refused')
  return deps.db.transaction(async (tx) => {
    const { login, userId: now } = await mustAskForKey(deps, tx, handle)
    const use = { ...assertion, now: deps.clock.now() }
    // somebody else is asked by now; another use at the same count, or gone meanwhile
    if (now !== userId || !(await deps.repositories.webauthnCredentials.markUsed(tx, known, use)))
      throw new Problem('security_key_refused')
    return addSecondCheck(deps, tx, handle, login, { factor: 'security_key', credential: known.id }, { trusting })
  })
}

/** Whoever was named holds it, and whoever answers says nobody else's name (WebAuthn Level 3, 7.2 step 6). */
function isKeyOf(userId: UserId, known: OwnedCredential, { response: { userHandle } }: AssertionResponse): boolean {
  const isTheirs = userHandle === undefined || userHandle === known.userHandle
  return known.type === 'security_key' && known.userId === userId && isTheirs
}
