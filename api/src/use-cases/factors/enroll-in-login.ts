import type { SecondFactor, SecondMethod } from '@vestibule/shared/factors.ts'
import type { TotpSetup } from '@vestibule/shared/login-step.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { CredentialId } from '../../domain/ids.ts'
import type { UserFacts } from '../../domain/login/facts.ts'
import { Problem } from '../../domain/problem.ts'
import { faceOf } from '../face.ts'
import { advance, type LoginOutcome } from '../login/advance.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { addSecondCheck } from './add-second-check.ts'
import { beginTotpSetup, confirmTotpSetup, totpSetupOf } from './enroll-totp.ts'
import { keepFactor } from './keep-factor.ts'
import { noteFactor } from './note-factor.ts'
import { firstRecoveryCodes, openRecoveryCodes, sealRecoveryCodes } from './recovery-codes.ts'

/** Where something is set up on the way in. @throws Problem wrong_step */
export async function mustEnroll(deps: Deps, tx: Executor, handle: LoginHandle, method: SecondMethod) {
  const login = await loadLogin(deps, handle, tx)
  mustPermit(login, 'enroll_factor')
  const { step, request, subject } = login
  if (step.kind !== 'enroll_second_factor' || !step.methods.includes(method) || !subject?.user)
    throw new Problem('wrong_step', { step: step.kind })
  return { login, user: subject.user, place: { flow: request.id, userId: subject.user.id } }
}

/** A new secret for an authenticator app, which the step shows from now on. @throws Problem wrong_step */
export const beginTotp = (deps: Deps, handle: LoginHandle): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const { login, place } = await mustEnroll(deps, tx, handle, 'totp')
    await beginTotpSetup(deps, tx, place)
    return advance(deps, tx, login, {})
  })

/** A code of the app proves that it is set up, and counts as the second proof of this login. @throws Problem code_wrong, code_expired */
export const confirmTotp = (deps: Deps, handle: LoginHandle, code: string): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const { login, user, place } = await mustEnroll(deps, tx, handle, 'totp')
    const credential = await confirmTotpSetup(deps, tx, place, code)
    return addFactorInLogin(deps, tx, handle, login, user, { factor: 'totp', credential })
  })

/**
 * A factor was proven and is the person's from now on; where nothing of it is kept yet it is written down. With the first one come the
 * recovery codes, which are shown before the login goes on.
 */
export async function addFactorInLogin(
  deps: Deps,
  tx: Executor,
  handle: LoginHandle,
  login: PendingLogin,
  user: UserFacts,
  { factor, credential: made }: { factor: SecondFactor; credential?: CredentialId },
): Promise<LoginOutcome> {
  const credential = made ?? (await keepFactor(deps, tx, user.id, factor))
  if (credential === null) throw new Problem('wrong_step')
  await noteFactor(deps, tx, user, { happened: 'added', factor })
  const codes = await firstRecoveryCodes(deps, tx, login.subject!.account!)
  const change = codes ? { ceremony: sealRecoveryCodes(deps, user.id, codes) } : {}
  return addSecondCheck(deps, tx, handle, login, { factor, credential }, { change })
}

/** The recovery codes are kept somewhere: they are never shown again. @throws Problem wrong_step */
export const keepRecoveryCodes = (deps: Deps, handle: LoginHandle): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    mustPermit(login, 'keep_recovery_codes')
    return advance(deps, tx, login, { ceremony: null })
  })

export const recoveryCodesView = (deps: Deps, { subject }: PendingLogin, sealed: string): string[] =>
  subject?.user ? openRecoveryCodes(deps, subject.user.id, sealed) : []

/** "Not now", for the time that the policy says. @throws Problem wrong_step, also where it is no offer */
export const skipEnrollment = (deps: Deps, handle: LoginHandle): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    mustPermit(login, 'skip_enrollment')
    const { step, subject } = login
    if (step.kind !== 'enroll_second_factor' || !step.canSkip || !subject?.user)
      throw new Problem('wrong_step', { step: step.kind })
    await deps.repositories.credentials.skipEnrollment(tx, subject.user.id, deps.clock.now())
    return advance(deps, tx, login, {}, handle.deviceToken)
  })

/** The secret that is being set up, for the page of the one browser that does. */
export async function totpInLogin(deps: Deps, { request, subject }: PendingLogin): Promise<TotpSetup | null> {
  const user = subject?.user
  if (!user) return null
  const { branding } = await faceOf(deps, user.organizationId)
  const names = { issuer: branding.name, account: subject.loginName }
  return totpSetupOf(deps, { flow: request.id, userId: user.id }, names)
}
