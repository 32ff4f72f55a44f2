import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { expect, test } from 'vitest'
import { jsonOf } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

/** Globex owns globex.test and has a look of its own; the application is of acme. */
async function createTwo() {
  const scene = await createScene()
  const globex = await scene.addOrganization('globex.test')
  await scene.addUser('greta', { organization: globex, email: 'greta@globex.test' })
  await scene.setPolicy('branding', { brand: '#cc0033', tagline: 'Globex' }, globex)
  await scene.setPolicy(
    'links',
    { help: 'https://globex.test/help', privacy: 'http://globex.test/p', terms: 'javascript:alert(1)' },
    globex,
  )
  const typed = async (identifier: string) => {
    const request = await scene.browser.open(authorizePath('ledger'))
    return jsonOf<LoginAnswer>(await scene.browser.post(`/api/login/${request}/identifier`, { identifier }))
  }
  return { ...scene, globex, typed }
}

test('before anybody is known the default organization’s look is shown', async () => {
  const { browser } = await createTwo()
  const page = await browser.page(`/login/${await browser.open(authorizePath('ledger'))}`)
  expect(page.branding).toMatchObject({ name: 'acme.test', tagline: null })
})

test.each(['greta@globex.test', 'nobody@globex.test', 'NOBODY@Globex.Test'])(
  '%s: the organization that owns the domain',
  async (name) => {
    const { typed } = await createTwo()
    const { branding } = await typed(name)
    expect(branding).toMatchObject({ name: 'globex.test', tagline: 'Globex', css: expect.stringContaining('#cc0033') })
  },
)

test.each(['greta', BOB, 'someone@elsewhere.test'])(
  '%s: the default one, because the account plays no part',
  async (name) => {
    const { typed } = await createTwo()
    expect((await typed(name)).branding.name).toBe('acme.test')
  },
)

test('links are shown only where they are https', async () => {
  const { typed } = await createTwo()
  const { links } = (await typed('greta@globex.test')).branding
  expect(links).toEqual({ help: 'https://globex.test/help', privacy: null, terms: null })
})

test('an organization scope shows that organization from the start', async () => {
  const { browser, globex } = await createTwo()
  const request = await browser.open(authorizePath('ledger', { scope: `openid urn:vestibule:org:id:${globex}` }))
  expect((await browser.step(request)).branding.name).toBe('globex.test')
})

test('an account this browser knows shows its own organization', async () => {
  const { browser, authorize } = await createTwo()
  await browser.signIn(await browser.open(authorizePath('ledger')), 'greta', PASSWORD)
  const location = (await authorize({ prompt: 'consent' })).headers.get('location')!
  expect((await browser.page(location)).branding.name).toBe('globex.test')
})

/** Globex has an application too, and somebody signed in there. */
async function createApplicationOfGlobex() {
  const scene = await createTwo()
  await scene.world.addApplication('oven', { organization: scene.globex })
  const page = async (path: string) => (await scene.browser.page(path)).branding.name
  const signIn = (name: string, path = authorizePath('oven')) =>
    scene.browser.open(path).then((request) => scene.browser.signIn(request, name, PASSWORD))
  return { ...scene, page, signIn }
}

test('the sign-out pages are of the organization whose application asks', async () => {
  const { page, signIn } = await createApplicationOfGlobex()
  await signIn(BOB)
  expect(await page('/oidc/v1/end_session?client_id=oven')).toBe('globex.test')
  expect(await page('/oidc/v1/end_session?client_id=ledger')).toBe('acme.test')
  expect(await page('/oidc/v1/end_session')).toBe('acme.test')
  expect(await page('/oidc/v1/end_session?client_id=nobody')).toBe('acme.test')
})

test('signed out, with nobody left to ask about', async () => {
  const { page } = await createApplicationOfGlobex()
  expect(await page('/oidc/v1/end_session?client_id=oven')).toBe('globex.test')
  expect(await page('/signed-out')).toBe('acme.test')
})

test('signed out of the account pages of an organization', async () => {
  const { page, signIn, browser } = await createApplicationOfGlobex()
  await signIn('greta', '/account')
  await browser.post('/api/me/sign-out', {})
  expect(await page('/signed-out')).toBe('globex.test')
})

test('an error page is of the organization whose application is known', async () => {
  const { page, browser, clock } = await createApplicationOfGlobex()
  expect(await page(authorizePath('oven', { redirect_uri: 'https://evil.test/' }))).toBe('globex.test')
  expect(await page(authorizePath('oven', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }))).toBe('globex.test')
  expect(await page(authorizePath('nobody'))).toBe('acme.test')
  const request = await browser.open(authorizePath('oven'))
  clock.advance(3601)
  expect(await page(`/login/${request}`)).toBe('globex.test')
  expect(await page('/login/req_0')).toBe('acme.test')
})

test('a deactivated organization’s domain is nobody’s', async () => {
  const { typed, world, globex } = await createTwo()
  await change(world, 'organizations', globex, { state: 'deactivated' })
  expect((await typed('greta@globex.test')).branding.name).toBe('acme.test')
})

test('an organization without a look has the instance’s', async () => {
  const { typed, setPolicy } = await createTwo()
  await setPolicy('branding', { tagline: 'of the instance' }, 'instance')
  expect((await typed(BOB)).branding.tagline).toBe('of the instance')
  expect((await typed('greta@globex.test')).branding.tagline).toBe('Globex')
})

test('a new look is seen within five seconds', async () => {
  const { typed, setPolicy, clock } = await createTwo()
  expect((await typed(BOB)).branding.tagline).toBeNull()
  await setPolicy('branding', { tagline: 'new' })
  clock.advance(5)
  expect((await typed(BOB)).branding.tagline).toBe('new')
})

test('what may be typed follows the policy of the page’s organization', async () => {
  const { browser, setPolicy } = await createTwo()
  await setPolicy('login', { identifiers: ['email'] })
  const request = await browser.open(authorizePath('ledger'))
  expect((await browser.step(request)).step).toMatchObject({ kind: 'identify', accepts: ['email'] })
  expect(await browser.signIn(request, 'bob', PASSWORD)).toMatchObject({ code: 'invalid_credentials' })
  expect(await browser.signIn(request, BOB, PASSWORD)).toMatchObject({ step: { kind: 'redirect' } })
})
