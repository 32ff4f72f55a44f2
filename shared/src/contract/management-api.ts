import { managementRoutes } from './management.ts'

/** Every route of the management API, by the name of its operation. */
export const managementApi = { ...managementRoutes }
