import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Unavailable } from '../domain/unavailable.ts'
import { clientAnswer } from '../testing/answers.ts'
import { pageOf } from '../testing/browser.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { createWorld, PASSWORD } from '../testing/world.ts'

const EVIL = '</script><script>alert(1)</script><!-- $& $1 \u2028'

test('whatever a name holds, it does not leave the page’s data', async () => {
  const { browser } = await createScene({ application: { name: EVIL } })
  const request = await browser.open(authorizePath('ledger', { login_hint: EVIL }))
  const response = await browser.get(`/login/${request}`)
  const html = await response.text()
  expect(html.includes('<script>alert')).toBe(false)
  expect(html.slice(html.indexOf('id="page"')).includes('\u2028')).toBe(false)
  const page = await pageOf(new Response(html))
  expect(page).toMatchObject({ kind: 'login', answer: { application: { name: EVIL }, step: { loginHint: EVIL } } })
  expect(html.match(/<title>(.*)<\/title>/s)?.[1]).toContain('&#60;/script&#62;')
})

test('scripts and styles run with the nonce of this page only', async () => {
  const { browser } = await createScene()
  const nonces = await Promise.all(
    ['/signed-out', '/signed-out'].map(async (path) => {
      const response = await browser.get(path)
      const nonce = /<style nonce="([^"]+)"/.exec(await response.text())?.[1]
      expect(response.headers.get('content-security-policy')).toBe(
        `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'`,
      )
      return nonce
    }),
  )
  expect(new Set(nonces).size).toBe(2)
})

test('a browser that takes gzip gets the same page in a third of its size', async () => {
  const { browser } = await createScene()
  const request = await browser.open(authorizePath('ledger', { ui_locales: 'ar' }))
  const open = (headers?: Record<string, string>) => browser.get(`/login/${request}`, headers)
  const [plain, packed] = [await open(), await open({ 'accept-encoding': 'gzip, deflate, br' })]
  expect([plain, packed].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, 'gzip'])
  for (const { headers } of [plain, packed]) expect(headers.get('vary')).toContain('Accept-Encoding')
  const bytes = Buffer.from(await packed.arrayBuffer())
  const withoutNonce = (html: string) => html.replaceAll(/nonce="[^"]+"/g, '')
  const html = await plain.text()
  expect(withoutNonce(gunzipSync(bytes).toString())).toBe(withoutNonce(html))
  expect(bytes.length).toBeLessThan(Buffer.byteLength(html) / 2.5)
})

test('the first paint needs no further request: language, direction, look, texts and step', async () => {
  const { browser, setPolicy } = await createScene()
  await setPolicy('branding', { mode: 'dark', layout: 'split' })
  const request = await browser.open(authorizePath('ledger', { ui_locales: 'ar' }))
  const html = await (await browser.get(`/login/${request}`)).text()
  expect(html).toContain('<html lang="ar" dir="rtl" data-theme="dark">')
  expect(html).toContain('<body data-layout="split">')
  const page = await pageOf(new Response(html))
  expect(page).toMatchObject({
    language: 'ar',
    strings: { login: expect.any(Object) },
    answer: { step: { kind: 'identify' } },
  })
})

test('the errors of pages are pages: unknown, finished and expired requests', async () => {
  const { browser, clock } = await createScene()
  const finished = await browser.open(authorizePath('ledger'))
  await browser.signIn(finished, BOB, PASSWORD)
  const expired = await browser.open(authorizePath('ledger', { prompt: 'consent' }))
  clock.advance(3600)
  const answers = await Promise.all(
    [finished, expired, 'req_unknown'].map(async (request) => {
      const response = await browser.get(`/login/${request}`)
      const page = await pageOf(response)
      return [response.status, page.kind === 'error' ? page.error.code : page.kind]
    }),
  )
  expect(answers).toEqual([
    [409, 'request_finished'],
    [410, 'request_expired'],
    [404, 'request_not_found'],
  ])
})

test('the start leads to the account pages, and they to the sign-in', async () => {
  const browser = (await createWorld()).browser()
  expect((await browser.get('/')).headers.get('location')).toBe('/account')
  await browser.open('/account')
})

test('/setup is a page, and knows nobody', async () => {
  const browser = (await createWorld()).browser()
  expect(await browser.page('/setup')).toMatchObject({ kind: 'app', branding: { name: 'acme.test' } })
})

test('a bug is a page with an id and nothing of the bug', async () => {
  const { browser, deps, logLines } = await createScene()
  deps.repositories.devices.findWithAccounts = () => Promise.reject(new Error('a tale of the database'))
  browser.jar.set('vestibule', `vd_${'A'.repeat(43)}`)
  const response = await browser.get('/account')
  expect(response.status).toBe(500)
  const html = await response.text()
  expect(html).not.toContain('a tale of')
  const page = await pageOf(new Response(html))
  expect(page).toMatchObject({
    kind: 'error',
    error: { code: 'internal', requestId: response.headers.get('x-request-id') },
  })
  expect(logLines.join('')).toContain(response.headers.get('x-request-id'))
})

test('G8 when the database is away, the answer is 503 and says when to come back', async () => {
  const { browser, deps, tokens, authorize, redeem } = await createScene()
  const { access_token } = await tokens()
  const { code = '' } = clientAnswer(await authorize())
  const away = () => Promise.reject(new Unavailable('gone'))
  deps.db.transaction = away
  deps.repositories.accessTokens.findValid = away
  const page = await browser.get('/account')
  expect([page.status, page.headers.get('retry-after')]).toEqual([503, '2'])
  expect(await pageOf(page)).toMatchObject({ error: { code: 'temporarily_unavailable' } })
  const info = await browser.get('/oidc/v1/userinfo', { authorization: `Bearer ${access_token}` })
  expect([info.status, await info.json()]).toEqual([503, { error: 'temporarily_unavailable' }])
  expect(info.headers.get('retry-after')).toBe('2')
  const redeemed = await redeem(code)
  expect([redeemed.status, redeemed.headers.get('retry-after')]).toEqual([503, '2'])
  expect(await redeemed.json()).toMatchObject({ error: 'temporarily_unavailable' })
  expect((await browser.get('/readyz')).status).toBe(503)
  expect((await browser.get('/healthz')).status).toBe(200)
  const silent = await browser.get(authorizePath('ledger', { state: 's' }))
  expect(silent.headers.get('location')).toContain('error=temporarily_unavailable&state=s')
})

test.each(['light', 'dark'] as const)('pages are %s from the first byte for whoever chose that', async (appearance) => {
  const { browser, world } = await createScene()
  expect(await (await browser.get('/signed-out')).text()).toContain('<html lang="en" dir="ltr">')
  await browser.post('/api/appearance', { appearance })
  const html = await (await browser.get('/signed-out')).text()
  expect(html).toContain(`<html lang="en" dir="ltr" data-theme="${appearance}" data-appearance="${appearance}">`)
  // an organization that has a word in it keeps it
  await world.setPolicy('branding', { mode: 'light' })
  world.clock.advance(10)
  expect(await (await browser.get('/signed-out')).text()).toContain(
    `data-theme="light" data-appearance="${appearance}"`,
  )
})

test('a cookie that says something else says nothing', async () => {
  const { browser } = await createScene()
  browser.jar.set('vestibule-appearance', '"><script>')
  expect(await (await browser.get('/signed-out')).text()).toContain('<html lang="en" dir="ltr">')
})
