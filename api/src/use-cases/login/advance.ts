import type { Redirect } from '@vestibule/shared/login-step.ts'
import type { Deps, Executor } from '../../deps.ts'
import { codeResponse, errorResponse } from '../../domain/authorization-response.ts'
import type { RejectError } from '../../domain/login/steps.ts'
import { Problem } from '../../domain/problem.ts'
import { issueCode } from '../grants/issue-code.ts'
import { keepAlive } from './keep-alive.ts'
import { loadLogin, type LoginHandle, type PendingLogin } from './load-login.ts'

/** What a login action leads to: a step to draw, or the way out. `deviceToken` is the browser's new cookie, when it got one. */
export type LoginOutcome = {
  login: PendingLogin
  redirect: Redirect | null
  cookie?: { token: string; persistent: boolean }
}

/** Where the account pages are. */
export const ACCOUNT_PATH = '/account'

/**
 * The end of every login action, in its transaction: the facts are read anew, and a login that is complete leaves with its code in the
 * same breath.
 */
export async function advance(deps: Deps, tx: Executor, handle: LoginHandle): Promise<LoginOutcome> {
  const login = await loadLogin(deps, handle, tx)
  const { step } = login
  if (step.kind === 'complete') return { login, redirect: await leave(deps, tx, login) }
  if (step.kind === 'reject') return { login, redirect: await refuse(deps, tx, login, step.error) }
  return { login, redirect: null }
}

/** Finishes the request, once, and issues what it asked for. */
async function leave(deps: Deps, tx: Executor, login: PendingLogin): Promise<Redirect> {
  const { step, request, application, parameters, device, accounts } = login
  if (step.kind !== 'complete') throw new Problem('wrong_step', { step: step.kind })
  const now = deps.clock.now()
  if (!(await deps.repositories.authRequests.finish(tx, request.id, step.sessionId, now))) throw new Problem('request_finished')
  await keepAlive(deps, tx, accounts, step.sessionId)
  if (application) return codeResponse(parameters, await issueCode(deps, tx, step, { application, parameters }))
  await deps.repositories.devices.showAccount(tx, device.id, step.sessionId)
  return { to: ACCOUNT_PATH }
}

/** Finishes the request without a code. Without an application there is nowhere to take an error: back to the start. */
export async function refuse(deps: Deps, tx: Executor, login: PendingLogin, error: RejectError): Promise<Redirect> {
  const { request, application, parameters } = login
  if (!(await deps.repositories.authRequests.finish(tx, request.id, null, deps.clock.now()))) throw new Problem('request_finished')
  return application ? errorResponse(parameters, error) : { to: ACCOUNT_PATH }
}
