import { managedUserRoutes } from './managed-users.ts'
import { managementRoutes } from './management.ts'
import { traceRoutes } from './traces.ts'

/** Every route of the management API, by the name of its operation. */
export const managementApi = { ...managedUserRoutes, ...managementRoutes, ...traceRoutes }
