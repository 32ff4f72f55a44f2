import { expect, test } from 'vitest'
import { PERMISSIONS, permissionsOf, ROLES, scopeOf } from './roles.ts'

test.each(['instance_owner', 'organization_owner'] as const)('%s may do everything', (role) => {
  expect([...permissionsOf(role)].toSorted()).toEqual([...PERMISSIONS].toSorted())
})

test.each(ROLES)('%s is granted where its name says', (role) => {
  expect(role.startsWith(scopeOf(role))).toBe(true)
})

test.each(ROLES.filter((role) => role.endsWith('_viewer')))('%s only reads', (role) => {
  for (const permission of permissionsOf(role)) expect(permission).toMatch(/\.read$/)
})

test.each(ROLES.filter((role) => role.endsWith('_user_manager')))('%s has nothing to do with settings', (role) => {
  for (const permission of permissionsOf(role)) expect(permission).toMatch(/^users\./)
})
