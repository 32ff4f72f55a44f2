import type { ChangedFactors, OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import { SENT_CODES, type SecondFactor, type SentCode } from '@vestibule/shared/factors.ts'
import type { Deps, Executor } from '../../deps.ts'
import { isId } from '../../domain/ids.ts'
import { negotiateLanguage } from '../../domain/language.ts'
import { enrollable } from '../../domain/login/second-factor.ts'
import { whatIf } from '../../domain/login/ways-in.ts'
import { Problem } from '../../domain/problem.ts'
import { isSecondFactor } from '../../domain/session.ts'
import { MOST_CREDENTIALS } from '../../domain/webauthn.ts'
import { codeProblem, standingOf, tryCode } from '../codes/one-time-codes.ts'
import { faceOf } from '../face.ts'
import { countGuess } from '../guesses/count-guess.ts'
import { forgetFailures, noteWrongGuess } from '../guesses/note-outcome.ts'
import {
  type AccountActor,
  type AccountHandle,
  currentAccount,
  currentHolder,
  guessedBy,
} from '../me/current-account.ts'
import { beginTotpSetup, confirmTotpSetup, totpSetupOf } from './enroll-totp.ts'
import { keepFactor } from './keep-factor.ts'
import { noteFactor } from './note-factor.ts'
import { firstRecoveryCodes, isRecoveryCode, makeRecoveryCodes } from './recovery-codes.ts'
import { type Asking, placeOfCode, sendSecondCode, sentCodeViews } from './sent-codes.ts'

/** The second factors of whoever is signed in, and what would be left if a thing were lost. */
export async function factorsOf(deps: Deps, actor: AccountActor, tx?: Executor): Promise<OwnFactors> {
  const { account, login } = actor
  const { secondFactors } = account.policy
  const rows = await deps.repositories.credentials.listOfUser(login.userId, tx)
  const held = rows.flatMap(({ type, ...rest }) =>
    isSecondFactor(type) && type !== 'recovery_code' ? [{ ...rest, type }] : [],
  )
  const isRemovable = mayGo(account, held.length)
  const left = await deps.repositories.recoveryCodes.countLeft(login.userId, tx)
  const { branding } = await faceOf(deps, account.user.organizationId, tx)
  const available = enrollable(account).filter((type) => type === 'totp' || !held.some((one) => one.type === type))
  const names = { issuer: branding.name, account: account.loginName }
  return {
    factors: held.map(({ createdAt, lastUsedAt, ...rest }) => ({
      ...rest,
      createdAt: new Date(createdAt).toISOString(),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
      isAllowed: secondFactors.includes(rest.type),
      isRemovable,
    })),
    available,
    codes: await sentCodeViews(
      deps,
      placeOf(actor),
      SENT_CODES.filter((code) => available.includes(code)),
      tx,
    ),
    recoveryCodes: secondFactors.includes('recovery_code') ? { left } : null,
    totp: await totpSetupOf(deps, placeOf(actor), names, tx),
    whatIf: whatIf(account, deps.clock.now()),
  }
}

/** Where everybody has to have a second factor, the last one stays: a password alone could set up another. */
const mayGo = ({ policy, factors }: AccountActor['account'], held: number): boolean =>
  policy.forceSecondFactor === 'never' || held > 1 || (policy.allowPasskey && factors.passkeys > 0)

const placeOf = ({ login }: AccountActor) => ({ flow: login.sessionId, userId: login.userId, use: 'enroll' }) as const

/** Something changed: everything is read anew. */
async function changed(
  deps: Deps,
  tx: Executor,
  handle: AccountHandle,
  newCodes: string[] | null = null,
): Promise<ChangedFactors> {
  const actor = await currentAccount(deps, { ...handle, maxAge: null }, tx)
  return { factors: await factorsOf(deps, actor, tx), newCodes }
}

/** @throws Problem forbidden where the organization lets it not count */
function mustBeAvailable({ account }: AccountActor, factor: SecondFactor): void {
  if (!enrollable(account).includes(factor)) throw new Problem('forbidden')
}

/** A secret for an authenticator app. @throws Problem unauthenticated, account_changed, reauth_required, forbidden, too_many */
export const beginOwnTotp = (deps: Deps, handle: AccountHandle): Promise<ChangedFactors> =>
  deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    mustBeAvailable(actor, 'totp')
    // each of them is compared with each code that is typed
    const apps = await deps.repositories.credentials.listTotp(actor.login.userId, tx)
    if (apps.length >= MOST_CREDENTIALS) throw new Problem('too_many')
    await beginTotpSetup(deps, tx, placeOf(actor))
    return changed(deps, tx, handle)
  })

/** The app made a code: it is set up. @throws Problem unauthenticated, account_changed, code_wrong, code_expired */
export const confirmOwnTotp = (deps: Deps, handle: AccountHandle, code: string): Promise<ChangedFactors> =>
  deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    await confirmTotpSetup(deps, tx, placeOf(actor), code)
    return added(deps, tx, handle, actor, 'totp')
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
    return changed(deps, tx, handle)
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
    if (!(await keepFactor(deps, tx, actor.login.userId, method))) return changed(deps, tx, handle)
    return added(deps, tx, handle, actor, method)
  })
  if (outcome instanceof Problem) throw outcome
  return outcome
}

/** Its owner is told; with the first factor come recovery codes. */
async function added(
  deps: Deps,
  tx: Executor,
  handle: AccountHandle,
  { account }: AccountActor,
  factor: SecondFactor,
): Promise<ChangedFactors> {
  await noteFactor(deps, tx, account.user, { happened: 'added', factor })
  const codes = await firstRecoveryCodes(deps, tx, account)
  // this session showed what it needs: the person proved themselves a moment ago, and the new factor just now
  const { id, version, checks } = account.session
  const now = deps.clock.now()
  const check = { factor, at: now }
  const proven = { id, version, now, checks: [...checks.filter((one) => one.factor !== factor), check] }
  if (!(await deps.repositories.sessions.addCheck(tx, proven))) throw new Problem('changed_meanwhile')
  return changed(deps, tx, handle, codes)
}

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
    await noteFactor(deps, tx, actor.account.user, { happened: 'removed', factor: factor.type })
    return changed(deps, tx, handle)
  })

/** Ten new codes; those before count no more. @throws Problem unauthenticated, account_changed, reauth_required, forbidden */
export const renewRecoveryCodes = (deps: Deps, handle: AccountHandle): Promise<ChangedFactors> =>
  deps.db.transaction(async (tx) => {
    const { account, login } = await currentAccount(deps, handle, tx)
    if (!account.policy.secondFactors.includes('recovery_code')) throw new Problem('forbidden')
    const codes = await makeRecoveryCodes(deps, tx, login.userId)
    await noteFactor(deps, tx, account.user, { happened: 'added', factor: 'recovery_code' })
    return changed(deps, tx, handle, codes)
  })

/** A rehearsal: the code stays. It is a guess like any other. @throws Problem code_wrong, too_many_attempts */
export async function tryRecoveryCode(
  deps: Deps,
  handle: AccountHandle,
  { code, address }: { code: string; address: string },
): Promise<ChangedFactors> {
  const outcome = await deps.db.transaction(async (tx) => {
    const guessed = guessedBy(deps, await currentAccount(deps, handle, tx), 'second_factor')
    const guess = await countGuess(deps, tx, guessed, address)
    if (!(await isRecoveryCode(deps, tx, guessed.userId, code))) return noteWrongGuess(deps, tx, guess)
    await forgetFailures(deps, tx, guess)
    return changed(deps, tx, handle)
  })
  if (outcome instanceof Problem) throw outcome
  return outcome
}
