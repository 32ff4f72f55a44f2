import { LANGUAGE_CODES } from '@vestibule/shared/languages.ts'
import { expect, test } from 'vitest'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

const languageIn = async (response: Promise<Response>) => /<html lang="(\w+)"/.exec(await (await response).text())?.[1]

const PAGES = ['/signed-out', '/setup', '/nowhere', '/oauth/v2/authorize?client_id=nobody', '/login/req_1']

test.each(PAGES)('%s: nobody’s wish, so the organization’s language, and without that the instance’s', async (path) => {
  const { browser, clock, setPolicy } = await createScene()
  await setPolicy('languages', { default: 'ja' }, 'instance')
  expect(await languageIn(browser.get(path))).toBe('ja')
  await setPolicy('languages', { default: 'ar', allowed: ['ar', 'de'] })
  clock.advance(6)
  expect(await languageIn(browser.get(path))).toBe('ar')
  expect(await languageIn(browser.get(path, { 'accept-language': 'fr, de;q=0.1' }))).toBe('de')
})

test('the page offers what is allowed, and every language without a policy', async () => {
  const { browser, clock, setPolicy } = await createScene()
  expect((await browser.page('/signed-out')).branding.languages).toEqual(LANGUAGE_CODES)
  await setPolicy('languages', { default: 'de', allowed: ['ja', 'de'] })
  clock.advance(6)
  expect((await browser.page('/signed-out')).branding.languages).toEqual(['de', 'ja'])
})

test('an organization that becomes known brings its languages', async () => {
  const { world, browser, setPolicy } = await createScene()
  const globex = await world.addOrganization('globex.test')
  await setPolicy('languages', { default: 'ja', allowed: ['ja', 'de'] }, globex)
  const request = await browser.open(authorizePath('ledger', { ui_locales: 'fr de' }))
  expect(await browser.step(request)).toMatchObject({ language: 'fr', branding: { languages: LANGUAGE_CODES } })
  const answer = await browser.post(`/api/login/${request}/identifier`, { identifier: 'nobody@globex.test' })
  expect(await answer.json()).toMatchObject({ language: 'de', branding: { languages: ['de', 'ja'] } })
  expect(await languageIn(browser.get(`/login/${request}`))).toBe('de')
  // and takes them with it
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  expect((await browser.step(request)).language).toBe('fr')
})

test.each(['fr', 'en-XA', 'xx'])('%s is never shown where it is not allowed, whoever asks', async (wish) => {
  const { browser, clock, setPolicy } = await createScene({ user: { locale: wish } })
  await setPolicy('languages', { default: 'de', allowed: ['de', 'ja'] })
  const request = await browser.open(authorizePath('ledger', { ui_locales: wish }))
  browser.jar.set('vestibule-language', `${wish}.${clock.now() + 1}`)
  const headers = { 'accept-language': wish }
  for (const path of [`/login/${request}`, ...PAGES]) expect(await languageIn(browser.get(path, headers))).toBe('de')
  expect(await (await browser.get(`/api/login/${request}`, headers)).json()).toMatchObject({ language: 'de' })
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  expect(await languageIn(browser.get('/account', headers))).toBe('de')
})

test('L6 language and direction are in the first bytes of every page, errors included', async () => {
  const { browser } = await createScene()
  const request = await browser.open(authorizePath('ledger', { ui_locales: 'ar' }))
  const end = `/oidc/v1/end_session?ui_locales=ar`
  const refused = '/oauth/v2/authorize?client_id=nobody&ui_locales=xx%20ar'
  for (const path of [`/login/${request}`, end, refused]) {
    const html = await (await browser.get(path, { 'accept-language': 'ja' })).text()
    expect(html.slice(0, 60)).toContain('<html lang="ar" dir="rtl">')
  }
  for (const path of PAGES) {
    const html = await (await browser.get(path, { 'accept-language': 'ar-EG' })).text()
    expect(html.slice(0, 60)).toContain('<html lang="ar" dir="rtl">')
  }
})

test('at the end of a session the application’s wish counts before an old choice, and not before a new one', async () => {
  const { browser, clock } = await createScene()
  await browser.post('/api/language', { language: 'ja', entry: 'login' })
  const end = () => languageIn(browser.get('/oidc/v1/end_session?ui_locales=ar'))
  expect(await end()).toBe('ja')
  clock.advance(3_601)
  expect(await end()).toBe('ar')
})
