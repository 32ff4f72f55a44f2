import type { PasswordRules } from '@vestibule/shared/policies/password.ts'
import { isToken, newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, KnownUser } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import { SETUP_LIMIT, takeAttempt } from '../limits.ts'
import type { Beginning } from '../login/begin-login.ts'
import { type Browser, beginWithName } from '../login/begin-with-name.ts'
import { loginNameOf } from '../users/login-name.ts'
import { mustBeGood } from './check-new-password.ts'
import { rulesFor } from './rules-for.ts'
import { setPassword } from './set-password.ts'

/** Milliseconds. */
const SETUP_LINK_LIFETIME = 3_600_000
/** The token stands behind the #, so it reaches no server, log or referrer. */
const SETUP_PATH = '/setup#'

/** A link with which this person sets a password, once, within the hour. A new one ends the ones before. */
export async function createSetupLink(deps: Deps, tx: Executor, userId: UserId): Promise<string> {
  const token = newToken('one_time_link', deps.randomBytes)
  const now = deps.clock.now()
  await deps.repositories.oneTimeLinks.create(tx, {
    tokenHash: tokenHash(token),
    purpose: 'password_setup',
    userId,
    createdAt: now,
    expiresAt: now + SETUP_LINK_LIFETIME,
  })
  return deps.settings.issuer + SETUP_PATH + token
}

type Visitor = { token: string; address: string }

/** Whom a link is for, and what the password must be. It is not spent by that. @throws Problem code_invalid, too_many_attempts */
export async function lookAtSetup(deps: Deps, visitor: Visitor): Promise<{ loginName: string; rules: PasswordRules }> {
  const { user } = await ownerOf(deps, visitor)
  const { rules } = await rulesFor(deps, { userId: user.id })
  return { loginName: await loginNameOf(deps, user.id), rules }
}

type SetUp = {
  loginName: string
  /** The login that comes next, at which their name was typed already. */
  beginning: Beginning
}

/**
 * Sets the password with a one-time link. It adds no check and signs nobody in: that takes the password, and whatever else is held.
 * @throws Problem code_invalid, invalid_input, too_many_attempts; Unavailable
 */
export async function setUpPassword(
  deps: Deps,
  { newPassword, browser, ...visitor }: Visitor & { newPassword: string; browser: Browser },
): Promise<SetUp> {
  const owner = await ownerOf(deps, visitor)
  await mustBeGood(deps, { userId: owner.user.id }, newPassword)
  const hash = await deps.passwords.hash(newPassword)
  const who = await deps.db.transaction(async (tx) => {
    const link = await deps.repositories.oneTimeLinks.consume(tx, keyOf(deps, visitor))
    const { user } = await mustBeActive(deps, link?.userId ?? null, tx)
    await setPassword(deps, tx, user, hash, { actor: user.id })
    return { loginName: await loginNameOf(deps, user.id, tx), organizationId: user.organizationId }
  })
  return { loginName: who.loginName, beginning: await beginWithName(deps, browser, who) }
}

const keyOf = ({ clock }: Deps, { token }: Visitor) =>
  ({ tokenHash: tokenHash(token), purpose: 'password_setup', now: clock.now() }) as const

async function ownerOf(deps: Deps, visitor: Visitor): Promise<KnownUser> {
  await deps.db.transaction((tx) => takeAttempt(deps, tx, SETUP_LIMIT, visitor.address))
  const isOne = isToken('one_time_link', visitor.token)
  const link = isOne ? await deps.repositories.oneTimeLinks.find(keyOf(deps, visitor)) : null
  return mustBeActive(deps, link?.userId ?? null)
}

/** A link opens nothing for somebody who may not come in. */
async function mustBeActive({ repositories }: Deps, id: UserId | null, tx?: Executor): Promise<KnownUser> {
  const person = id && (await repositories.users.findFacts(id, tx))
  if (person?.user.state !== 'active' || !person.user.organizationActive) throw new Problem('code_invalid')
  return person
}
