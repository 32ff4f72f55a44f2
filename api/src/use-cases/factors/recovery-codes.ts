import { newRecoveryCode } from '../../crypto/one-time-code.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { NewRecoveryCodes } from '../../domain/ceremony.ts'
import type { UserId } from '../../domain/ids.ts'
import type { AccountFacts } from '../../domain/login/facts.ts'
import { RECOVERY_CODE_LENGTH, readSignCode, showSignCode } from '../../domain/one-time-code.ts'
import type { LoginOutcome } from '../login/advance.ts'
import type { LoginHandle } from '../login/load-login.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'
import { checkGuess } from './check-guess.ts'
import { keepFactor } from './keep-factor.ts'

/** So many are made at once. */
const RECOVERY_CODES = 10

const hashOf = ({ box }: Deps, userId: UserId, code: string) => box.nameOf('recovery code', `${userId} ${code}`)

/** Ten new codes, as they are shown; those before count no more. Only their hashes are kept. */
export async function makeRecoveryCodes(deps: Deps, tx: Executor, userId: UserId): Promise<string[]> {
  const { randomBytes, repositories } = deps
  const codes = Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode(randomBytes))
  const hashes = codes.map((code) => hashOf(deps, userId, code))
  await repositories.recoveryCodes.replace(tx, userId, hashes)
  await repositories.credentials.removeType(tx, userId, 'recovery_code')
  await keepFactor(deps, tx, userId, 'recovery_code')
  return codes.map(showSignCode)
}

/** With the first factor come codes, where they count and there are none: as they are shown, or null. */
export const firstRecoveryCodes = async (
  deps: Deps,
  tx: Executor,
  { user, policy, factors }: Pick<AccountFacts, 'user' | 'policy' | 'factors'>,
): Promise<string[] | null> =>
  policy.secondFactors.includes('recovery_code') && !factors.second.includes('recovery_code')
    ? makeRecoveryCodes(deps, tx, user.id)
    : null

/** Shown in the login until they are said to be kept: a page that is loaded again shows them again. */
export const sealRecoveryCodes = ({ box }: Deps, userId: UserId, codes: readonly string[]): NewRecoveryCodes => ({
  kind: 'recovery_codes',
  userId,
  sealed: box.seal(JSON.stringify(codes), placeOf(userId)),
})
export const openRecoveryCodes = ({ box }: Deps, userId: UserId, sealed: string): string[] =>
  JSON.parse(box.open(sealed, placeOf(userId))) as string[]
const placeOf = (userId: UserId) => `ceremony/recovery codes/${userId}`

/**
 * One of the codes that somebody kept, used up by that. Its owner is told.
 * @throws Problem code_wrong, too_many_attempts, wrong_step
 */
export const checkRecoveryCode = (
  deps: Deps,
  handle: LoginHandle,
  { code, address }: { code: string; address: string },
): Promise<LoginOutcome> =>
  checkGuess(deps, handle, { factor: 'recovery_code', address, trusting: null }, async (tx, userId) =>
    (await useRecoveryCode(deps, tx, userId, code)) ? {} : null,
  )

async function useRecoveryCode(deps: Deps, tx: Executor, userId: UserId, typed: string): Promise<boolean> {
  const { clock, repositories } = deps
  const code = readSignCode(typed, RECOVERY_CODE_LENGTH)
  if (code === null || !(await repositories.recoveryCodes.use(tx, { userId, codeHash: hashOf(deps, userId, code) })))
    return false
  const left = await repositories.recoveryCodes.countLeft(userId, tx)
  await repositories.credentials.noteUse(tx, userId, 'recovery_code', clock.now())
  const values = { left, at: clock.now(), notMeLink: await createNotMeLink(deps, tx, userId) }
  await notifyUser(deps, tx, userId, { channel: 'email', kind: 'recovery_code_used', values })
  return true
}

/** Whether this code would open the account. It is not used up, so that somebody can try before they have to. */
export async function isRecoveryCode(deps: Deps, tx: Executor, userId: UserId, typed: string): Promise<boolean> {
  const code = readSignCode(typed, RECOVERY_CODE_LENGTH)
  return code !== null && deps.repositories.recoveryCodes.has(tx, { userId, codeHash: hashOf(deps, userId, code) })
}
