import { expect, test } from 'vitest'
import { expectProblem } from '../testing/answers.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

const COOKIE = /^vestibule=vd_[\w-]{43}; (.*)$/
const HTTPS = { PUBLIC_URL: 'https://login.acme.test', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2' }

const passwordStep = async ({ browser }: Awaited<ReturnType<typeof createScene>>, body: object) => {
  const request = await browser.open(authorizePath('ledger'))
  await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
  return browser.post(`/api/login/${request}/password`, { password: PASSWORD, ...body })
}

test('a browser gets its cookie with the first request, for this visit', async () => {
  const { authorize } = await createScene()
  const [cookie = ''] = (await authorize()).headers.getSetCookie()
  expect(COOKIE.exec(cookie)?.[1]).toBe('Path=/; HttpOnly; SameSite=Lax')
})

test('over https it is bound to the host and Secure', async () => {
  const { authorize, browser } = await createScene({ env: HTTPS })
  const response = await authorize()
  expect(response.headers.getSetCookie()[0]).toMatch(
    /^__Host-vestibule=vd_[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  expect(response.headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains')
  // a cookie without the prefix, which a neighbour host could set, counts for nothing
  const value = browser.jar.get('__Host-vestibule')!
  const request = response.headers.get('location')!.replace('/login/', '')
  const other = await browser.get(`/api/login/${request}`, { cookie: `vestibule=${value}` })
  expect(other.status).toBe(200)
  browser.jar.clear()
  expect((await browser.get(`/api/login/${request}`, { cookie: `vestibule=${value}` })).status).toBe(404)
})

test('signing in replaces it, and the old one opens nothing', async () => {
  const scene = await createScene()
  const request = await scene.browser.open(authorizePath('ledger', { prompt: 'consent' }))
  const before = scene.browser.jar.get('vestibule')!
  const answer = await scene.browser.signIn(request, BOB, PASSWORD)
  expect(answer.step.kind).toBe('consent')
  expect(scene.browser.jar.get('vestibule')).not.toBe(before)
  const old = scene.world.browser()
  old.jar.set('vestibule', before)
  await expectProblem(await old.get(`/api/login/${request}`), 404, 'request_not_found')
  expect((await old.get(authorizePath('ledger', { prompt: 'none' }))).headers.get('location')).toContain(
    'login_required',
  )
})

test('a wrong password replaces nothing', async () => {
  const { browser } = await createScene()
  const request = await browser.open(authorizePath('ledger'))
  await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
  const response = await browser.post(`/api/login/${request}/password`, { password: 'wrong' })
  expect(response.headers.getSetCookie()).toEqual([])
})

test('"stay signed in" outlives the browser, and stays', async () => {
  const scene = await createScene()
  const [kept = ''] = (await passwordStep(scene, { staySignedIn: true })).headers.getSetCookie()
  expect(COOKIE.exec(kept)?.[1]).toBe('Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax')
  scene.clock.advance(1)
  const request = await scene.browser.open(authorizePath('ledger', { prompt: 'login' }))
  const again = await scene.browser.post(`/api/login/${request}/password`, { password: PASSWORD })
  expect(again.headers.getSetCookie()[0]).toContain('Max-Age=34560000')
})

test('without it the cookie ends with the browser', async () => {
  const [cookie = ''] = (await passwordStep(await createScene(), { staySignedIn: false })).headers.getSetCookie()
  expect(cookie).not.toMatch(/max-age|expires/i)
})

test.each(['vd_', 'vd_x', `vd_${'A'.repeat(44)}`, `vd_${'A'.repeat(42)}B`, `va_${'A'.repeat(43)}`, '%00', 'é'])(
  'the cookie %j is no cookie of ours',
  async (value) => {
    const { app } = await createScene()
    const response = await app.request(authorizePath('ledger'), {
      headers: { cookie: `vestibule=${encodeURIComponent(value)}` },
    })
    expect(response.status).toBe(302)
    expect(response.headers.getSetCookie()[0]).toMatch(COOKIE)
  },
)
