import { DEVICE_GRANT } from '../../domain/application.ts'
import { change } from '../change.ts'
import { addTelevision, askAsDevice, poll } from '../device.ts'
import { basic, postForm } from '../relying-party.ts'
import type { Scene } from '../scene.ts'
import { asks, CODE, common, type Form, REFRESH, TOKEN } from './grants.ts'
import { ASSERTIONS, MACHINES } from './machines.ts'
import type { Refusal } from './refusal.ts'

const tv = (send: (code: string, scene: Scene) => Response | Promise<Response>) => async (scene: Scene) => {
  const waiting = (await (await askAsDevice(scene.world)).json()) as { device_code: string }
  return send(waiting.device_code, scene)
}
const approve = ({ deps }: Scene, grantId: string | null) =>
  deps.db.query.update(deps.db.tables.deviceAuthorizations).set({ state: 'approved', grantId: grantId as never })

const DEVICES: Refusal[] = [
  ...common('token_device_code', DEVICE_GRANT),
  ['token_device_code', 'device_code', 'unknown', tv((_code, { world }) => poll(world, `vdc_${'A'.repeat(43)}`))],
  [
    'token_device_code',
    'device_code',
    'expired',
    tv((code, { world, clock }) => {
      clock.advance(301)
      return poll(world, code)
    }),
  ],
  [
    'token_device_code',
    'grant',
    'ended',
    tv(async (code, scene) => {
      await scene.tokens()
      const { grants } = scene.deps.db.tables
      const [grant] = await scene.deps.db.query.select().from(grants)
      await approve(scene, grant!.id)
      await change(scene, 'users', scene.userId, { state: 'deactivated' })
      return poll(scene.world, code)
    }),
  ],
]

const DEVICE = '/oauth/v2/device_authorization'
const television =
  (form: Form) =>
  async ({ world }: Scene) =>
    askAsDevice(world, form)

const AUTHORIZATION_OF_DEVICES: Refusal[] = [
  ['device_authorization', 'form', 'not_allowed', ({ world }) => postForm(world, `${DEVICE}?x=1`, '')],
  ['device_authorization', 'parameters', 'repeated', ({ world }) => postForm(world, DEVICE, 'a=1&a=2')],
  ['device_authorization', 'client', 'unknown', ({ world }) => postForm(world, DEVICE, { client_id: 'nobody' })],
  [
    'device_authorization',
    'grant_type',
    'not_allowed',
    async ({ world }) => {
      await addTelevision(world)
      return postForm(world, DEVICE, {}, { authorization: basic('ledger') })
    },
  ],
  ['device_authorization', 'scope', 'malformed', television({ scope: 'é' })],
  ['device_authorization', 'resource', 'unknown', television({ resource: 'https://a.b' })],
  ['device_authorization', 'max_age', 'malformed', television({ max_age: 'x' })],
]

const asPublic =
  (path: string, form: Form = {}) =>
  async ({ world }: Scene) => {
    await world.addApplication('browser', { type: 'spa' })
    return postForm(world, path, { client_id: 'browser', ...form })
  }

const about = (path: 'introspect' | 'revoke'): Refusal[] => {
  const address = `/oauth/v2/${path}`
  const authorization = { authorization: basic('ledger') }
  return [
    [path, 'form', 'not_allowed', ({ world }) => postForm(world, `${address}?token=x`, '', authorization)],
    [path, 'parameters', 'repeated', ({ world }) => postForm(world, address, 'a=1&a=2', authorization)],
    [path, 'client', 'mismatch', ({ world }) => postForm(world, address, { client_id: 'ledger', client_secret: 'x' })],
    [path, 'token', 'missing', ({ world }) => postForm(world, address, {}, authorization)],
  ]
}

export const TOKEN_ENDPOINTS: Refusal[] = [
  ['token', 'form', 'unsupported', asks({}, { 'content-type': 'text/plain' })],
  ['token', 'parameters', 'repeated', ({ world }) => postForm(world, TOKEN, 'a=1&a=2')],
  ['token', 'client', 'missing', ({ world }) => postForm(world, TOKEN, {})],
  ['token', 'grant_type', 'unsupported', asks({ grant_type: 'password' })],
  ...CODE,
  ...REFRESH,
  ...MACHINES,
  ...ASSERTIONS,
  ...DEVICES,
  ...AUTHORIZATION_OF_DEVICES,
  ...about('introspect'),
  ['introspect', 'client_type', 'not_allowed', asPublic('/oauth/v2/introspect', { token: 'x' })],
  ...about('revoke'),
  [
    'revoke',
    'token',
    'unsupported',
    async ({ world, tokens }) => {
      const { id_token: token = '' } = await tokens()
      return postForm(world, '/oauth/v2/revoke', { token }, { authorization: basic('ledger') })
    },
  ],
]

const END = '/oidc/v1/end_session'
export const END_SESSION: Refusal[] = [
  ['end_session', 'form', 'not_allowed', ({ world }) => postForm(world, `${END}?x=1`, '')],
  ['end_session', 'parameters', 'repeated', ({ browser }) => browser.get(`${END}?state=a&state=b`)],
  [
    'end_session',
    'id_token_hint',
    'mismatch',
    async ({ tokens, browser }) => {
      const { id_token = '' } = await tokens()
      return browser.get(`${END}?${new URLSearchParams({ id_token_hint: id_token, client_id: 'other' })}`)
    },
  ],
]
