import type { Role } from '@vestibule/shared/roles.ts'
import { scopeOf } from '@vestibule/shared/roles.ts'
import type { OrganizationId } from '../domain/ids.ts'
import { createPersonalToken } from '../use-cases/service-users/personal-tokens.ts'
import { addServiceUser } from './service-users.ts'
import { ISSUER, type World } from './world.ts'

export const MANAGEMENT_SCOPE = 'urn:vestibule:org:project:id:vestibule:aud'

let made = 0

type Options = { organization?: OrganizationId; scopes?: string[] }

/** A service user with these roles in its organization, or on the instance, and a token for the management API. */
export async function addManager(
  world: World,
  roles: readonly Role[],
  { organization = world.acme, scopes = [MANAGEMENT_SCOPE] }: Options = {},
) {
  const robot = await addServiceUser(world, `robot${++made}`, { organization })
  for (const role of roles)
    await world.grant(robot.id, role, scopeOf(role) === 'instance' ? 'instance' : robot.organizationId)
  const { deps } = world
  const expiresAt = deps.clock.now() + 86_400_000
  const { id: tokenId, token } = await deps.db.transaction((tx) =>
    createPersonalToken(deps, tx, robot, { name: 'of the tests', scopes, expiresAt }),
  )
  return { ...robot, tokenId, token, ...createCaller(world, `Bearer ${token}`) }
}

/** A program that calls the management API with this header. */
export function createCaller(world: World, authorization: string) {
  const send = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    world.app.request(path, {
      method,
      headers: {
        host: new URL(ISSUER).host,
        authorization,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  return {
    send,
    get: (path: string) => send('GET', path),
    post: (path: string, body: object = {}, headers?: Record<string, string>) => send('POST', path, body, headers),
    put: (path: string, body: object = {}, headers?: Record<string, string>) => send('PUT', path, body, headers),
  }
}
