import { hash } from 'node:crypto'
import { createContext, Script } from 'node:vm'
import { expect, test } from 'vitest'
import { clientAnswer } from '../../testing/answers.ts'
import { redirectOf } from '../../testing/browser.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'

const COOKIE = 'vestibule-state'
const createStory = () => createScene({ application: { settings: { sessionManagement: true } } })

/** Bob signs in, and the application reads the response. */
async function signIn({ browser, clock }: Scene, parameters: Record<string, string> = {}) {
  clock.advance(1)
  const request = await browser.open(authorizePath('ledger', parameters))
  return redirectOf(await browser.signIn(request, BOB, PASSWORD))
}

/** The frame as the browser runs it: its script, a cookie, and what it says to whom. */
async function ask({ browser }: Scene, message: unknown, origin = 'https://rp.test') {
  const html = await (await browser.get('/oidc/v1/check_session')).text()
  const script = /<script>(.*)<\/script>/s.exec(html)?.[1] ?? ''
  const listeners: ((event: object) => void)[] = []
  const document = { cookie: `other=1; ${COOKIE}=${browser.jar.get(COOKIE) ?? ''}; last=2` }
  const globals = {
    document,
    crypto,
    TextEncoder,
    Uint8Array,
    addEventListener: (_: string, on: never) => listeners.push(on),
  }
  new Script(script).runInContext(createContext(globals))
  return new Promise<unknown>((resolve) => {
    const source = { postMessage: (data: unknown, to: string) => resolve([data, to]) }
    listeners[0]!({ data: message, origin, source })
    setTimeout(() => resolve(null), 100)
  })
}

test('SM1 the response carries a salted hash over client, origin and browser state', async () => {
  const scene = await createStory()
  const state = (await signIn(scene)).searchParams.get('session_state') ?? ''
  const [digest, salt] = state.split('.')
  expect(salt).toMatch(/^[\w-]{22}$/)
  const browserState = scene.browser.jar.get(COOKIE)
  expect(digest).toBe(hash('sha256', `ledger https://rp.test ${browserState} ${salt}`, 'hex'))
  const again = clientAnswer(await scene.authorize()).session_state
  expect(again).toMatch(/^[0-9a-f]{64}\.[\w-]{22}$/)
  expect(again).not.toBe(state)
})

test.each(['fragment', 'form_post'])('SM1 in %s too', async (mode) => {
  const scene = await createStory()
  await signIn(scene)
  const response = await scene.authorize({ response_mode: mode })
  const answer = mode === 'fragment' ? (response.headers.get('location') ?? '').split('#')[1] : await response.text()
  expect(answer).toMatch(/session_state/)
})

test('AZ26 it is absent where nobody asked for it, and from errors', async () => {
  const plain = await createScene()
  expect((await signIn(plain)).searchParams.has('session_state')).toBe(false)
  expect(plain.browser.jar.has(COOKIE)).toBe(false)
  const scene = await createStory()
  expect(clientAnswer(await scene.authorize({ prompt: 'none' }))).not.toHaveProperty('session_state')
  expect(scene.browser.jar.has(COOKIE)).toBe(false)
})

test('SM2 the cookie is 128 random bits that a script may read in a frame of others, and no credential', async () => {
  const scene = await createStory()
  const request = await scene.browser.open(authorizePath('ledger'))
  await scene.browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
  const response = await scene.browser.post(`/api/login/${request}/password`, { password: PASSWORD })
  const [line = ''] = response.headers.getSetCookie().filter((cookie) => cookie.startsWith(COOKIE))
  expect(line).toMatch(/^vestibule-state=[\w-]{22}; /)
  expect(line).toContain('Secure')
  expect(line).toContain('SameSite=None')
  expect(line).not.toContain('HttpOnly')
  // beside it the handle, and by what the browser is known
  expect(response.headers.getSetCookie()).toHaveLength(3)
})

test('SM2 it changes with a sign-in and with a sign-out, and with nothing else', async () => {
  const scene = await createStory()
  await signIn(scene)
  const states = [scene.browser.jar.get(COOKIE)]
  await scene.authorize()
  expect(scene.browser.jar.get(COOKIE)).toBe(states[0])
  await signIn(scene, { prompt: 'login' })
  states.push(scene.browser.jar.get(COOKIE))
  const page = await scene.browser.page('/oidc/v1/end_session')
  const request = page.kind === 'sign_out' ? page.signOut.request : ''
  await scene.browser.post(`/api/sign-out/${request}`, { session: 'all' })
  states.push(scene.browser.jar.get(COOKIE))
  expect(new Set(states).size).toBe(3)
})

test('SM3 the frame says whether what the application holds is still so, to its origin only', async () => {
  const scene = await createStory()
  const state = (await signIn(scene)).searchParams.get('session_state')
  const message = `ledger ${state}`
  expect(await ask(scene, message)).toEqual(['unchanged', 'https://rp.test'])
  expect(await ask(scene, message, 'https://evil.test')).toEqual(['changed', 'https://evil.test'])
  expect(await ask(scene, `other ${state}`)).toEqual(['changed', 'https://rp.test'])
  await signIn(scene, { prompt: 'login' })
  expect(await ask(scene, message)).toEqual(['changed', 'https://rp.test'])
})

test.each(['', 'ledger', 'ledger x.y', 'ledger  x', `ledger ${'0'.repeat(64)}`, '<script>'])(
  'SM3 %j is an error',
  async (message) => {
    expect(await ask(await createStory(), message)).toEqual(['error', 'https://rp.test'])
  },
)

test.each([
  [{ a: 1 }, 'https://rp.test'],
  [null, 'https://rp.test'],
  ['x'.repeat(2000), 'https://rp.test'],
  ['ledger x.y', 'null'],
])('SM3 %j from %s is ignored', async (message, origin) => {
  expect(await ask(await createStory(), message, origin)).toBeNull()
})

test('SM3 it is the one page that may be framed, static, and may do nothing but run its script', async () => {
  const { browser } = await createStory()
  const response = await browser.get('/oidc/v1/check_session')
  const html = await response.text()
  const script = /<script>(.*)<\/script>/s.exec(html)?.[1] ?? ''
  expect(response.headers.has('x-frame-options')).toBe(false)
  expect(response.headers.get('content-security-policy')).toBe(
    `default-src 'none'; script-src 'sha256-${hash('sha256', script, 'base64')}'; base-uri 'none'; frame-ancestors *`,
  )
  expect(await (await browser.get('/oidc/v1/check_session?client_id=evil')).text()).toBe(html)
  expect(html).not.toContain(ISSUER)
})
