import { expect, test } from 'vitest'
import type { ProjectId } from '../../domain/ids.ts'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { createInstance } from './testing/instance.ts'

const instance = async () => createInstance(await openTestDatabase())
const shop = { id: 'shop', name: 'Shop', roles: ['buyer', 'seller'] }
const acme = (more: object) => ({ primaryDomain: 'acme.test', name: 'Acme', ...more })
const guest = { primaryDomain: 'guest.test', name: 'Guest' }
const file = (...organizations: object[]) => ({ organizations })

test('a project, its applications and who is what in it are made in one file, and then there is nothing to do', async () => {
  const { diff, deps, application } = await instance()
  const whole = file(
    acme({
      projects: [{ ...shop, grantedTo: ['guest.test'] }],
      applications: [{ clientId: 'ledger', name: 'Ledger', type: 'spa', project: 'shop' }],
      users: [{ username: 'ada', projectRoles: [{ project: 'shop', roles: ['buyer'] }] }],
      serviceUsers: [{ clientId: 'robot', name: 'Robot', projectRoles: [{ project: 'shop', roles: ['seller'] }] }],
    }),
    guest,
  )
  const lines = await diff(whole)
  expect(lines).toContain('+ project shop in acme.test')
  expect(lines).toContain('+ user ada in acme.test, in shop buyer')
  expect(lines).toContain('+ service user robot in acme.test, in shop seller')
  expect((await application('ledger')).projectId).toBe('shop')
  const [stored] = await deps.repositories.projects.list(['shop' as ProjectId])
  expect(stored).toMatchObject({ roles: ['buyer', 'seller'], assertsRoles: false })
  expect(stored?.grantedTo).toHaveLength(1)
  expect(await diff(whole)).toEqual([])
})

test('it is changed where the file says something else, and a grant goes with its last role', async () => {
  const { diff } = await instance()
  const ada = (roles: string[]) => ({ username: 'ada', projectRoles: [{ project: 'shop', roles }] })
  await diff(file(acme({ projects: [shop], users: [ada(['buyer'])] })))
  const changed = { id: 'shop', name: 'Shop', assertsRoles: true, roles: ['buyer'] }
  expect(await diff(file(acme({ projects: [changed], users: [ada([])] })))).toEqual([
    '~ user ada in acme.test: in shop nothing',
    '~ project shop: assertsRoles false -> true, roles ["buyer","seller"] -> ["buyer"]',
  ])
  expect(await diff(file(acme({ projects: [{ id: 'shop', name: 'Shop' }], users: [ada([])] })))).toEqual([])
})

test.each([
  [acme({ projects: [{ ...shop, grantedTo: ['nowhere.test'] }] }), 'projects[0].grantedTo[0] is no organization.'],
  [
    acme({ applications: [{ clientId: 'ledger', name: 'L', type: 'spa', project: 'unknown' }] }),
    'applications[0].project is no project.',
  ],
  [
    acme({ projects: [shop], applications: [{ clientId: 'shop', name: 'L', type: 'spa' }] }),
    'projects[0].id is the same as organizations[0].applications[0].clientId.',
  ],
])('%#: refused', async (organization, fault) => {
  const { faults } = await instance()
  expect(await faults(file(organization))).toEqual([`organizations[0].${fault}`])
})

test('a project of another organization is nobody else’s', async () => {
  const { diff, faults } = await instance()
  await diff(file(acme({ projects: [shop] })))
  const other = {
    ...guest,
    projects: [shop],
    applications: [{ clientId: 'led', name: 'L', type: 'spa', project: 'shop' }],
  }
  expect(await faults(file(other))).toEqual([
    'organizations[0].applications[0].project belongs to another organization.',
    'organizations[0].projects[0].id belongs to a project of another organization.',
  ])
  expect(await faults(file(acme({ applications: [{ clientId: 'shop', name: 'S', type: 'spa' }] })))).toEqual([
    'organizations[0].applications[0].clientId is the id of a project.',
  ])
})
