import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, jsonOf, locationOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { addTotp, enterTotp, openSecond, totpCode } from '../../testing/factors.ts'
import { authorizePath, codeOf } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

test.each(['[]', '"x"', 'null', '1', '{', '{"id_token":[]}', '{"userinfo":"x"}'])(
  'AZ11 claims=%s is refused',
  async (claims) => {
    const { authorize } = await createScene()
    expect(clientAnswer(await authorize({ claims }))).toMatchObject({ error: 'invalid_request' })
  },
)

test('AZ11 single claims arrive where they were asked for, unknown ones nowhere', async () => {
  const { tokens, userinfo, userId } = await createScene()
  const claims = JSON.stringify({
    userinfo: { given_name: { essential: true }, password: null, __proto__: null },
    id_token: { email: null, phone_number: { essential: true }, secret: null },
  })
  const granted = await tokens({ claims })
  expect(await jsonOf(await userinfo(granted))).toEqual({ sub: userId, given_name: 'bob' })
  const { email, phone_number, secret, given_name } = decodeJwt(granted.id_token!)
  expect({ email, phone_number, secret, given_name }).toEqual({ email: 'bob@acme.test' })
})

test('AZ11 a value of sub lets only that person finish', async () => {
  const { world, browser, userId, authorize, signIn } = await createScene()
  await world.addUser('ann')
  const claims = JSON.stringify({ id_token: { sub: { value: userId } } })
  const request = await browser.open(authorizePath('ledger', { claims }))
  expect(await browser.signIn(request, 'ann@acme.test', PASSWORD)).toMatchObject({ code: 'invalid_credentials' })
  await signIn({ claims })
  expect(clientAnswer(await authorize({ claims, prompt: 'none' }))).toHaveProperty('code')
  const other = JSON.stringify({ userinfo: { sub: { value: 'somebody else' } } })
  expect(clientAnswer(await authorize({ claims: other, prompt: 'none' }))).toMatchObject({ error: 'login_required' })
})

test.each([
  { id_token: { sub: { value: 7 } } },
  { id_token: { sub: { value: 'a\0' } } },
  { userinfo: { sub: { value: '\ud800' } } },
  { userinfo: { sub: { value: 'x'.repeat(256) } } },
  { id_token: { sub: { value: 'a' } }, userinfo: { sub: { value: 'b' } } },
])('AZ11 %j does not name one person', async (claims) => {
  const { authorize } = await createScene()
  expect(clientAnswer(await authorize({ claims: JSON.stringify(claims) }))).toMatchObject({ error: 'invalid_request' })
})

test.each(['aal1', 'unknown aal1', 'unknown', 'aal1 aal2'])(
  'AZ20 acr_values=%s is reached by a password',
  async (acrValues) => {
    const { tokens } = await createScene()
    expect(decodeJwt((await tokens({ acr_values: acrValues })).id_token!).acr).toBe('aal1')
  },
)

test.each([
  { acr_values: 'aal2' },
  { acr_values: 'unknown aal2 aal1' },
  { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'aal2' } } }) },
  { claims: JSON.stringify({ id_token: { acr: { essential: true, values: ['gold', 'aal2'] } } }) },
] as Record<string, string>[])('AZ20 %j is two factors, and the token says so', async (parameters) => {
  const scene = await createScene()
  await addTotp(scene, scene.userId)
  const request = await openSecond(scene.browser, parameters)
  const done = redirectOf(await jsonOf<LoginAnswer>(await enterTotp(scene.browser, request, totpCode(scene))))
  const { id_token = '' } = await jsonOf<{ id_token?: string }>(await scene.redeem(codeOf(done)))
  expect(decodeJwt(id_token)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
})

test('AZ20 an essential acr that nobody knows is refused before anybody is asked for a password', async () => {
  const { authorize } = await createScene()
  const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['gold'] } } })
  expect(clientAnswer(await authorize({ claims }))).toMatchObject({ error: 'unmet_authentication_requirements' })
})

test.each([
  { claims: JSON.stringify({ id_token: { acr: { value: 'gold' } } }) },
  { claims: JSON.stringify({ id_token: { acr: { essential: true } } }) },
  { claims: JSON.stringify({ id_token: { acr: { essential: true, values: ['gold', 'aal1'] } } }) },
])('AZ20 %j is no obstacle', async (parameters) => {
  const { authorize } = await createScene()
  expect(locationOf(await authorize(parameters)).pathname).toMatch(/^\/login\//)
})
