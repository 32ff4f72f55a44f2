import type { LinkedAccount } from '@vestibule/shared/contract/passkey-link.ts'
import { isToken, tokenHash } from '../../crypto/token.ts'
import type { CreationOptions, Deps, Executor, RegistrationResponse } from '../../deps.ts'
import type { UserFacts } from '../../domain/login/facts.ts'
import { Problem } from '../../domain/problem.ts'
import { isLive } from '../../domain/session.ts'
import { faceOf } from '../face.ts'
import { PASSKEY_LINK_LIMIT, takeAttempt } from '../limits.ts'
import { recordEvent } from '../record-event.ts'
import { type ChallengePlace, createChallenge, spendChallenge } from './challenges.ts'
import { keepPasskey, mustHaveRoom } from './keep-passkey.ts'

type Visitor = { token: string; address: string }

/** Whose account a link is of. Looking spends nothing. @throws Problem code_invalid, too_many_attempts */
export async function lookAtPasskeyLink(deps: Deps, visitor: Visitor): Promise<LinkedAccount> {
  await count(deps, visitor)
  const { loginName, user } = await findLink(deps, visitor)
  const { branding } = await faceOf(deps, user.organizationId)
  return { loginName, organization: branding.name }
}

/** What to ask the browser. @throws Problem code_invalid, forbidden, too_many, too_many_attempts */
export async function beginPasskeyByLink(deps: Deps, visitor: Visitor): Promise<CreationOptions> {
  await count(deps, visitor)
  const { asked, organizationName, loginName, displayName, userHandle } = await deps.db.transaction(async (tx) => {
    const { user, policy, place, ...linked } = await findLink(deps, visitor, tx)
    const known = await mustHaveRoom(deps, tx, { user, policy })
    await recordEvent(deps, tx, {
      type: 'user.passkey_link_followed',
      organizationId: user.organizationId,
      target: user.id,
    })
    const made = deps.randomBytes(32).toString('base64url')
    return {
      ...linked,
      userHandle: await deps.repositories.webauthnCredentials.handleOf(tx, user.id, made),
      asked: { known, challenge: await createChallenge(deps, tx, place) },
    }
  })
  const person = { handle: userHandle, name: loginName, displayName }
  return deps.webauthn.creationOptions('passkey', organizationName, person, asked)
}

/**
 * The passkey that the other device made. The challenge is spent first, then the answer is verified outside any transaction; the link is used up by what
 * comes of it, in one statement. It signs nobody in, and its owner is told.
 * @throws Problem code_invalid, challenge_over, passkey_refused, forbidden, too_many, too_many_attempts
 */
export async function addPasskeyByLink(
  deps: Deps,
  { credential, ...visitor }: Visitor & { credential: RegistrationResponse },
): Promise<{ loginName: string }> {
  await count(deps, visitor)
  const challenge = await deps.db.transaction(async (tx) => {
    const { place } = await findLink(deps, visitor, tx)
    return spendChallenge(deps, tx, place, credential)
  })
  const made = await deps.webauthn.verifyRegistration(credential, { challenge, requireUserVerification: true })
  if (!made) throw new Problem('passkey_refused')
  return deps.db.transaction(async (tx) => {
    const { user, policy, loginName } = await findLink(deps, visitor, tx)
    if (!(await deps.repositories.oneTimeLinks.consume(tx, keyOf(deps, visitor)))) throw new Problem('code_invalid')
    await mustHaveRoom(deps, tx, { user, policy })
    await keepPasskey(deps, tx, user, made, { way: 'link' })
    return { loginName }
  })
}

const count = (deps: Deps, { address }: Visitor): Promise<unknown> =>
  deps.db.transaction((tx) => takeAttempt(deps, tx, PASSKEY_LINK_LIMIT, address))

const keyOf = ({ clock }: Deps, { token }: Visitor) =>
  ({ tokenHash: tokenHash(token), purpose: 'enroll_passkey', now: clock.now() }) as const

/** The live link of somebody who may come in, made in a session that goes on. @throws Problem code_invalid */
async function findLink(deps: Deps, visitor: Visitor, tx?: Executor) {
  const { oneTimeLinks, sessions, users } = deps.repositories
  const key = keyOf(deps, visitor)
  const link = isToken('one_time_link', visitor.token) ? await oneTimeLinks.find(key, tx) : null
  const found = link?.sessionId ? await sessions.findWithUser(link.sessionId, tx) : null
  const known = found && (await users.findFacts(found.user.id, tx))
  const person = found && (await users.findPerson(found.user.id, tx))
  const goesOn = found && known && isLive(found.session, known.policy, key.now)
  if (!goesOn || !person || link?.userId !== known.user.id || !isWelcome(known.user)) throw new Problem('code_invalid')
  const { user, policy } = known
  const { loginName, deviceId } = found.session
  const flow = `link/${key.tokenHash}` as const
  const place: ChallengePlace = { purpose: 'elsewhere', flow, userId: user.id, deviceId }
  return { user, policy, place, loginName, displayName: person.displayName, organizationName: person.organizationName }
}

const isWelcome = ({ state, organizationActive, deletionAt }: UserFacts): boolean =>
  state === 'active' && organizationActive && deletionAt === null
