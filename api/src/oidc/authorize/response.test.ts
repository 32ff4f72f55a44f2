import { expect, test } from 'vitest'
import { clientAnswer, expectOAuthError, jsonOf, locationOf } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { authorizePath, codeOf, newPkce, tokenRequest } from '../../testing/relying-party.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD, REDIRECT_URI } from '../../testing/world.ts'

test('AZ23 a request begun in one browser can not be finished in another', async () => {
  const { world, browser } = await createScene()
  const request = await browser.open(authorizePath('ledger'))
  const other = world.browser()
  await other.open(authorizePath('ledger'))
  for (const path of [`/api/login/${request}`, `/login/${request}`]) expect((await other.get(path)).status).toBe(404)
  expect(await other.signIn(request, BOB, PASSWORD)).toMatchObject({ code: 'request_not_found' })
  expect(await browser.signIn(request, BOB, PASSWORD)).toMatchObject({ step: { kind: 'redirect' } })
})

test('AZ26 a success has code, state and iss, and nothing else', async () => {
  const { signIn, authorize } = await createScene()
  await signIn()
  const answer = clientAnswer(await authorize({ state: 's' }))
  expect(answer).toEqual({ code: expect.stringMatching(/^vc_[\w-]{43}$/), state: 's', iss: ISSUER })
})

test('AZ26 an error has error, error_description, state and iss, and nothing else', async () => {
  const { authorize } = await createScene()
  const answer = clientAnswer(await authorize({ response_type: 'token', state: 's' }))
  expect(answer).toEqual({
    error: 'unsupported_response_type',
    error_description: expect.any(String),
    state: 's',
    iss: ISSUER,
  })
})

test('AZ27 after the login page the address is in the last answer’s body', async () => {
  const { browser } = await createScene()
  const request = await browser.open(authorizePath('ledger', { state: 's' }))
  const answer = await browser.signIn(request, BOB, PASSWORD)
  expect(redirectOf(answer).href).toMatch(/^https:\/\/rp\.test\/cb\?code=vc_.{43}&state=s&iss=/)
})

test('AZ27 a registered query stays in front of ours', async () => {
  const uri = 'https://rp.test/cb?tenant=7&x=%20'
  const { browser, authorize } = await createScene({ application: { redirectUris: [uri] } })
  const request = await browser.open(authorizePath('ledger', { redirect_uri: uri }))
  const answer = await browser.signIn(request, BOB, PASSWORD)
  expect(answer.step).toMatchObject({ redirect: { to: expect.stringContaining(`${uri}&code=`) } })
  const response = await authorize({ redirect_uri: uri, response_type: 'x' })
  expect(response.headers.get('location')).toContain(`${uri}&error=`)
})

test('AZ28 fragment leaves the query alone, for errors too', async () => {
  const { signIn, authorize } = await createScene()
  await signIn()
  const success = locationOf(await authorize({ response_mode: 'fragment', state: 's' }))
  expect(success.search).toBe('')
  expect(Object.fromEntries(new URLSearchParams(success.hash.slice(1)))).toMatchObject({
    code: expect.any(String),
    state: 's',
    iss: ISSUER,
  })
  const refusal = locationOf(await authorize({ response_mode: 'fragment', response_type: 'x' }))
  expect({ search: refusal.search, hash: refusal.hash }).toMatchObject({
    search: '',
    hash: expect.stringContaining('error='),
  })
})

const inputsOf = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]),
  )

test.each([
  ['a success', {}],
  ['an error', { prompt: 'none', max_age: '-1' }],
])('AZ28 form_post is a page that posts %s', async (name, parameters) => {
  const { signIn, authorize } = await createScene()
  await signIn()
  const response = await authorize({ response_mode: 'form_post', state: '"><script>alert(1)</script>', ...parameters })
  expect(response.status).toBe(200)
  const html = await response.text()
  expect(html).toContain(`<form method="post" action="${REDIRECT_URI}">`)
  expect(html).not.toContain('<script>alert')
  expect(inputsOf(html)).toMatchObject({ [name === 'a success' ? 'code' : 'error']: expect.any(String), iss: ISSUER })
  expect(inputsOf(html).state).toBe('&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;')

  const policy = response.headers.get('content-security-policy') ?? ''
  const nonce = /<script nonce="([^"]+)">/.exec(html)?.[1]
  expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`)
  expect(policy).toContain("form-action 'self' https://rp.test;")
  expect(html).toMatch(/<noscript><button>/)
})

test.each([
  ['ui_locales', { ui_locales: 'ar-EG fr' }, 'lang="ar" dir="rtl"', 'متابعة'],
  ['the browser', {}, 'lang="de" dir="ltr"', 'Weiter'],
])('AZ28 the button for browsers without scripts speaks the language of %s', async (_whose, parameters, lang, text) => {
  const { signIn, browser } = await createScene()
  await signIn()
  const path = authorizePath('ledger', { response_mode: 'form_post', ...parameters })
  const html = await (await browser.get(path, { 'accept-language': 'de-AT,en;q=0.5' })).text()
  expect(html).toContain(`<html ${lang}>`)
  expect(html).toContain(`<noscript><button>${text}</button></noscript>`)
})

test('AZ28 the nonce is new each time', async () => {
  const { signIn, authorize } = await createScene()
  await signIn()
  const policies = [await authorize({ response_mode: 'form_post' }), await authorize({ response_mode: 'form_post' })]
  expect(new Set(policies.map(({ headers }) => headers.get('content-security-policy'))).size).toBe(2)
})

test('AZ28 after the login page form_post is a form in the last answer, and the page may send it', async () => {
  const { browser } = await createScene()
  const request = await browser.open(authorizePath('ledger', { response_mode: 'form_post', state: 's' }))
  const page = await browser.get(`/login/${request}`)
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https://rp.test;")
  const answer = await browser.signIn(request, BOB, PASSWORD)
  expect(answer.step).toEqual({
    kind: 'redirect',
    redirect: { to: REDIRECT_URI, form: { code: expect.any(String), state: 's', iss: ISSUER } },
  })
})

test('AZ29 iss equals the issuer of the metadata', async () => {
  const { browser, authorize } = await createScene()
  const { issuer } = await jsonOf(await browser.get('/.well-known/openid-configuration'))
  expect(clientAnswer(await authorize({ response_type: 'x' })).iss).toBe(issuer)
})

test('AZ30 a code lives 60 seconds, once, for its client, redirect URI and challenge', async () => {
  const scene = await createScene()
  await scene.world.addApplication('other')
  const { challenge, verifier } = newPkce()
  await scene.signIn()
  const fresh = async () =>
    codeOf(locationOf(await scene.authorize({ code_challenge: challenge, code_challenge_method: 'S256' })))
  const right = { code_verifier: verifier }
  const wrong = [
    async (code: string) =>
      tokenRequest(scene.world, 'other', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: REDIRECT_URI,
        ...right,
      }),
    async (code: string) => scene.redeem(code, { ...right, redirect_uri: 'https://rp.test/other' }),
    async (code: string) => scene.redeem(code, { code_verifier: newPkce().verifier }),
    async (code: string) => {
      await scene.redeem(code, right)
      return scene.redeem(code, right)
    },
  ]
  for (const attempt of wrong) await expectOAuthError(await attempt(await fresh()), 400, 'invalid_grant')

  const code = await fresh()
  scene.clock.advance(59)
  expect((await scene.redeem(code, right)).status).toBe(200)
  const late = await fresh()
  scene.clock.advance(60)
  await expectOAuthError(await scene.redeem(late, right), 400, 'invalid_grant')
})
