/** What managers may do. Each is asked for on the instance or in one organization. */
export const PERMISSIONS = [
  'policies.read',
  'policies.write',
  'users.read',
  'users.write',
  'users.unlock',
  'messages.read',
  'traces.read',
  'events.read',
  'organizations.read',
  'organizations.write',
  /** To make organizations, to give them a login domain, and to shut them out. */
  'organizations.manage',
  'applications.read',
  'applications.write',
  'projects.read',
  'projects.write',
  'grants.read',
  'grants.write',
  'service_users.read',
  'service_users.write',
  'managers.read',
  'managers.write',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export type RoleScope = 'instance' | 'organization'

const READS = PERMISSIONS.filter((permission) => permission.endsWith('.read'))
const SETTINGS = [
  'policies.read',
  'policies.write',
  'messages.read',
  'traces.read',
  'organizations.read',
  'organizations.write',
  'applications.read',
  'applications.write',
  'projects.read',
  'projects.write',
] as const
const PEOPLE = [
  'users.read',
  'users.write',
  'users.unlock',
  'service_users.read',
  'service_users.write',
  'projects.read',
  'grants.read',
  'grants.write',
] as const

/**
 * What each role may do, and where it is granted: on the instance it counts for every organization as well. A constant table and not
 * rows: what a role means is decided here and nowhere else.
 */
export const ROLE_TABLE = {
  instance_owner: { scope: 'instance', permissions: PERMISSIONS },
  instance_viewer: { scope: 'instance', permissions: READS },
  instance_organization_manager: { scope: 'instance', permissions: [...SETTINGS, 'organizations.manage'] },
  instance_user_manager: { scope: 'instance', permissions: PEOPLE },
  organization_owner: {
    scope: 'organization',
    permissions: PERMISSIONS.filter((permission) => permission !== 'organizations.manage'),
  },
  organization_viewer: { scope: 'organization', permissions: READS },
  organization_user_manager: { scope: 'organization', permissions: PEOPLE },
  organization_settings_manager: { scope: 'organization', permissions: SETTINGS },
} as const satisfies Record<string, { scope: RoleScope; permissions: readonly Permission[] }>

export type Role = keyof typeof ROLE_TABLE
export const ROLES = Object.keys(ROLE_TABLE) as [Role, ...Role[]]

export const scopeOf = (role: Role): RoleScope => ROLE_TABLE[role].scope
export const permissionsOf = (role: Role): readonly Permission[] => ROLE_TABLE[role].permissions
