import type { Application } from './application.ts'
import type { OrganizationId } from './ids.ts'

type Asker = Pick<Application, 'type' | 'organizationId' | 'settings'>

/**
 * Whether a person's word is needed before this application gets these scopes: the first time for people of other organizations, and
 * for access that goes on while they are away. What was agreed to before counts; a new scope asks again.
 */
export function needsConsent(
  application: Asker,
  scopes: readonly string[],
  organizationId: OrganizationId,
  consented: readonly string[],
): boolean {
  const { consent } = application.settings
  if (consent === 'never') return false
  const isNew = scopes.some((scope) => !consented.includes(scope))
  if (consent === 'always' || application.organizationId !== organizationId) return isNew
  return application.type === 'web' && scopes.includes('offline_access') && !consented.includes('offline_access')
}
