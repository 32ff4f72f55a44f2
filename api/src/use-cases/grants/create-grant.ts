import type { Deps, Executor, KnownApplication } from '../../deps.ts'
import { amrOf } from '../../domain/amr.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import { type GrantId, newId } from '../../domain/ids.ts'
import type { CompletedLogin } from '../../domain/login/steps.ts'
import { recordEvent } from '../record-event.ts'

/** Milliseconds from the grant to the first token at most: what a device may take. */
const FIRST_TOKEN = 300_000

/** What everything that is minted for this login hangs on. Only against the proof of a completed login. */
export async function createGrant(
  deps: Deps,
  tx: Executor,
  login: CompletedLogin,
  { application, parameters }: { application: KnownApplication; parameters: AuthRequestParameters },
): Promise<GrantId> {
  const { clock, randomBytes, repositories } = deps
  const now = clock.now()
  const id = newId('grt', { now: clock.now, randomBytes })
  const { scopes, issuer, claims, resource } = parameters
  await repositories.grants.create(tx, {
    id,
    applicationId: application.id,
    userId: login.userId,
    sessionId: login.sessionId,
    machineCredential: null,
    issuer,
    scopes,
    claims,
    resource: resource ?? null,
    offline: scopes.includes('offline_access'),
    authTime: login.authTime,
    acr: login.assurance,
    amr: amrOf(login),
    createdAt: now,
    expiresAt: now + longestLife(application, scopes),
  })
  await recordEvent(deps, tx, {
    type: 'grant.issued',
    organizationId: login.organizationId,
    actor: login.userId,
    target: application.id,
    data: { grant: id, session: login.sessionId },
  })
  return id
}

/** How long anything minted from this grant can be valid, in milliseconds: the clean-up goes by it. */
function longestLife({ settings, lifetimes, grantTypes }: KnownApplication, scopes: readonly string[]): number {
  const refreshes =
    grantTypes.includes('refresh_token') && (scopes.includes('offline_access') || settings.sessionRefreshToken)
  const refreshing = refreshes ? lifetimes.refreshTokenAbsoluteLifetime : 0
  return FIRST_TOKEN + (refreshing + lifetimes.accessTokenLifetime) * 1000
}
