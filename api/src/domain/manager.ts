/** What a manager may do is a constant table from role to permissions, not rows. */
export const ROLES = ['instance_owner'] as const
export type Role = (typeof ROLES)[number]
