import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { DeviceId, UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { CHALLENGE_LIFETIME, type ChallengeFlow, type ChallengePurpose } from '../../domain/webauthn.ts'

/** What a challenge is for, whom it is about, and where it may be answered: in this flow of this browser only. */
export type ChallengePlace = {
  purpose: ChallengePurpose
  flow: ChallengeFlow
  /** Null where nobody is named before. */
  userId: UserId | null
  deviceId: DeviceId
}

/** A new challenge, 256 bits. It may be answered once, until this moment (milliseconds). */
export async function createChallenge(
  { clock, randomBytes, repositories }: Deps,
  tx: Executor,
  place: ChallengePlace,
  expiresAt = clock.now() + CHALLENGE_LIFETIME,
): Promise<string> {
  const challenge = randomBytes(32).toString('base64url')
  await repositories.webauthnChallenges.create(tx, { ...place, challengeHash: tokenHash(challenge), expiresAt })
  return challenge
}

/**
 * Spends the challenge that an answer names. It is over with the transaction, whatever the answer turns out to be: nothing is verified in here, and
 * nothing may undo it.
 * @throws Problem challenge_over
 */
export async function spendChallenge(
  { clock, repositories, webauthn }: Deps,
  tx: Executor,
  place: ChallengePlace,
  answer: { response: { clientDataJSON: string } },
): Promise<string> {
  const challenge = webauthn.challengeIn(answer)
  const key = { ...place, challengeHash: tokenHash(challenge ?? ''), now: clock.now() }
  if (challenge === null || !(await repositories.webauthnChallenges.consume(tx, key)))
    throw new Problem('challenge_over')
  return challenge
}
