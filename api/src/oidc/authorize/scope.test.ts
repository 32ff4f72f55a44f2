import { expect, test } from 'vitest'
import { DEVICE_GRANT } from '../../domain/application.ts'
import { clientAnswer, expectOAuthError } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import { basic, postForm, userinfoRequest } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { REDIRECT_URI } from '../../testing/world.ts'

test('AZ8 an unknown scope is ignored, and the response names what was granted', async () => {
  const { tokens } = await createScene()
  expect((await tokens({ scope: 'openid unknown email urn:x:y' })).scope).toBe('openid email')
})

test('AZ8 offline_access is not granted to an application that may not refresh', async () => {
  const { tokens } = await createScene({ application: { grantTypes: ['authorization_code'] } })
  const { scope, refresh_token } = await tokens({ scope: 'openid offline_access' })
  expect({ scope, refresh_token }).toEqual({ scope: 'openid', refresh_token: undefined })
})

const organizationScope = 'urn:zitadel:iam:org:id:'
const domainScope = 'urn:zitadel:iam:org:domain:primary:'

test.each([
  ['a quote', 'openid "x"'],
  ['a backslash', 'openid a\\b'],
  ['a tab', 'openid\temail'],
  ['a letter outside ASCII', 'openid é'],
  ['more than 100 items', Array.from({ length: 101 }, (_, at) => `s${at}`).join(' ')],
  ['more than 4096 characters', 'x'.repeat(4097)],
  ['an unknown organization', `openid ${organizationScope}org_nobody`],
  ['an unknown domain', `openid ${domainScope}nobody.test`],
  ['two organizations', `openid ${organizationScope}a ${organizationScope}b`],
  ['two domains', `openid ${domainScope}a.test ${domainScope}b.test`],
])('AZ8 %s is an invalid scope', async (_name, scope) => {
  const { authorize } = await createScene()
  expect(clientAnswer(await authorize({ scope }))).toMatchObject({ error: 'invalid_scope' })
})

test.each([
  'urn:zitadel:iam:org:idp:id:165467338479501569',
  'urn:vestibule:org:idp:id:google',
  'urn:vestibule:org:idp:id:',
  'urn:zitadel:iam:org:idp:id:a urn:vestibule:org:id:{acme}',
])('Z2 %s names no identity provider that is allowed, wherever it is asked for', async (template) => {
  const grantTypes = ['authorization_code', 'client_credentials', DEVICE_GRANT] as const
  const { world, authorize, acme } = await createScene({ application: { grantTypes } })
  const scope = `openid ${template.replace('{acme}', acme)}`
  expect(clientAnswer(await authorize({ scope }))).toMatchObject({ error: 'invalid_scope' })
  const asked = {
    '/oauth/v2/par': { response_type: 'code', redirect_uri: REDIRECT_URI },
    '/oauth/v2/device_authorization': {},
    '/oauth/v2/token': { grant_type: 'client_credentials' },
  }
  for (const [path, form] of Object.entries(asked)) {
    const answer = await postForm(world, path, { ...form, scope }, { authorization: basic('ledger') })
    await expectOAuthError(answer, 400, 'invalid_scope')
  }
})

test('AZ8 a deactivated organization is an invalid scope', async () => {
  const { world, authorize } = await createScene()
  const globex = await world.addOrganization('globex.test')
  await change(world, 'organizations', globex, { state: 'deactivated' })
  for (const scope of [organizationScope + globex, `${domainScope}globex.test`])
    expect(clientAnswer(await authorize({ scope: `openid ${scope}` }))).toMatchObject({ error: 'invalid_scope' })
})

test('AZ9 without openid there is no ID token and no userinfo', async () => {
  const { tokens, world } = await createScene()
  const granted = await tokens({ scope: 'email' })
  expect(granted).not.toHaveProperty('id_token')
  expect(granted.scope).toBe('email')
  const answer = await userinfoRequest(world, granted.access_token)
  expect(answer.status).toBe(403)
  expect(answer.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
})

test('AZ9 without any scope nothing is granted', async () => {
  const { tokens } = await createScene()
  expect(await tokens({ scope: null })).toMatchObject({ scope: '', access_token: expect.any(String) })
})

test.each(['relative/path', 'https://api.test/#f', 'https://api.test/'])(
  'AZ10 the resource %s is not known',
  async (resource) => {
    const { authorize } = await createScene()
    expect(clientAnswer(await authorize({ resource }))).toMatchObject({ error: 'invalid_target' })
  },
)
