import { jsonOf } from '../answers.ts'
import { askAsDevice } from '../device.ts'
import { addGame, createGame } from '../native-client.ts'
import { authorizeQuery, basic, postForm } from '../relying-party.ts'
import { BOB } from '../scene.ts'
import { PASSWORD } from '../world.ts'
import { get, type Story } from './story.ts'

/** The endpoints of applications and devices. */
export const PROTOCOL_STORIES = {
  'GET /oidc/v1/check_session': { stranger: 200, happy: get('/oidc/v1/check_session') },
  'GET /oauth/v2/authorize': { stranger: 400, happy: ({ authorize }) => authorize() },
  'POST /oauth/v2/authorize': {
    stranger: 400,
    happy: ({ world }) => postForm(world, '/oauth/v2/authorize', authorizeQuery('ledger').toString()),
  },
  'GET /oidc/v1/end_session': { stranger: 200, happy: get('/oidc/v1/end_session') },
  'POST /oidc/v1/end_session': { stranger: 400, happy: ({ world }) => postForm(world, '/oidc/v1/end_session', {}) },
  'POST /oauth/v2/par': {
    stranger: 400,
    happy: ({ world }) =>
      postForm(world, '/oauth/v2/par', authorizeQuery('ledger').toString(), { authorization: basic('ledger') }),
  },
  'POST /oauth/v2/authorize-challenge': {
    stranger: 400,
    happy: async ({ world }) => {
      await addGame(world)
      const game = await createGame(world)
      const { body } = await game.begin({ identifier: BOB, password: PASSWORD })
      return game.redeem(body.authorization_code)
    },
  },
  'POST /oauth/v2/device_authorization': {
    stranger: 400,
    happy: ({ world }) => askAsDevice(world),
  },
  'POST /api/device': {
    stranger: 403,
    happy: async ({ world, browser }) => {
      const { user_code: code } = await jsonOf<{ user_code: string }>(await askAsDevice(world))
      return browser.post('/api/device', { code })
    },
  },
  'POST /oauth/v2/token': { stranger: 400, happy: async ({ signIn, redeem }) => redeem(await signIn()) },
  'POST /oauth/v2/introspect': {
    stranger: 400,
    happy: async ({ world, tokens }) => {
      const { access_token: token } = await tokens()
      return postForm(world, '/oauth/v2/introspect', { token }, { authorization: basic('ledger') })
    },
  },
  'POST /oauth/v2/revoke': {
    stranger: 400,
    happy: async ({ world, tokens }) => {
      const { access_token: token } = await tokens()
      return postForm(world, '/oauth/v2/revoke', { token }, { authorization: basic('ledger') })
    },
  },
  'GET /oidc/v1/userinfo': { stranger: 401, happy: async ({ tokens, userinfo }) => userinfo(await tokens()) },
  'POST /oidc/v1/userinfo': {
    stranger: 401,
    happy: async ({ world, tokens }) =>
      postForm(world, '/oidc/v1/userinfo', { access_token: (await tokens()).access_token }),
  },
  'GET /oauth/v2/keys': { stranger: 200, happy: get('/oauth/v2/keys') },
  'GET /.well-known/openid-configuration': { stranger: 200, happy: get('/.well-known/openid-configuration') },
  'GET /.well-known/webauthn': { stranger: 200, happy: get('/.well-known/webauthn') },
  'GET /.well-known/oauth-authorization-server': {
    stranger: 200,
    happy: get('/.well-known/oauth-authorization-server'),
  },
} satisfies Record<string, Story>
