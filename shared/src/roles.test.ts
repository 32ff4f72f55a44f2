import { expect, test } from 'vitest'
import { PERMISSIONS, permissionsOf, ROLES, scopeOf } from './roles.ts'

test('owners may do everything, but organizations are made and shut out on the instance', () => {
  expect(permissionsOf('instance_owner')).toEqual(PERMISSIONS)
  expect([...permissionsOf('organization_owner'), 'organizations.manage'].toSorted()).toEqual(
    [...PERMISSIONS].toSorted(),
  )
})

test.each(ROLES)('%s is granted where its name says', (role) => {
  expect(role.startsWith(scopeOf(role))).toBe(true)
})

test.each(ROLES.filter((role) => role.endsWith('_viewer')))('%s only reads', (role) => {
  for (const permission of permissionsOf(role)) expect(permission).toMatch(/\.read$/)
})

test.each(ROLES.filter((role) => role.endsWith('_user_manager')))('%s has nothing to do with settings', (role) => {
  for (const permission of permissionsOf(role))
    expect(permission).toMatch(/^(users|service_users|grants)\.|^projects\.read$/)
})
