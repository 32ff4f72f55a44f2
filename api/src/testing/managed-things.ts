import { randomUUID } from 'node:crypto'
import { type ApplicationId, newId, type OrganizationId, type ProjectId } from '../domain/ids.ts'
import { ACCESS, type RouteKey } from '../http/access.ts'
import { addKey } from '../use-cases/service-users/machine-keys.ts'
import { createPersonalToken } from '../use-cases/service-users/personal-tokens.ts'
import { newKey } from './assertions.ts'
import { addressOf } from './routes.ts'
import { addServiceUser } from './service-users.ts'
import type { World } from './world.ts'

export type Things = Record<string, string>
export type ManagerKey = {
  [Key in RouteKey]: (typeof ACCESS)[Key]['caller'] extends 'manager' ? Key : never
}[RouteKey]
export const MANAGER_KEYS = (Object.keys(ACCESS) as RouteKey[]).filter(
  (key): key is ManagerKey => ACCESS[key].caller === 'manager',
)

let made = 0

/** One of everything that an address of managers may name, in this organization. */
export async function addThings(world: World, organization: OrganizationId): Promise<Things> {
  const nth = ++made
  const { deps, clock } = world
  const source = { now: clock.now, randomBytes: deps.randomBytes }
  const user = await world.addUser(`ann${nth}`, { organization, password: null, email: `ann${nth}@things.test` })
  const [session, factor, device] = [newId('ses', source), newId('crd', source), newId('dev', source)]
  const now = clock.now()
  await deps.db.query
    .insert(deps.db.tables.devices)
    .values({ id: device, tokenHash: device, userAgent: 'Firefox', createdAt: now, lastSeenAt: now })
  await deps.db.transaction(async (tx) => {
    const row = { id: session, deviceId: device, userId: user, loginName: `ann${nth}`, checks: [], now }
    await deps.repositories.sessions.create(tx, { ...row, expiresAt: now + 60_000 })
    await deps.repositories.credentials.add(tx, { id: factor, userId: user, type: 'totp', secret: 'boxed', now })
  })
  const newcomer = await world.addUser(`nia${nth}`, { organization, password: null, email: null })
  const { id: application } = await world.addApplication(`app${nth}`, { organization })
  const trace = await addTrace(world, organization, application)
  const project = `project${nth}` as ProjectId
  const robot = await addServiceUser(world, `machine${nth}`, { organization })
  const { key, token } = await deps.db.transaction(async (tx) => {
    const row = { id: project, organizationId: organization, name: 'P', assertsRoles: false, roles: ['buyer'] }
    await deps.repositories.projects.set(tx, { ...row, grantedTo: [] })
    await deps.repositories.projects.grant(tx, { userId: user, projectId: project, roles: ['buyer'] })
    const wanted = { name: 'T', scopes: ['openid'], expiresAt: now + 60_000 }
    return {
      key: await addKey(deps, tx, robot, { publicJwk: newKey('ES256', 'x').jwk, expiresAt: null }),
      token: (await createPersonalToken(deps, tx, robot, wanted)).id,
    }
  })
  const more = { newcomer, application, trace, project, serviceUser: robot.id, key, token }
  return { organization, user, session, factor, ...more, kind: 'lockout' }
}

async function addTrace({ deps, clock }: World, owner: OrganizationId, applicationId: ApplicationId): Promise<string> {
  const id = randomUUID()
  const refused = { error: 'invalid_request', check: 'redirect_uri', reason: 'mismatch' } as const
  const row = { id, at: clock.now(), path: 'authorize', owner, applicationId, clientId: 'app', ...refused } as const
  await deps.db.transaction((tx) => deps.repositories.traces.create(tx, { ...row, expected: null, got: null }))
  return id
}

/** What a change needs to be told, where nothing is not enough. */
const BODIES: Partial<Record<ManagerKey, () => object>> = {
  'POST /api/v1/organizations/:organization/users': () => ({ username: `new${++made}` }),
  'POST /api/v1/organizations': () => ({ name: 'New', primaryDomain: `new${++made}.test` }),
  'PATCH /api/v1/organizations/:organization': () => ({ name: 'Renamed' }),
  'PUT /api/v1/organizations/:organization/login-domain': () => ({ domain: `own${++made}.localhost` }),
  'POST /api/v1/organizations/:organization/applications': () => ({
    clientId: `client${++made}`,
    name: 'New',
    type: 'web',
  }),
  'PUT /api/v1/organizations/:organization/managers/:user': () => ({ roles: ['organization_viewer'] }),
  'PUT /api/v1/instance/managers/:user': () => ({ roles: [] }),
  'POST /api/v1/organizations/:organization/projects': () => ({ id: `new${++made}`, name: 'New' }),
  'PUT /api/v1/organizations/:organization/users/:user/grants/:project': () => ({ roles: ['buyer'] }),
  'POST /api/v1/organizations/:organization/service-users': () => ({ clientId: `client${++made}`, name: 'New' }),
  'POST /api/v1/organizations/:organization/service-users/:serviceUser/keys': () => ({
    publicKey: newKey('ES256', 'x').jwk,
  }),
  'POST /api/v1/organizations/:organization/service-users/:serviceUser/tokens': () => ({
    name: 'New',
    scopes: ['openid'],
    expiresAt: '2026-06-01T00:00:00Z',
  }),
  'POST /api/v1/organizations/:organization/users/:user/password': () => ({
    newPassword: 'seven quiet lanterns',
  }),
}

export type Call = { method: string; path: string; body: object | undefined }

/** A call of this route that makes sense with these things. */
export function callOf(key: ManagerKey, things: Things): Call {
  const [method = '', pattern = ''] = key.split(' ')
  const hasBody = method !== 'GET' && method !== 'DELETE'
  // whoever has a way in gets no link
  const user = key.endsWith('/setup-link') && things.newcomer ? things.newcomer : things.user!
  return { method, path: addressOf(pattern, { ...things, user }), body: hasBody ? (BODIES[key]?.() ?? {}) : undefined }
}
