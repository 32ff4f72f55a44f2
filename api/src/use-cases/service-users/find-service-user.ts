import type { Deps, Executor } from '../../deps.ts'
import type { ServiceUser } from './service-user.ts'

/** An active service user by the name of its client, which is unique in the instance. */
export async function findServiceUser(
  { repositories }: Deps,
  tx: Executor,
  clientId: string,
): Promise<ServiceUser | null> {
  const application = await repositories.applications.findActiveByClientId(clientId, tx)
  if (!application?.serviceUserId || application.serviceSubject === null) return null
  const { serviceUserId: id, organizationId, serviceSubject: subject } = application
  return { id, organizationId, application, subject }
}
