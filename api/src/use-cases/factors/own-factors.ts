import type { ChangedFactors } from '@vestibule/shared/contract/own-factors.ts'
import { NAMED_FACTORS, type SentCode } from '@vestibule/shared/factors.ts'
import type { Deps } from '../../deps.ts'
import { isId } from '../../domain/ids.ts'
import { negotiateLanguage } from '../../domain/language.ts'
import { Problem } from '../../domain/problem.ts'
import { MOST_CREDENTIALS } from '../../domain/webauthn.ts'
import { codeProblem, standingOf, tryCode } from '../codes/one-time-codes.ts'
import { faceOf } from '../face.ts'
import { countGuess } from '../guesses/count-guess.ts'
import { forgetFailures, noteWrongGuess } from '../guesses/note-outcome.ts'
import { type AccountHandle, currentAccount, currentHolder, guessedBy } from '../me/current-account.ts'
import { added, changed, mustBeAvailable } from './change-own-factors.ts'
import { beginTotpSetup, confirmTotpSetup } from './enroll-totp.ts'
import { factorsOf, placeOf } from './factors-of.ts'
import { keepFactor } from './keep-factor.ts'
import { noteFactor } from './note-factor.ts'
import { isRecoveryCode, makeRecoveryCodes } from './recovery-codes.ts'
import { type Asking, placeOfCode, sendSecondCode } from './sent-codes.ts'

/** A secret for an authenticator app. @throws Problem unauthenticated, account_changed, reauth_required, forbidden, too_many */
export const beginOwnTotp = (deps: Deps, handle: AccountHandle): Promise<ChangedFactors> =>
  deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    mustBeAvailable(actor, 'totp')
    // each of them is compared with each code that is typed
    const apps = await deps.repositories.credentials.listTotp(actor.login.userId, tx)
    if (apps.length >= MOST_CREDENTIALS) throw new Problem('too_many')
    await beginTotpSetup(deps, tx, placeOf(actor))
    return changed(deps, tx, handle, actor)
  })

/** The app made a code: it is set up. @throws Problem unauthenticated, account_changed, code_wrong, code_expired */
export const confirmOwnTotp = (deps: Deps, handle: AccountHandle, code: string): Promise<ChangedFactors> =>
  deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const credential = await confirmTotpSetup(deps, tx, placeOf(actor), code)
    return added(deps, tx, handle, actor, { factor: 'totp', credential })
  })

/** A code on its way to the verified address. @throws Problem reauth_required, forbidden, not_found, too_many_attempts */
export const sendOwnCode = (
  deps: Deps,
  handle: AccountHandle,
  method: SentCode,
  asking: Asking,
): Promise<ChangedFactors> =>
  deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    mustBeAvailable(actor, method)
    const { id: userId, organizationId } = actor.account.user
    const { languages } = await faceOf(deps, organizationId, tx)
    const language = negotiateLanguage({ ...asking.wishes, own: actor.account.locale }, languages)
    await sendSecondCode(deps, tx, placeOf(actor), method, { language, organizationId, userId }, asking)
    return changed(deps, tx, handle, actor)
  })

/** The code arrived: it is set up. @throws Problem forbidden, code_wrong, code_expired */
export async function confirmOwnCode(
  deps: Deps,
  handle: AccountHandle,
  { method, code }: { method: SentCode; code: string },
): Promise<ChangedFactors> {
  const outcome = await deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const place = placeOfCode(placeOf(actor), method)
    // nothing is thrown here, so that the attempt stays counted
    if (!(await tryCode(deps, tx, place, code))) return codeProblem(await standingOf(deps, place, tx))
    mustBeAvailable(actor, method)
    const credential = await keepFactor(deps, tx, actor.login.userId, method)
    if (!credential) return changed(deps, tx, handle, actor)
    return added(deps, tx, handle, actor, { factor: method, credential })
  })
  if (outcome instanceof Problem) throw outcome
  return outcome
}

/** What its owner calls it, where there may be several; null: what everybody calls it. @throws Problem unauthenticated, account_changed, not_found */
export const renameFactor = (
  deps: Deps,
  handle: AccountHandle,
  { id, label }: { id: string; label: string | null },
): Promise<ChangedFactors> =>
  deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const named = { userId: actor.login.userId, label: label?.trim() || null }
    if (!isId('crd', id) || !(await deps.repositories.credentials.rename(tx, { ...named, id }, NAMED_FACTORS)))
      throw new Problem('not_found')
    return changed(deps, tx, handle, actor)
  })

/** @throws Problem unauthenticated, account_changed, reauth_required, not_found, last_way */
export const removeFactor = (deps: Deps, handle: AccountHandle, id: string): Promise<ChangedFactors> =>
  deps.db.transaction(async (tx) => {
    const actor = await currentHolder(deps, handle, tx)
    const { factors } = await factorsOf(deps, actor, tx)
    const factor = factors.find((one) => one.id === id)
    if (!factor || !isId('crd', id)) throw new Problem('not_found')
    if (!factor.isRemovable) throw new Problem('last_way')
    if (!(await deps.repositories.credentials.remove(tx, id, actor.login.userId))) throw new Problem('not_found')
    await deps.repositories.trustedDevices.removeOfUser(tx, actor.login.userId)
    await noteFactor(deps, tx, actor.account.user, { happened: 'removed', factor: factor.type, credential: id })
    return changed(deps, tx, handle, actor)
  })

/** Ten new codes; those before count no more. @throws Problem unauthenticated, account_changed, reauth_required, forbidden */
export const renewRecoveryCodes = (deps: Deps, handle: AccountHandle): Promise<ChangedFactors> =>
  deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const { account, login } = actor
    if (!account.policy.secondFactors.includes('recovery_code')) throw new Problem('forbidden')
    const codes = await makeRecoveryCodes(deps, tx, login.userId)
    await noteFactor(deps, tx, account.user, { happened: 'added', factor: 'recovery_code' })
    return changed(deps, tx, handle, actor, codes)
  })

/** A rehearsal: the code stays. It is a guess like any other. @throws Problem code_wrong, too_many_attempts */
export async function tryRecoveryCode(
  deps: Deps,
  handle: AccountHandle,
  { code, address }: { code: string; address: string },
): Promise<ChangedFactors> {
  const outcome = await deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const guessed = guessedBy(deps, actor, 'second_factor')
    const guess = await countGuess(deps, tx, guessed, address)
    if (!(await isRecoveryCode(deps, tx, guessed.userId, code))) return noteWrongGuess(deps, tx, guess)
    await forgetFailures(deps, tx, guess)
    return changed(deps, tx, handle, actor)
  })
  if (outcome instanceof Problem) throw outcome
  return outcome
}
