import { accountPath } from '@vestibule/shared/account-pages.ts'
import type { Redirect } from '@vestibule/shared/login-step.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { AuthRequest, Deps, Executor } from '../../deps.ts'
import { codeResponse, errorResponse } from '../../domain/authorization-response.ts'
import type { RejectError } from '../../domain/login/steps.ts'
import { Problem } from '../../domain/problem.ts'
import { approveDevice, refuseDevice } from '../device/decide-device.ts'
import { issueCode } from '../grants/issue-code.ts'
import { welcome } from '../known-browsers/know-browser.ts'
import type { Upgrade } from '../passkeys/upgrade.ts'
import type { TrustCookie } from '../trusted-devices/trust-device.ts'
import { keepAlive } from './keep-alive.ts'
import { type PendingLogin, stepOf } from './load-login.ts'
import type { Cookie } from './renew-cookie.ts'

/** What a login action leads to: a step to draw, or the way out. `cookie` is the browser's new handle, when it got one. */
export type LoginOutcome = {
  login: PendingLogin
  redirect: Redirect | null
  cookie?: Cookie
  /** By which it is known that it was trusted. */
  trust?: TrustCookie | undefined
  /** By which it is known who was in it before. */
  known?: string | undefined
  /** What it may make by itself, now that it is let out. */
  upgrade?: Upgrade
}

/** What an action changed about its request. */
export type RequestChange = Partial<
  Pick<
    AuthRequest,
    'loginName' | 'userId' | 'sessionId' | 'freshAccount' | 'atPicker' | 'consentedAt' | 'ceremony' | 'passkeyOfferTo'
  >
>

/** Where a request of our own ends: at the page it began at. */
const homeOf = ({ returnTo }: Pick<AuthRequest, 'returnTo'>): Redirect => ({ to: accountPath(returnTo ?? 'overview') })

/**
 * The end of every login action, in its transaction: the next step is asked for, and a login that is complete leaves with its code in
 * the same breath. Only one that stays pending is written back. An action that changed a session says under which cookie the accounts
 * are to be read anew.
 */
export async function advance(
  deps: Deps,
  tx: Executor,
  before: PendingLogin,
  change: RequestChange,
  changedBrowser: string | null = null,
): Promise<LoginOutcome> {
  const request = { ...before.request, ...change }
  const browser = changedBrowser === null ? before : await browserOf(deps, tx, changedBrowser, request)
  const login = await stepOf(deps, { request, application: before.application, browser }, tx)
  const { step } = login
  if (step.kind === 'complete') {
    const redirect = await leave(deps, tx, login)
    const isByKey = login.parameters.native !== undefined
    return { login, redirect, known: await welcome(deps, tx, { ...step, deviceId: login.device.id, isByKey }) }
  }
  if (step.kind === 'reject') return { login, redirect: await refuse(deps, tx, login, step.error) }
  await deps.repositories.authRequests.save(tx, request)
  return { login, redirect: null }
}

async function browserOf({ repositories }: Deps, tx: Executor, cookie: string, { applicationId }: AuthRequest) {
  const browser = await repositories.devices.findWithAccounts(tokenHash(cookie), applicationId, tx)
  if (!browser) throw new Error('the browser of a request is gone in the middle of its transaction')
  return browser
}

/** Finishes the request, once, and issues what it asked for. */
async function leave(deps: Deps, tx: Executor, login: PendingLogin): Promise<Redirect> {
  const { step, request, application, parameters, device, accounts } = login
  if (step.kind !== 'complete') throw new Problem('wrong_step', { step: step.kind })
  if (!application) await deps.repositories.devices.showAccount(tx, device.id, step.sessionId)
  await keepAlive(deps, tx, accounts, step.sessionId)
  await mustFinish(deps, tx, request)
  if (!application) return homeOf(request)
  const { device: waiting } = parameters
  if (waiting) return approveDevice(deps, tx, step, { application, parameters, codeHash: waiting.codeHash })
  return codeResponse(parameters, await issueCode(deps, tx, step, { application, parameters }))
}

/** Finishes the request without a code. Without an application there is nowhere to take an error: back to the start. */
export async function refuse(deps: Deps, tx: Executor, login: PendingLogin, error: RejectError): Promise<Redirect> {
  await mustFinish(deps, tx, login.request)
  const { device } = login.parameters
  if (device) return refuseDevice(deps, tx, device.codeHash)
  return login.application ? errorResponse(login.parameters, error) : homeOf(login.request)
}

/** @throws Problem request_finished when somebody was quicker */
async function mustFinish({ repositories, clock }: Deps, tx: Executor, { id }: AuthRequest): Promise<void> {
  if (!(await repositories.authRequests.finish(tx, id, clock.now()))) throw new Problem('request_finished')
}
