import { expect, test } from 'vitest'
import { clientAnswer, expectOAuthError, jsonOf, locationOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { authorizePath, codeOf, newPkce, publicTokenRequest, type Tokens } from '../../testing/relying-party.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { PASSWORD, REDIRECT_URI } from '../../testing/world.ts'

test.each([{ type: 'spa' }, { type: 'native' }, { type: 'web', settings: { requirePkce: true } }] as const)(
  'AZ12 a challenge is required of %j',
  async (application) => {
    const { authorize } = await createScene({ application })
    expect(clientAnswer(await authorize({ state: 's' }))).toMatchObject({ error: 'invalid_request', state: 's' })
    const { challenge } = newPkce()
    const response = await authorize({ code_challenge: challenge, code_challenge_method: 'S256' })
    expect(locationOf(response).pathname).toMatch(/^\/login\//)
  },
)

test('AZ12 the requirement can not be switched off for a public client', async () => {
  const { authorize } = await createScene({ application: { type: 'spa', settings: { requirePkce: false } } })
  expect(clientAnswer(await authorize())).toMatchObject({ error: 'invalid_request' })
})

test('AZ12 a confidential client may send none; one that it sends binds', async () => {
  const { signIn, authorize, redeem } = await createScene()
  expect((await redeem(await signIn())).status).toBe(200)
  const { challenge, verifier } = newPkce()
  const bound = async () =>
    codeOf(locationOf(await authorize({ code_challenge: challenge, code_challenge_method: 'S256' })))
  await expectOAuthError(await redeem(await bound()), 400, 'invalid_grant')
  expect((await redeem(await bound(), { code_verifier: verifier })).status).toBe(200)
})

test('AZ12 a public client signs in with its challenge and no secret', async () => {
  const { world, browser } = await createScene({ application: { type: 'native' } })
  const { challenge, verifier } = newPkce()
  const request = await browser.open(
    authorizePath('ledger', { code_challenge: challenge, code_challenge_method: 'S256' }),
  )
  const code = codeOf(redirectOf(await browser.signIn(request, BOB, PASSWORD)))
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: verifier }
  const tokens = await jsonOf<Tokens>(await publicTokenRequest(world, 'ledger', form))
  expect(tokens).toMatchObject({ token_type: 'Bearer', id_token: expect.any(String) })
})

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

test.each([
  ['no method', challenge, null],
  ['plain', challenge, 'plain'],
  ['a lower-case method', challenge, 's256'],
  ['an unknown method', challenge, 'S512'],
  ['a method without a challenge', null, 'S256'],
  ['a challenge of 42 characters', challenge.slice(1), 'S256'],
  ['a challenge of 44 characters', `${challenge}a`, 'S256'],
  ['padding', `${challenge.slice(1)}=`, 'S256'],
  ['base64 in place of base64url', `${challenge.slice(1)}+`, 'S256'],
  ['a line break', `${challenge}\n`, 'S256'],
])('AZ13 %s is refused', async (_name, code_challenge, code_challenge_method) => {
  const { authorize } = await createScene()
  expect(clientAnswer(await authorize({ code_challenge, code_challenge_method }))).toMatchObject({
    error: 'invalid_request',
  })
})
