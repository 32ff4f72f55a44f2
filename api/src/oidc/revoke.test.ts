import { expect, test } from 'vitest'
import { Unavailable } from '../domain/unavailable.ts'
import { expectOAuthError, jsonOf } from '../testing/answers.ts'
import { basic, postForm } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'

async function createRevoking(settings = {}) {
  const scene = await createScene({ application: { settings: { consent: 'never', ...settings } } })
  await scene.world.addApplication('other')
  await scene.world.addApplication('public', { type: 'spa' })
  const revoke = (form: Record<string, string>, clientId = 'ledger') =>
    postForm(scene.world, '/oauth/v2/revoke', form, { authorization: basic(clientId) })
  return { ...scene, revoke }
}

const isDone = async (response: Response) => expect([response.status, await response.text()]).toEqual([200, ''])

test.each(['opaque', 'jwt'] as const)('RV3 an access token (%s) goes alone', async (accessTokenFormat) => {
  const { tokens, refresh, userinfo, revoke } = await createRevoking({ accessTokenFormat })
  const first = await tokens({ scope: 'openid offline_access' })
  const second = await jsonOf<typeof first>(await refresh(first))
  await isDone(await revoke({ token: second.access_token }))
  expect((await userinfo(second)).status).toBe(401)
  expect((await userinfo(first)).status).toBe(200)
  expect((await refresh(second)).status).toBe(200)
})

test('RV3 a refresh token takes its family along, a used one too, and its person reads of it', async () => {
  const { tokens, refresh, userinfo, revoke, events, userId } = await createRevoking()
  const first = await tokens({ scope: 'openid offline_access' })
  const second = await jsonOf<typeof first>(await refresh(first))
  await isDone(await revoke({ token: first.refresh_token! }))
  for (const { access_token } of [first, second])
    expect((await userinfo({ access_token } as typeof first)).status).toBe(401)
  await expectOAuthError(await refresh(second), 400, 'invalid_grant')
  await isDone(await revoke({ token: second.refresh_token! }))
  expect((await events()).filter(({ type }) => type === 'grant.revoked')).toMatchObject([{ person: userId }])
})

test('RV1, N175 what is unknown, malformed, over or another client’s is answered alike, and stays', async () => {
  const { tokens, refresh, userinfo, revoke, clock } = await createRevoking()
  const granted = await tokens({ scope: 'openid offline_access' })
  for (const token of [
    'x',
    'va_x',
    'vr_x',
    `va_${'A'.repeat(43)}`,
    'a.b.c',
    granted.access_token,
    granted.refresh_token!,
  ])
    await isDone(await revoke({ token }, 'other'))
  expect((await userinfo(granted)).status).toBe(200)
  expect((await refresh(granted)).status).toBe(200)
  clock.advance(13 * 3600)
  await isDone(await revoke({ token: granted.access_token }))
})

test('RV1 a wrong hint is ignored, a missing token is not', async () => {
  const { tokens, userinfo, revoke } = await createRevoking()
  const granted = await tokens()
  await expectOAuthError(await revoke({}), 400, 'invalid_request')
  await isDone(await revoke({ token: granted.access_token, token_type_hint: 'refresh_token' }))
  expect((await userinfo(granted)).status).toBe(401)
})

test('RV2 an ID token can not be revoked', async () => {
  const { tokens, revoke, userinfo } = await createRevoking()
  const granted = await tokens()
  await expectOAuthError(await revoke({ token: granted.id_token! }), 400, 'unsupported_token_type')
  expect((await userinfo(granted)).status).toBe(200)
})

test('RV2 confidential clients authenticate, public ones say who they are', async () => {
  const { world, tokens, userinfo } = await createRevoking()
  const granted = await tokens()
  const post = (form: Record<string, string>) => postForm(world, '/oauth/v2/revoke', form)
  await expectOAuthError(await post({ token: granted.access_token }), 401, 'invalid_client')
  await expectOAuthError(await post({ token: granted.access_token, client_id: 'ledger' }), 401, 'invalid_client')
  await isDone(await post({ token: granted.access_token, client_id: 'public' }))
  expect((await userinfo(granted)).status).toBe(200)
  expect((await world.app.request('/oauth/v2/revoke')).status).toBe(405)
})

test('RV3, N175 what could not be stored is not said to be done', async () => {
  const { tokens, revoke, deps } = await createRevoking()
  const granted = await tokens({ scope: 'openid offline_access' })
  deps.db.transaction = () => Promise.reject(new Unavailable('gone'))
  for (const token of [granted.access_token, granted.refresh_token!]) {
    const answer = await revoke({ token })
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true])
  }
})
