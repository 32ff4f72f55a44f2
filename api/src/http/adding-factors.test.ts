import { expect, test } from 'vitest'
import { SoftAuthenticator } from '../../../scripts/authenticator/soft-authenticator.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { totpCode } from '../testing/factors.ts'
import { addPasskey } from '../testing/passkeys.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { DAY, stepAfterPassword, trustedScene } from '../testing/trust.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'

/** Everything by which an account gets one more way in, or another second proof. */
const ADDITIONS: [string, object][] = [
  ['passkeys/options', {}],
  ['passkeys/link', {}],
  ['factors/totp', {}],
  ['factors/code-send', { method: 'email_code' }],
  ['security-keys/options', {}],
  ['recovery-codes', {}],
]

/** A day later the password opens the account in the browser that is trusted, and nothing else was shown. */
async function byPasswordAlone() {
  const scene = await trustedScene()
  scene.clock.advance(DAY)
  expect((await stepAfterPassword(scene.browser)).step.kind).toBe('redirect')
  await scene.browser.get('/account')
  expect((await scene.browser.get('/api/me')).status).toBe(200)
  return scene
}

test.each(ADDITIONS)(
  'a fresh password adds nothing to an account that has a second factor, in a trusted browser neither: %s',
  async (path, body) => {
    const { browser } = await byPasswordAlone()
    await expectProblem(await browser.post(`/api/me/${path}`, body), 401, 'reauth_required')
  },
)

test.each(ADDITIONS)('both proofs, made just now, do: %s', async (path, body) => {
  const scene = await byPasswordAlone()
  const { browser } = scene
  const { redirect } = await jsonOf<{ redirect: string }>(
    await browser.post('/api/me/step-up', { returnTo: 'security' }),
  )
  const at = redirect.replace('/login', '/api/login')
  const asked = await jsonOf(await browser.post(`${at}/password`, { password: PASSWORD }))
  const { step } = asked as { step: { kind: string } }
  if (step.kind !== 'redirect') await browser.post(`${at}/totp`, { code: totpCode(scene) })
  expect((await browser.post(`/api/me/${path}`, body)).status).toBe(200)
})

test('a second proof that has grown old does not count beside a fresh password', async () => {
  const scene = await trustedScene()
  await scene.browser.get('/account')
  scene.clock.advance(400)
  await stepAfterPassword(scene.browser)
  await scene.browser.get('/account')
  await expectProblem(await scene.browser.post('/api/me/passkeys/options', {}), 401, 'reauth_required')
})

test('where a passkey is another way in and no second factor, the password opens as much as it, and adds one too', async () => {
  const { browser, world } = await createScene()
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  await addPasskey(browser, new SoftAuthenticator(ISSUER))
  const elsewhere = world.browser()
  await elsewhere.signIn(await elsewhere.open('/account'), BOB, PASSWORD)
  expect((await elsewhere.post('/api/me/passkeys/options', {})).status).toBe(200)
})
