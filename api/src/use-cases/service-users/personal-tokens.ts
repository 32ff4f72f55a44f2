import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import { newId, type PersonalTokenId, type ProjectId } from '../../domain/ids.ts'
import { isManagementScope, managementAudience } from '../../domain/machine-scopes.ts'
import { Problem } from '../../domain/problem.ts'
import { askedProjects } from '../../domain/reserved-scopes.ts'
import { recordEvent } from '../record-event.ts'
import type { ServiceUser } from './service-user.ts'

const MOST_TOKENS = 20

export type NewPersonalToken = { name: string; scopes: string[]; expiresAt: number }

/**
 * An access token made by hand, with scopes and an end of its own. Out: the token, which is shown once.
 * @throws Problem too_many
 */
export async function createPersonalToken(
  deps: Deps,
  tx: Executor,
  { id: userId, organizationId, application }: ServiceUser,
  { name, scopes, expiresAt }: NewPersonalToken,
  actor: string | null = null,
): Promise<{ id: PersonalTokenId; token: string }> {
  const { clock, randomBytes, repositories, settings } = deps
  if ((await repositories.personalTokens.listOfUser(userId, tx)).length >= MOST_TOKENS) throw new Problem('too_many')
  const source = { now: clock.now, randomBytes }
  const [id, grantId] = [newId('pat', source), newId('grt', source)]
  const [now, token] = [clock.now(), newToken('access_token', randomBytes)]
  const { issuer } = settings
  await repositories.grants.create(tx, {
    id: grantId,
    applicationId: application.id,
    userId,
    sessionId: null,
    machineCredential: id,
    issuer,
    scopes,
    claims: null,
    resource: null,
    offline: false,
    authTime: now,
    acr: '',
    amr: [],
    createdAt: now,
    expiresAt,
  })
  const management = scopes.some(isManagementScope) ? [managementAudience(issuer)] : []
  const asked = askedProjects(scopes) as ProjectId[]
  const permitted = await repositories.projects.listPermitted(asked, organizationId, tx)
  const audience = [application.clientId, ...permitted, ...management]
  const access = { tokenHash: tokenHash(token), grantId, scopes, audience, dpopJkt: null, issuedAt: now, expiresAt }
  await repositories.accessTokens.create(tx, access)
  await repositories.personalTokens.create(tx, { id, userId, grantId, name, scopes, createdAt: now, expiresAt })
  await recordEvent(deps, tx, {
    type: 'service_user.token_created',
    organizationId,
    actor,
    target: userId,
    data: { token: id, scopes },
  })
  return { id, token }
}

/** Deletes a token: it opens nothing from then on. */
export async function removePersonalToken(
  deps: Deps,
  tx: Executor,
  { id: userId, organizationId }: ServiceUser,
  token: PersonalTokenId,
  actor: string | null = null,
): Promise<boolean> {
  const removed = await deps.repositories.personalTokens.remove(tx, userId, token)
  if (!removed) return false
  await deps.repositories.grants.revokeOfCredential(tx, userId, token, deps.clock.now())
  await recordEvent(deps, tx, {
    type: 'service_user.token_removed',
    organizationId,
    actor,
    target: userId,
    data: { token },
  })
  return true
}
