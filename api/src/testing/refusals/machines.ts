import { JWT_BEARER } from '../../domain/application.ts'
import { newKey } from '../assertions.ts'
import { change } from '../change.ts'
import { postForm, publicTokenRequest, tokenRequest } from '../relying-party.ts'
import type { Scene } from '../scene.ts'
import { addServiceUser } from '../service-users.ts'
import { common, type Form, TOKEN } from './grants.ts'
import type { Refusal } from './refusal.ts'

/** The application acts for itself, after that. */
const acts =
  (form: Form, type: 'web' | 'native' = 'web') =>
  async ({ world, ledger }: Scene) => {
    const settings = { ...ledger.settings, ...(type === 'native' ? { authenticationMethod: 'none' as const } : {}) }
    await change(world, 'applications', ledger.id, { grantTypes: ['client_credentials'], type, settings })
    const asked = { grant_type: 'client_credentials', ...form }
    return type === 'web' ? tokenRequest(world, 'ledger', asked) : publicTokenRequest(world, 'ledger', asked)
  }

export const MACHINES: Refusal[] = [
  ...common('token_client_credentials', 'client_credentials'),
  ['token_client_credentials', 'client_type', 'not_allowed', acts({}, 'native')],
  ['token_client_credentials', 'scope', 'malformed', acts({ scope: 'é' })],
  ['token_client_credentials', 'resource', 'unknown', acts({ resource: 'https://api.test' })],
]

type Robot = Awaited<ReturnType<typeof addServiceUser>>
const robots = (send: (robot: Robot, scene: Scene) => Response | Promise<Response>) => async (scene: Scene) =>
  send(await addServiceUser(scene.world, 'robot'), scene)

export const ASSERTIONS: Refusal[] = [
  [
    'token_jwt_bearer',
    'parameters',
    'repeated',
    ({ world }) => postForm(world, TOKEN, `grant_type=${JWT_BEARER}&scope=a&scope=b`),
  ],
  ['token_jwt_bearer', 'assertion', 'missing', ({ world }) => postForm(world, TOKEN, { grant_type: JWT_BEARER })],
  ['token_jwt_bearer', 'assertion', 'unknown', robots(({ bring, make }) => bring(make({ iss: 'nobody' })))],
  ['token_jwt_bearer', 'client', 'mismatch', robots(({ bring, make }) => bring(make(), { client_id: 'ledger' }))],
  [
    'token_jwt_bearer',
    'grant_type',
    'not_allowed',
    robots(async ({ bring, make }, { deps }) => {
      await deps.db.query.update(deps.db.tables.applications).set({ grantTypes: [] })
      return bring(make())
    }),
  ],
  [
    'token_jwt_bearer',
    'dpop_proof',
    'malformed',
    robots(({ make }, { world }) =>
      postForm(world, TOKEN, { grant_type: JWT_BEARER, assertion: make() }, { dpop: 'x' }),
    ),
  ],
  ['token_jwt_bearer', 'assertion_proof', 'mismatch', robots(({ bring, make }) => bring(make({ aud: 'x' })))],
  ['token_jwt_bearer', 'assertion_proof', 'wrong', robots(({ bring, make }) => bring(make({}, {}, newKey())))],
  ['token_jwt_bearer', 'scope', 'malformed', robots(({ bring, make }) => bring(make(), { scope: 'é' }))],
  ['token_jwt_bearer', 'resource', 'unknown', robots(({ bring, make }) => bring(make(), { resource: 'https://a.b' }))],
  [
    'token_jwt_bearer',
    'assertion_once',
    'used',
    robots(async ({ bring, make }) => {
      const assertion = make()
      await bring(assertion)
      return bring(assertion)
    }),
  ],
]
