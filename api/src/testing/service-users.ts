import type { ApplicationSettings } from '../domain/application.ts'
import { JWT_BEARER } from '../domain/application.ts'
import type { OrganizationId, UserId } from '../domain/ids.ts'
import { addKey } from '../use-cases/service-users/machine-keys.ts'
import { createServiceUser, renewSecret, type ServiceUser } from '../use-cases/service-users/service-user.ts'
import { assertionClaims, newKey, signed, type TestKey } from './assertions.ts'
import { postForm, tokenRequest } from './relying-party.ts'
import type { World } from './world.ts'

type Options = { organization?: OrganizationId; settings?: Partial<ApplicationSettings>; expiresAt?: number | null }

/** A service user `robot` with a key, a secret, and what its program does with them. */
export async function addServiceUser(
  world: World,
  clientId: string,
  { organization = world.acme, settings = {}, expiresAt = null }: Options = {},
) {
  const { deps } = world
  const key = newKey('ES256', `key of ${clientId}`)
  const { user, secret } = await deps.db.transaction(async (tx) => {
    const named = { organizationId: organization, clientId, name: `${clientId} of the tests` }
    const id = await createServiceUser(deps, tx, { ...named, subject: null, secretHashes: [], settings })
    const made = await serviceUserOf(world, id, clientId, tx)
    await addKey(deps, tx, made, { publicJwk: key.jwk, id: key.kid, expiresAt })
    return { user: made, secret: await renewSecret(deps, tx, made) }
  })
  const make = (claims: object = {}, header: object = {}, by: TestKey = key) =>
    signed(by, assertionClaims(world, user.id, claims), header)
  return {
    ...user,
    clientId,
    key,
    secret,
    make,
    /** The JWT bearer grant with this assertion. */
    bring: (assertion: string, form: Record<string, string> = {}) =>
      postForm(world, '/oauth/v2/token', { grant_type: JWT_BEARER, assertion, ...form }),
    /** The client credentials grant with its secret. */
    ask: (form: Record<string, string> = {}) =>
      tokenRequest(
        world,
        '',
        { grant_type: 'client_credentials', ...form },
        { authorization: basicOf(clientId, secret) },
      ),
  }
}

const basicOf = (clientId: string, secret: string) => `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`

async function serviceUserOf(
  { deps }: World,
  id: UserId,
  clientId: string,
  tx: Parameters<Parameters<World['deps']['db']['transaction']>[0]>[0],
): Promise<ServiceUser> {
  const application = await deps.repositories.applications.findActiveByClientId(clientId, tx)
  if (!application) throw new Error('the service user has no client')
  return { id, organizationId: application.organizationId, application, subject: application.serviceSubject ?? id }
}
