import { expect, test } from 'vitest'
import { tokenHash } from '../crypto/token.ts'
import { expectErrorPage, expectOAuthError, locationOf } from '../testing/answers.ts'
import { basic, tokenRequest } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'
import { SECRET } from '../testing/world.ts'

const knock = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'x' }

test('AP1 two secrets are valid at once, so that they can be rotated', async () => {
  const { world } = await createScene({
    application: { secretHashes: [tokenHash('the older secret'), tokenHash(SECRET)] },
  })
  for (const secret of ['the older secret', SECRET])
    await expectOAuthError(
      await tokenRequest(world, 'ledger', knock, { authorization: basic('ledger', secret) }),
      400,
      'invalid_grant',
    )
  const stolenHash = { authorization: basic('ledger', tokenHash(SECRET)) }
  await expectOAuthError(await tokenRequest(world, 'ledger', knock, stolenHash), 401, 'invalid_client')
})

test.each([
  ['web', 'http://rp.test/cb', false],
  ['web', 'https://rp.test/*', false],
  ['web', 'https://rp.test/cb#f', false],
  ['web', 'https://user:pw@rp.test/cb', false],
  ['web', 'https://rp.test\\@evil.test/cb', false],
  ['web', 'https://rp.test/c b', false],
  ['web', 'https://rp.test/\u00e9', false],
  ['web', 'https://rp.test/c\nb', false],
  ['web', 'javascript:alert(1)', false],
  ['web', 'data:text/html,x', false],
  ['web', '/cb', false],
  ['web', 'com.example.app:/cb', false],
  ['spa', 'http://localhost:8080/cb', false],
  ['native', 'com.example.app:/cb', true],
  ['native', 'exampleapp:/cb', false],
  ['native', 'http://localhost:8080/cb', true],
  ['native', 'http://rp.test/cb', false],
  ['native', 'javascript:alert(1)', false],
] as const)('AP2 a registered address is checked again at use: %s %s', async (type, uri, usable) => {
  const { authorize } = await createScene({ application: { type, redirectUris: [uri] } })
  const response = await authorize({ redirect_uri: uri, code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' })
  if (usable) expect(locationOf(response).pathname).toMatch(/^\/login\//)
  else await expectErrorPage(response, 'invalid_request')
})

test('AP2 http is for applications in development', async () => {
  const uri = 'http://rp.test/cb'
  const { authorize } = await createScene({ application: { redirectUris: [uri], settings: { development: true } } })
  expect(locationOf(await authorize({ redirect_uri: uri })).pathname).toMatch(/^\/login\//)
})

test('AP3 an address to return to after the sign-out is checked again at use', async () => {
  const uri = 'http://rp.test/bye'
  const { browser, signIn } = await createScene({ application: { postLogoutRedirectUris: [uri] } })
  await signIn()
  const page = await browser.page(
    `/oidc/v1/end_session?client_id=ledger&post_logout_redirect_uri=${encodeURIComponent(uri)}`,
  )
  expect(page).toMatchObject({ kind: 'sign_out', signOut: { notice: 'redirect_refused' } })
})
