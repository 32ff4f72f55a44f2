import type { SecondFactor, SecondMethod } from '@vestibule/shared/factors.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { AccountFacts } from '../../domain/login/facts.ts'
import { mayVouch } from '../../domain/login/trusted-device.ts'
import { Problem } from '../../domain/problem.ts'
import { type Check, withCheck } from '../../domain/session.ts'
import { advance, type LoginOutcome, type RequestChange } from '../login/advance.ts'
import { type LoginHandle, mustPermit, type PendingLogin } from '../login/load-login.ts'
import { renewCookie } from '../login/renew-cookie.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import { recordEvent } from '../record-event.ts'
import { type TrustedBrowser, tellOfTrust, trustDevice } from '../trusted-devices/trust-device.ts'

/** @throws Problem wrong_step where a second proof of this kind is not asked for */
export function mustAskFor(login: PendingLogin, method: SecondMethod): void {
  mustPermit(login, 'check_second_factor')
  const { step } = login
  if (step.kind !== 'second_factor' || !step.methods.includes(method))
    throw new Problem('wrong_step', { step: step.kind })
}

/** The browser that is not to be asked again for a while; null for none. Outside of any transaction. */
export const trustingOf = async (said: { trustDevice: boolean; userAgent: string }): Promise<TrustedBrowser | null> =>
  said.trustDevice ? describeBrowser(said.userAgent) : null

type Proof = Omit<Check, 'at'> & { factor: SecondFactor }

type Onwards = {
  change?: RequestChange
  /** As `trustingOf` says. */
  trusting?: TrustedBrowser | null
}

/**
 * A second proof was given: it joins the checks of the session that the first one is in, the browser gets a new handle, and the login
 * goes on. In the transaction that asked for it.
 * @throws Problem wrong_step when the session changed meanwhile, or where the browser may not be trusted
 */
export async function addSecondCheck(
  deps: Deps,
  tx: Executor,
  handle: LoginHandle,
  login: PendingLogin,
  check: Proof,
  { change = {}, trusting = null }: Onwards = {},
): Promise<LoginOutcome> {
  const account = login.subject?.account
  if (!account) throw new Problem('wrong_step', { step: login.step.kind })
  const now = deps.clock.now()
  const trust = trusting && trustBy(login, account, { ...check, at: now })
  if (trust) await tellOfTrust(deps, tx, trust, trusting)
  const cookie = await renewCookie(deps, tx, login.device, handle.deviceToken)
  const { id, version, checks } = account.session
  const proven = { id, version, checks: withCheck(checks, { ...check, at: now }), now }
  if (!(await deps.repositories.sessions.addCheck(tx, proven))) throw new Problem('wrong_step')
  await recordEvent(deps, tx, {
    type: 'user.second_factor_checked',
    organizationId: account.user.organizationId,
    actor: account.user.id,
    target: id,
    data: { factor: check.factor },
  })
  const trustCookie = trust ? await trustDevice(deps, tx, login.device.id, trust) : undefined
  const onwards = { sessionId: id, loginName: null, userId: null, ...change }
  return { ...(await advance(deps, tx, login, onwards, cookie.token)), cookie, trust: trustCookie }
}

/** What a browser is trusted by, from now on. @throws Problem wrong_step where this step offers no such thing */
function trustBy(
  { step }: PendingLogin,
  { user }: AccountFacts,
  { factor, credential, at }: Proof & Pick<Check, 'at'>,
) {
  if (step.kind !== 'second_factor' || step.trustFor === 0 || !mayVouch(factor))
    throw new Problem('wrong_step', { step: step.kind })
  return {
    userId: user.id,
    organizationId: user.organizationId,
    factor,
    credential: credential ?? null,
    checkedAt: at,
    expiresAt: at + step.trustFor * 1000,
  }
}
