import type { OrganizationId } from '../../domain/ids.ts'

/** Where in the file something stands, and the organization it belongs to. */
export type Place = {
  path: string
  primaryDomain: string
  /** Null while the organization is still to be made. */
  owner: OrganizationId | null
}
