import { tokenHash } from '../crypto/token.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../domain/problem.ts'
import { managementToken } from '../oidc/management-token.ts'
import { OAuthError } from '../oidc/oauth-error.ts'
import type { Settings } from '../settings.ts'
import type { ManagerHandle } from '../use-cases/management/manager.ts'
import type { AccountHandle } from '../use-cases/me/current-account.ts'
import { ACCESS, type Access, type RouteKey } from './access.ts'
import { challengeTo } from './challenge.ts'
import { readDevice } from './cookies.ts'
import { presentedProof } from './dpop.ts'
import type { Http } from './env.ts'

/** Whose pages sent this: another tab may have switched this browser to another account meanwhile. */
const ACCOUNT_HEADER = 'vestibule-account'

/** Who calls a route of the account pages. What is asked of them is what its row of the access table says, and nothing else. */
export function accountHandle(c: Http, settings: Settings): AccountHandle {
  const { assurance, duringGrace }: Access = ACCESS[c.env.visit.route as RouteKey]
  return {
    deviceToken: readDevice(c, settings),
    maxAge: assurance.maxAge,
    duringGrace: duringGrace === true,
    shown: c.req.header(ACCOUNT_HEADER) ?? null,
  }
}

/**
 * Who calls a route of managers, with the permission that its row of the access table names: whoever sits at the browser, or the service
 * user whose access token was brought. Beside a token no cookie counts.
 * @throws Problem unauthenticated, forbidden, invalid_input
 */
export async function managerHandle(c: Http, deps: Deps): Promise<ManagerHandle> {
  const { needs }: Access = ACCESS[c.env.visit.route as RouteKey]
  if (!needs) throw new Error('a route of managers names no permission')
  const authorization = c.req.header('authorization') ?? null
  c.env.visit.challenge = challengeTo(authorization)
  const by =
    authorization === null
      ? ({ kind: 'session', ...accountHandle(c, deps.settings) } as const)
      : ({ kind: 'token', ...(await tokenOf(c, deps, authorization)) } as const)
  return { by, needs, once: await onceOf(c) }
}

async function tokenOf(c: Http, deps: Deps, authorization: string) {
  try {
    return await managementToken(deps, { authorization, form: null, dpop: presentedProof(c, deps) })
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    c.env.visit.challenge = `${challengeTo(authorization)}, error="${error.code}"`
    throw new Problem(error.code === 'insufficient_scope' ? 'forbidden' : 'unauthenticated')
  }
}

/** A name that a program gives a change, so that it happens once however often it is asked for. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/

async function onceOf(c: Http): Promise<ManagerHandle['once']> {
  const key = c.req.header('idempotency-key')
  if (key === undefined || c.req.method === 'GET') return null
  if (!IDEMPOTENCY_KEY.test(key)) throw new Problem('invalid_input', { fields: { 'Idempotency-Key': ['invalid'] } })
  return { key, requestHash: tokenHash([c.req.method, c.req.url, await c.req.text()].join('\n')) }
}
