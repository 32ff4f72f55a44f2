import { managedApplicationRoutes } from './managed-applications.ts'
import { managedEventRoutes } from './managed-events.ts'
import { managedManagerRoutes } from './managed-managers.ts'
import { managedOrganizationRoutes } from './managed-organizations.ts'
import { managedProjectRoutes } from './managed-projects.ts'
import { serviceUserCredentialRoutes } from './managed-service-user-credentials.ts'
import { managedServiceUserRoutes } from './managed-service-users.ts'
import { managedUserRoutes } from './managed-users.ts'
import { managementRoutes } from './management.ts'
import { traceRoutes } from './traces.ts'

/** Every route of the management API, by the name of its operation. */
export const managementApi = {
  ...managedUserRoutes,
  ...managementRoutes,
  ...traceRoutes,
  ...managedApplicationRoutes,
  ...managedEventRoutes,
  ...managedManagerRoutes,
  ...managedOrganizationRoutes,
  ...managedProjectRoutes,
  ...managedServiceUserRoutes,
  ...serviceUserCredentialRoutes,
}
