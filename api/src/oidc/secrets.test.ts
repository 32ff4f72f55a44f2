import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf } from '../testing/answers.ts'
import { newPkce, tokenRequest } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD, REDIRECT_URI } from '../testing/world.ts'

test('G10 what opens something is 256 random bits, and only its hash is stored', async () => {
  const { deps, tokens, browser } = await createScene({ application: { settings: { consent: 'never' } } })
  const granted = await tokens({ scope: 'openid offline_access' })
  const secrets = [granted.access_token, granted.refresh_token!, browser.jar.get('vestibule')!]
  for (const secret of secrets) expect(secret).toMatch(/^v[adr]_[A-Za-z0-9_-]{43}$/)
  const { db } = deps
  const rows = await Promise.all(
    Object.values(db.tables).map((table) => db.query.select().from(table as typeof db.tables.users)),
  )
  const stored = JSON.stringify(rows)
  for (const secret of secrets) expect(stored).not.toContain(secret.slice(3))
  expect(stored).not.toContain(PASSWORD)
})

test('G15 no secret, code or token is written to a log or an event', async () => {
  const scene = await createScene({ env: { LOG_LEVEL: 'trace' }, application: { settings: { consent: 'never' } } })
  const { challenge, verifier } = newPkce()
  const code = await scene.signIn({
    scope: 'openid offline_access',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'a-state',
  })
  const tokens = await jsonOf<Record<string, string>>(await scene.redeem(code, { code_verifier: verifier }))
  await scene.redeem(code, { code_verifier: verifier })
  await scene.browser.get(`/oidc/v1/end_session?id_token_hint=${tokens.id_token}`)
  expect(scene.logLines.length).toBeGreaterThan(5)
  const written = scene.logLines.join('\n') + JSON.stringify(await scene.events())
  const secrets = [
    code,
    verifier,
    PASSWORD,
    'a-state',
    tokens.access_token!,
    tokens.refresh_token!,
    tokens.id_token!,
    BOB,
  ]
  for (const secret of [...secrets, scene.browser.jar.get('vestibule')!]) expect(written).not.toContain(secret)
})

test('G16 a client is authenticated before its grant is looked at', async () => {
  const { signIn, world, redeem } = await createScene()
  const code = await signIn()
  const form = { grant_type: 'magic', code, redirect_uri: REDIRECT_URI }
  await expectOAuthError(await tokenRequest(world, 'ledger', form, { authorization: 'Basic x' }), 401, 'invalid_client')
  await expectOAuthError(
    await tokenRequest(world, 'ledger', { ...form, grant_type: 'authorization_code' }, { authorization: 'Basic x' }),
    401,
    'invalid_client',
  )
  expect((await redeem(code)).status).toBe(200)
})
