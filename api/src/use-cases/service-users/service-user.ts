import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, KnownApplication } from '../../deps.ts'
import { type ApplicationSettings, DEFAULT_APPLICATION_SETTINGS, JWT_BEARER } from '../../domain/application.ts'
import { newId, type OrganizationId, type UserId } from '../../domain/ids.ts'
import { recordEvent } from '../record-event.ts'

/** What is said of a service user that is to be made. */
export type NewServiceUser = {
  organizationId: OrganizationId
  /** Its name where a client id is wanted; no other client has it. */
  clientId: string
  name: string
  /** Brought along by an import; its id where there is none. */
  subject: string | null
  secretHashes: readonly string[]
  settings: Partial<ApplicationSettings>
}

/** A service user as whoever manages it knows it. */
export type ServiceUser = {
  id: UserId
  organizationId: OrganizationId
  application: Pick<KnownApplication, 'id' | 'clientId'>
  subject: string
}

/** A user that is a program, with a client of its own. It never signs in at the login page. The caller knows that both names are free. */
export async function createServiceUser(
  deps: Deps,
  tx: Executor,
  { organizationId, clientId, name, subject, secretHashes, settings }: NewServiceUser,
  actor: string | null = null,
): Promise<UserId> {
  const { clock, randomBytes, repositories } = deps
  const source = { now: clock.now, randomBytes }
  const now = clock.now()
  const id = newId('usr', source)
  const user = { id, organizationId, kind: 'service', subject: subject ?? id, displayName: name, profile: {} } as const
  await repositories.users.create(tx, { ...user, now, identifiers: [] })
  await repositories.applications.create(tx, {
    id: newId('app', source),
    organizationId,
    name,
    type: 'service',
    clientId,
    secretHashes,
    redirectUris: [],
    postLogoutRedirectUris: [],
    grantTypes: ['client_credentials', JWT_BEARER],
    settings: { ...DEFAULT_APPLICATION_SETTINGS, consent: 'never', ...settings },
    serviceUserId: id,
    projectId: null,
    state: 'active',
    createdAt: now,
  })
  await recordEvent(deps, tx, { type: 'service_user.created', organizationId, actor, target: id, data: { clientId } })
  return id
}

/** A secret in the place of those it has. Out: the secret, which is shown once. */
export async function renewSecret(
  deps: Deps,
  tx: Executor,
  { id, organizationId, application }: ServiceUser,
  actor: string | null = null,
): Promise<string> {
  const secret = deps.randomBytes(32).toString('base64url')
  await deps.repositories.applications.setSecrets(tx, application.id, [tokenHash(secret)])
  await recordEvent(deps, tx, { type: 'service_user.secret_renewed', organizationId, actor, target: id })
  return secret
}

/** It has none any more, and what was had by it ends. */
export async function removeSecret(
  deps: Deps,
  tx: Executor,
  { id, organizationId, application }: ServiceUser,
  actor: string | null = null,
): Promise<void> {
  await deps.repositories.applications.setSecrets(tx, application.id, [])
  await deps.repositories.grants.revokeOfCredential(tx, id, null, deps.clock.now())
  await recordEvent(deps, tx, { type: 'service_user.secret_removed', organizationId, actor, target: id })
}
