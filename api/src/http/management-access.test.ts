import { permissionsOf, ROLES, type Role, scopeOf } from '@vestibule/shared/roles.ts'
import { describe, expect, test } from 'vitest'
import type { OrganizationId } from '../domain/ids.ts'
import { expectProblem } from '../testing/answers.ts'
import { addThings, callOf, MANAGER_KEYS, type ManagerKey, type Things } from '../testing/managed-things.ts'
import { addManager } from '../testing/managers.ts'
import { createWorld, type World } from '../testing/world.ts'
import { ACCESS, type Access } from './access.ts'

const OWNERS = ['organization_owner', 'instance_owner'] as const
const NOWHERE = 'org_00000000000000000000000000000000' as OrganizationId
const accessOf = (key: ManagerKey): Access => ACCESS[key]

/** Everything that a call could change, as text. */
async function rowsOf({ deps }: World): Promise<string> {
  const { query, tables } = deps.db
  const names = [
    'organizations',
    'policies',
    'applications',
    'users',
    'identifiers',
    'credentials',
    'sessions',
  ] as const
  const more = ['grants', 'managerRoles', 'machineKeys', 'personalTokens', 'projects', 'userGrants', 'events'] as const
  const rows = []
  for (const name of [...names, ...more]) rows.push(await query.select().from(tables[name] as typeof tables.users))
  return JSON.stringify(rows)
}

async function managed() {
  const world = await createWorld()
  const other = await world.addOrganization('other.test')
  const { db, repositories } = world.deps
  const standing = await world.addOrganization('standing.test')
  await db.transaction((tx) => repositories.organizations.makeDefault(tx, standing))
  const robots = new Map<Role, Awaited<ReturnType<typeof addManager>>>()
  const call = async (role: Role, key: ManagerKey, things: Things) => {
    const robot = robots.get(role) ?? (await addManager(world, [role]))
    robots.set(role, robot)
    const { method, path, body } = callOf(key, things)
    const before = await rowsOf(world)
    const response = await robot.send(method, path, body)
    const hasChanged = (await rowsOf(world)) !== before
    // whoever comes next finds nothing shut, and has not been shut out
    if (hasChanged) robots.clear()
    await world.deps.db.query.update(world.deps.db.tables.organizations).set({ state: 'active' })
    return { response, hasChanged }
  }
  const untouched = new Map<OrganizationId, Things>()
  /** The same as long as nobody did anything to them. */
  const thingsOf = async (organization: OrganizationId) => {
    const things = untouched.get(organization) ?? (await addThings(world, organization))
    untouched.set(organization, things)
    return things
  }
  return { world, other, call, thingsOf, touch: () => untouched.clear() }
}

test.each(MANAGER_KEYS)('P4, N235 every role at %s', async (key) => {
  const { world, other, call, thingsOf, touch } = await managed()
  const { needs } = accessOf(key)
  for (const role of ROLES) {
    const may = permissionsOf(role).includes(needs!.permission)
    const isInstanceRole = scopeOf(role) === 'instance'
    const expected = async (organization: OrganizationId, status: number) => {
      const things = await thingsOf(organization === NOWHERE ? world.acme : organization)
      const { response, hasChanged } = await call(role, key, { ...things, organization })
      expect([role, response.status, hasChanged && status !== 200]).toEqual([role, status, false])
      if (hasChanged) touch()
    }
    if (needs!.on === 'instance') {
      await expected(world.acme, may && isInstanceRole ? 200 : 403)
      continue
    }
    await expected(other, isInstanceRole ? (may ? 200 : 403) : 404)
    await expected(world.acme, may ? 200 : 403)
    await expected(NOWHERE, 404)
  }
})

describe('things of another organization are not there, and neither are those that never were', () => {
  const NAMES = ['user', 'session', 'factor', 'application', 'project', 'serviceUser', 'key', 'token']
  const inOrganizations = MANAGER_KEYS.filter((key) => accessOf(key).needs?.on === 'organization')
  const named = inOrganizations.flatMap((key) =>
    NAMES.filter((name) => key.split('/').includes(`:${name}`)).map((name) => ({ key, name })),
  )
  test.each(named)('$name of $key', async ({ key, name }) => {
    const { world, other, call } = await managed()
    const own = await addThings(world, world.acme)
    const foreign = await addThings(world, other)
    const unknown = `${foreign[name]!.split('_')[0]}_00000000000000000000000000000000`
    for (const id of [foreign[name]!, unknown, 'nonsense', '%00'])
      for (const role of id === foreign[name] ? OWNERS : OWNERS.slice(0, 1)) {
        const { response, hasChanged } = await call(role, key, { ...own, newcomer: '', [name]: id })
        await expectProblem(response, 404, 'not_found')
        expect(hasChanged).toBe(false)
      }
  })
})
