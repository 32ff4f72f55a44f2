import type { Deps } from '../../deps.ts'
import type { OrganizationId } from '../../domain/ids.ts'

/** At a login domain there are the applications of its organization and no others; at the public address there is everybody's. */
export const knownHere = <Application extends { organizationId: OrganizationId }>(
  { home }: Pick<Deps, 'home'>,
  application: Application | null,
): Application | null => (application && (home === null || application.organizationId === home) ? application : null)
