import { type AccountPage, accountPath } from '@vestibule/shared/account-pages.ts'
import type { Redirect } from '@vestibule/shared/login-step.ts'
import { newToken, tokenHash } from '../../crypto/token.ts'
import type { AuthRequest, Deps, Executor, KnownApplication } from '../../deps.ts'
import { AUTH_REQUEST_LIFETIME, type AuthRequestParameters } from '../../domain/auth-request.ts'
import { codeResponse, errorResponse } from '../../domain/authorization-response.ts'
import { type AuthRequestId, type DeviceId, newId, type OrganizationId } from '../../domain/ids.ts'
import type { RejectError } from '../../domain/login/steps.ts'
import { issueCode } from '../grants/issue-code.ts'
import { bringTrust, type TrustCookie } from '../trusted-devices/trust-device.ts'
import { contextOf, placeFor, trustedIn, untouched } from './context.ts'
import { keepAlive } from './keep-alive.ts'

export type Arrival = {
  deviceToken: string | null
  /** By which the browser says who was in it before; null for nobody. */
  knownToken: string | null
  /** By which the browser says that it was trusted; null for none. */
  trustToken: string | null
  userAgent: string
  application: KnownApplication | null
  parameters: AuthRequestParameters
  organizationId: OrganizationId | null
  /** Without an application: the account page to come to. */
  returnTo?: AccountPage
  /** How long it may stay unanswered, where it is not as long as usual. Milliseconds. */
  lifetime?: number
}

/** Straight back to the application, or to the login page of a request that is pending now. */
export type Beginning =
  | {
      kind: 'redirect'
      redirect: Redirect /** With a code. */
      isSuccess?: true /** With this error. */
      error?: RejectError
    }
  | { kind: 'pending'; request: AuthRequestId; cookie: string | null; trust: TrustCookie | null }

/**
 * An authorization request has been validated: is there anything left to ask? With a usable session the code is issued at once, in one
 * write transaction that also read what it decided on.
 */
export function beginLogin(deps: Deps, arrival: Arrival): Promise<Beginning> {
  const { application, parameters, organizationId } = arrival
  return deps.db.transaction(async (tx) => {
    const browser = await findBrowser(deps, tx, arrival)
    const accounts = browser?.accounts ?? []
    const progress = untouched(deps.clock.now(), parameters)
    const place = await placeFor(deps, parameters, { ceremony: progress.ceremony, organizationId }, tx)
    const device = browser?.device ?? null
    const trusted = await trustedIn(deps, device, accounts, tx)
    const situation = { device, accounts, trusted, application, parameters, organizationId, place }
    const { step } = contextOf(deps, situation, progress)
    if (step.kind === 'reject' && application && !parameters.device)
      return { kind: 'redirect', redirect: errorResponse(parameters, step.error), error: step.error }
    if (step.kind === 'complete' && application) {
      await keepAlive(deps, tx, accounts, step.sessionId)
      return {
        kind: 'redirect',
        redirect: codeResponse(parameters, await issueCode(deps, tx, step, { application, parameters })),
        isSuccess: true,
      }
    }
    if (step.kind === 'complete' && browser) {
      await deps.repositories.devices.showAccount(tx, browser.device.id, step.sessionId)
      return { kind: 'redirect', redirect: { to: accountPath(arrival.returnTo ?? 'overview') } }
    }
    const atPicker = step.kind === 'select_account'
    return openRequest(deps, tx, arrival, browser?.device.id ?? null, { atPicker, ceremony: progress.ceremony })
  })
}

async function findBrowser(deps: Deps, tx: Executor, { deviceToken, application }: Arrival) {
  if (!deviceToken) return null
  return deps.repositories.devices.findWithAccounts(tokenHash(deviceToken), application?.id ?? null, tx)
}

async function openRequest(
  deps: Deps,
  tx: Executor,
  arrival: Arrival,
  known: DeviceId | null,
  position: Pick<AuthRequest, 'atPicker' | 'ceremony'>,
): Promise<Beginning> {
  const { clock, randomBytes, repositories } = deps
  const now = clock.now()
  const source = { now: clock.now, randomBytes }
  const cookie = known ? null : newToken('device', randomBytes)
  const deviceId = known ?? newId('dev', source)
  if (cookie) {
    const userAgent = arrival.userAgent.slice(0, 300)
    const knownHash = arrival.knownToken && tokenHash(arrival.knownToken)
    await repositories.devices.create(tx, { id: deviceId, tokenHash: tokenHash(cookie), userAgent, knownHash, now })
  }
  const trust = await bringTrust(deps, tx, arrival.trustToken, deviceId)
  const id = newId('req', source)
  await repositories.authRequests.create(tx, {
    id,
    deviceId,
    applicationId: arrival.application?.id ?? null,
    parameters: arrival.parameters,
    organizationId: arrival.organizationId,
    ...position,
    returnTo: arrival.returnTo ?? null,
    now,
    expiresAt: now + (arrival.lifetime ?? AUTH_REQUEST_LIFETIME),
  })
  return { kind: 'pending', request: id, cookie, trust }
}
