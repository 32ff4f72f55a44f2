import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf, locationOf } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import { codeOf, newPkce, type Tokens, tokenRequest } from '../../testing/relying-party.ts'
import { createScene, type Scene } from '../../testing/scene.ts'
import { REDIRECT_URI } from '../../testing/world.ts'

test('CO1 two parallel redemptions: exactly one succeeds', async () => {
  const { signIn, redeem } = await createScene()
  const code = await signIn()
  const statuses = (await Promise.all(Array.from({ length: 5 }, () => redeem(code)))).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([200, 400, 400, 400, 400])
})

test.each(['', 'x', 'vc_', `vc_${'A'.repeat(43)}`, `va_${'A'.repeat(43)}`, 'ü'.repeat(3000)])(
  'CO2 the code %j is nobody’s',
  async (code) => {
    const { redeem } = await createScene()
    await expectOAuthError(await redeem(code), 400, code === '' ? 'invalid_request' : 'invalid_grant')
  },
)

test('CO2 an expired code', async () => {
  const { signIn, redeem, clock } = await createScene()
  const code = await signIn()
  clock.advance(61)
  await expectOAuthError(await redeem(code), 400, 'invalid_grant')
})

test('CO2 another client’s attempt does not spend the code', async () => {
  const { world, signIn, redeem } = await createScene()
  await world.addApplication('thief')
  const code = await signIn()
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }
  await expectOAuthError(await tokenRequest(world, 'thief', form), 400, 'invalid_grant')
  expect((await redeem(code)).status).toBe(200)
})

const { challenge, verifier } = newPkce()
const bound = { code_challenge: challenge, code_challenge_method: 'S256' }

test.each([
  ['redirect_uri is missing', {}, { redirect_uri: '' }],
  ['redirect_uri is another', {}, { redirect_uri: 'https://rp.test/CB' }],
  ['redirect_uri has a slash more', {}, { redirect_uri: `${REDIRECT_URI}/` }],
  ['code_verifier is missing', bound, {}],
  ['code_verifier is wrong', bound, { code_verifier: newPkce().verifier }],
  ['code_verifier is the challenge', bound, { code_verifier: challenge }],
  ['code_verifier is too short', bound, { code_verifier: verifier.slice(1) }],
  ['code_verifier is too long', bound, { code_verifier: verifier.padEnd(129, 'a') }],
  ['code_verifier comes without a challenge', {}, { code_verifier: verifier }],
] as [string, Record<string, string>, Record<string, string>][])(
  'CO3 %s: refused, and the code is spent',
  async (_name, asked, sent) => {
    const { signIn, redeem } = await createScene()
    const code = await signIn(asked)
    await expectOAuthError(await redeem(code, sent), 400, 'invalid_grant')
    await expectOAuthError(await redeem(code, asked === bound ? { code_verifier: verifier } : {}), 400, 'invalid_grant')
  },
)

test.each([0, 30, 3600])('CO4 a second presentation after %i s ends everything the first one got', async (seconds) => {
  const { signIn, redeem, refresh, userinfo, authorize, clock, events } = await createScene({
    application: { settings: { consent: 'never' } },
  })
  const code = await signIn({ scope: 'openid offline_access' })
  const tokens = await jsonOf<Tokens>(await redeem(code))
  const other = await jsonOf<Tokens>(await redeem(codeOf(locationOf(await authorize()))))
  clock.advance(seconds)
  await expectOAuthError(await redeem(code), 400, 'invalid_grant')
  expect((await userinfo(tokens)).status).toBe(401)
  await expectOAuthError(await refresh(tokens), 400, 'invalid_grant')
  expect(await events()).toContainEqual(
    expect.objectContaining({ type: 'grant.reused', data: { presented: 'authorization_code' } }),
  )
  // what came from another code is not affected
  expect((await userinfo(other)).status).toBe(200)
})

test('CO4 another client’s presentation of a used code ends nothing', async () => {
  const { world, signIn, redeem, userinfo } = await createScene()
  await world.addApplication('thief')
  const code = await signIn()
  const tokens = await jsonOf<Tokens>(await redeem(code))
  await tokenRequest(world, 'thief', { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI })
  expect((await userinfo(tokens)).status).toBe(200)
})

const happenings: [string, (scene: Scene) => Promise<unknown>][] = [
  ['the person was locked', (scene) => change(scene, 'users', scene.userId, { state: 'locked' })],
  ['the person was deactivated', (scene) => change(scene, 'users', scene.userId, { state: 'deactivated' })],
  ['the person signed out', (scene) => signOut(scene)],
]

async function signOut({ browser }: Scene) {
  const page = await browser.page('/oidc/v1/end_session')
  if (page.kind !== 'sign_out') throw new Error(page.kind)
  await browser.post(`/api/sign-out/${page.signOut.request}`, { session: 'all' })
}

test.each(happenings)('G11 between code and tokens %s', async (_name, happening) => {
  const scene = await createScene()
  const code = await scene.signIn()
  await happening(scene)
  await expectOAuthError(await scene.redeem(code), 400, 'invalid_grant')
})
