import { DEFAULT_LOGIN_POLICY } from '@vestibule/shared/policy.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { AuthRequest, Deps, Device, Executor } from '../../deps.ts'
import { domainOf } from '../../domain/identifier.ts'
import type { AuthRequestId, OrganizationId } from '../../domain/ids.ts'
import type { LoginFacts } from '../../domain/login/facts.ts'
import { type LoginAction, permittedActions } from '../../domain/login/permitted-actions.ts'
import { Problem } from '../../domain/problem.ts'
import { contextOf, type LoginContext } from './context.ts'

/** A pending request of this browser with its step. */
export type PendingLogin = LoginContext & { request: AuthRequest; device: Device }

/** Which pending login a browser means: its cookie and the id in its address. Neither opens anything without the other. */
export type LoginHandle = { deviceToken: string | null; request: string }

/**
 * @throws Problem request_not_found (unknown, or another browser's), request_expired, request_finished
 */
export async function loadLogin(deps: Deps, handle: LoginHandle, tx?: Executor): Promise<PendingLogin> {
  const { repositories, clock } = deps
  const hash = tokenHash(handle.deviceToken ?? '')
  const request = await repositories.authRequests.find(handle.request as AuthRequestId, hash, tx)
  if (!request) throw new Problem('request_not_found')
  if (request.finishedAt !== null) throw new Problem('request_finished')
  if (request.expiresAt <= clock.now()) throw new Problem('request_expired')

  const application = request.applicationId ? await repositories.applications.findActive(request.applicationId, tx) : null
  // switched off meanwhile: there is nobody left to sign in to
  if (request.applicationId && !application) throw new Problem('request_not_found')
  const browser = await repositories.devices.findWithAccounts(hash, request.applicationId, tx)
  if (!browser) throw new Problem('request_not_found')

  const typed = await typedFacts(deps, request, tx)
  const { parameters, organizationId, createdAt } = request
  const progress = {
    createdAt,
    typed,
    chosen: request.sessionId,
    freshAccount: request.freshAccount,
    consented: request.consentedAt !== null,
  }
  const context = contextOf(deps, { ...browser, application, parameters, organizationId }, progress)
  return { ...context, request, device: browser.device }
}

/** What was typed counts until an account proved itself or was picked. */
async function typedFacts(deps: Deps, request: AuthRequest, tx?: Executor): Promise<LoginFacts['typed']> {
  const { loginName, userId, sessionId, organizationId } = request
  if (loginName === null || sessionId !== null) return null
  const known = userId && (await deps.repositories.users.findFacts(userId, tx))
  if (known) return { loginName, ...known }
  const nearest = organizationId ?? (await organizationOf(deps, loginName, tx))
  const policy = nearest ? await deps.repositories.organizations.loginPolicy(nearest, tx) : DEFAULT_LOGIN_POLICY
  return { loginName, user: null, policy }
}

/** Whose pages a typed name shows: the organization that owns its domain, or the default one. The account plays no part. */
export async function organizationOf(deps: Deps, loginName: string, tx?: Executor): Promise<OrganizationId | null> {
  const { organizations } = deps.repositories
  const domain = domainOf(loginName)
  const owner = domain && (await organizations.findIdByDomain(domain, tx))
  return owner || ((await organizations.findDefault(tx))?.id ?? null)
}

/** @throws Problem wrong_step when the engine does not permit this now. */
export function mustPermit({ step }: LoginContext, action: LoginAction): void {
  if (!permittedActions(step.kind).includes(action)) throw new Problem('wrong_step', { step: step.kind })
}
