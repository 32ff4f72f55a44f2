import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { jsonOf } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { postForm, userinfoRequest } from '../testing/relying-party.ts'
import { createScene, type Scene } from '../testing/scene.ts'

const PATH = '/oidc/v1/userinfo'

test('UI1 GET, POST with the header, POST with a form', async () => {
  const { world, tokens } = await createScene()
  const { access_token, id_token = '' } = await tokens()
  const authorization = `Bearer ${access_token}`
  const responses = [
    await userinfoRequest(world, access_token),
    await world.app.request(PATH, { method: 'POST', headers: { authorization } }),
    await postForm(world, PATH, { access_token }),
  ]
  for (const response of responses) {
    expect(response.status).toBe(200)
    expect(await jsonOf(response)).toEqual({ sub: decodeJwt(id_token).sub })
  }
})

test('UI2 every scope brings its claims and no others', async () => {
  const scene = await createScene({ user: { phone: '+41441234567' } })
  await change(scene, 'users', scene.userId, { profile: FULL })
  const granted = await scene.tokens({ scope: 'openid profile' })
  const claims = await jsonOf(await scene.userinfo(granted))
  expect(Object.keys(claims).toSorted()).toEqual([...PROFILE_CLAIMS, 'sub'].toSorted())

  const each = {
    email: ['email', 'email_verified'],
    phone: ['phone_number', 'phone_number_verified'],
    address: ['address'],
  }
  for (const [scope, names] of Object.entries(each)) {
    const answer = await jsonOf(await scene.userinfo(await again(scene, `openid ${scope}`)))
    expect(Object.keys(answer).toSorted()).toEqual([...names, 'sub'].toSorted())
  }
})

const again = async ({ authorize, redeem }: Scene, scope: string) => {
  const code = new URL((await authorize({ scope })).headers.get('location')!).searchParams.get('code')!
  return jsonOf<Awaited<ReturnType<Scene['tokens']>>>(await redeem(code))
}

const FULL = {
  givenName: 'Bob',
  familyName: 'Test',
  middleName: 'Q',
  nickname: 'bobby',
  preferredUsername: 'bob.test',
  profile: 'https://bob.test',
  picture: 'https://bob.test/me.png',
  website: 'https://bob.test/blog',
  gender: 'male',
  birthdate: '1990',
  zoneinfo: 'Europe/Zurich',
  locale: 'de-CH',
  address: { country: 'CH' },
}
const PROFILE_CLAIMS = [
  'name',
  'family_name',
  'given_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'updated_at',
]

test('UI3 without credentials the challenge is bare', async () => {
  const { browser } = await createScene()
  const response = await browser.get(PATH)
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="vestibule"')
  expect(await response.text()).toBe('')
})

const INVALID = 'Bearer realm="vestibule", error="invalid_token"'

test.each(['x', `va_${'A'.repeat(43)}`, 'va_', 'a.b.c', 'va_ x', '\u00e9'])(
  'UI3 the token %j is invalid',
  async (token) => {
    const { world } = await createScene()
    const response = await userinfoRequest(world, token)
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, INVALID])
    expect(await jsonOf(response)).toMatchObject({ error: 'invalid_token' })
  },
)

const happenings: [string, (scene: Scene) => unknown][] = [
  ['expired', ({ clock }) => clock.advance(43_200)],
  ['of a locked user', (scene) => change(scene, 'users', scene.userId, { state: 'locked' })],
  ['of a deactivated user', (scene) => change(scene, 'users', scene.userId, { state: 'deactivated' })],
  ['of a deactivated organization', (scene) => change(scene, 'organizations', scene.acme, { state: 'deactivated' })],
  ['of a deactivated application', (scene) => change(scene, 'applications', scene.ledger.id, { state: 'deactivated' })],
]

test.each(happenings)('UI3 a token that is %s is invalid', async (_name, happening) => {
  const scene = await createScene()
  const tokens = await scene.tokens()
  expect((await scene.userinfo(tokens)).status).toBe(200)
  await happening(scene)
  const response = await scene.userinfo(tokens)
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, INVALID])
})

test('UI4 two tokens are refused', async () => {
  const { world, tokens } = await createScene()
  const { access_token } = await tokens()
  const both = await postForm(world, PATH, { access_token }, { authorization: `Bearer ${access_token}` })
  const twice = await postForm(world, PATH, `access_token=${access_token}&access_token=${access_token}`)
  for (const response of [both, twice]) {
    expect(response.status).toBe(400)
    expect(await jsonOf(response)).toMatchObject({ error: 'invalid_request' })
  }
})

test('UI4 a token in the query is never read', async () => {
  const { browser, tokens } = await createScene()
  const { access_token } = await tokens()
  expect((await browser.get(`${PATH}?access_token=${access_token}`)).status).toBe(401)
})

test('UI4 the scheme has any case and one space', async () => {
  const { world, tokens } = await createScene()
  const { access_token } = await tokens()
  for (const scheme of ['bearer', 'BEARER'])
    expect((await userinfoRequest(world, access_token, scheme)).status).toBe(200)
  expect((await userinfoRequest(world, access_token, 'Bearer ')).status).toBe(401)
  expect((await userinfoRequest(world, access_token, 'DPoP')).status).toBe(401)
})

test.each([
  ['JSON', '{"access_token":"x"}', 'application/json', 400],
  ['a megabyte of junk', 'x'.repeat(1_000_000), 'application/x-www-form-urlencoded', 413],
  ['a form with junk', 'access_token=%ff%fe&x=%', 'application/x-www-form-urlencoded', 401],
])('UI4 a body of %s', async (_name, body, type, status) => {
  const { world } = await createScene()
  expect((await postForm(world, PATH, body, { 'content-type': type })).status).toBe(status)
})
