import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, expectOAuthError, jsonOf } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { type Tokens, tokenRequest } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'

const API = 'https://api.acme.test/v1'

async function createApis() {
  const scene = await createScene({ application: { settings: { consent: 'never', accessTokenFormat: 'jwt' } } })
  const { world } = scene
  const api = await world.addApplication('api', { type: 'api', settings: { resources: [API, 'urn:acme:api'] } })
  const other = await world.addOrganization('other.test')
  await world.addApplication('foreign', {
    organization: other,
    type: 'api',
    settings: { resources: ['urn:other:api'] },
  })
  await world.addApplication('robot', { type: 'api', grantTypes: ['client_credentials'] })
  return {
    ...scene,
    api,
    audience: async (token: string) => decodeJwt(token).aud,
  }
}

test('AT2 the access token is for the API that was asked for, and stays so', async () => {
  const { tokens, refresh, audience, userinfo } = await createApis()
  const granted = await tokens({ scope: 'openid offline_access', resource: API })
  expect(await audience(granted.access_token)).toBe(API)
  const next = await jsonOf<Tokens>(await refresh(granted, { resource: API }))
  expect(await audience(next.access_token)).toBe(API)
  expect((await userinfo(next)).status).toBe(200)
})

test('AT2 else for the application', async () => {
  const { tokens, audience } = await createApis()
  expect(await audience((await tokens()).access_token)).toBe('ledger')
})

test.each(['urn:other:api', 'https://api.acme.test', `${API}#x`, 'api', '/v1', 'urn:unknown', `${API}/`])(
  'AZ10 resource %s is refused everywhere',
  async (resource) => {
    const { authorize, world } = await createApis()
    expect(clientAnswer(await authorize({ resource }))).toMatchObject({ error: 'invalid_target' })
    const answer = await tokenRequest(world, 'robot', { grant_type: 'client_credentials', resource })
    await expectOAuthError(answer, 400, 'invalid_target')
  },
)

test('AZ10 an API that is switched off is no resource', async () => {
  const { authorize, world, api } = await createApis()
  await change(world, 'applications', api.id, { state: 'deactivated' })
  expect(clientAnswer(await authorize({ resource: API }))).toMatchObject({ error: 'invalid_target' })
})

test('AT2 a token request names no other resource than was granted', async () => {
  const { signIn, authorize, redeem, refresh } = await createApis()
  await expectOAuthError(await redeem(await signIn(), { resource: API }), 400, 'invalid_target')
  const codeFor = async (scope: string) => clientAnswer(await authorize({ scope, resource: API })).code ?? ''
  await expectOAuthError(await redeem(await codeFor('openid'), { resource: 'urn:acme:api' }), 400, 'invalid_target')
  const granted = await jsonOf<Tokens>(await redeem(await codeFor('openid offline_access'), { resource: API }))
  await expectOAuthError(await refresh(granted, { resource: 'urn:acme:api' }), 400, 'invalid_target')
  expect((await refresh(granted)).status).toBe(200)
})
