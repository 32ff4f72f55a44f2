import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'

const languageOf = async (response: Response) => /<html lang="(\w+)"/.exec(await response.text())?.[1]

/** The language of the login page for these wishes. */
async function loginLanguage({ uiLocales = '', cookie = '', accept = '' }) {
  const { browser, clock } = await createScene()
  if (cookie) await browser.post('/api/language', { language: cookie, entry: 'login' })
  clock.advance(1)
  const request = await browser.open(authorizePath('ledger', { ui_locales: uiLocales }))
  return languageOf(await browser.get(`/login/${request}`, { 'accept-language': accept }))
}

test.each([
  [{}, 'en'],
  [{ accept: 'fr-CH, de;q=0.9' }, 'fr'],
  [{ accept: 'xx, de;q=0.5, fr;q=0.9' }, 'fr'],
  [{ accept: ';;q=,,*;q=x' }, 'en'],
  [{ cookie: 'ja', accept: 'fr' }, 'ja'],
  [{ uiLocales: 'de-AT', cookie: 'ja', accept: 'fr' }, 'de'],
  [{ uiLocales: 'xx yy', cookie: 'ja', accept: 'fr' }, 'ja'],
  [{ uiLocales: 'xx fr-CA de', accept: 'ja' }, 'fr'],
])('%j: %s', async (wishes, language) => {
  expect(await loginLanguage(wishes)).toBe(language)
})

test('a choice made on the page wins over the request it was made for', async () => {
  const { browser, clock } = await createScene()
  const request = await browser.open(authorizePath('ledger', { ui_locales: 'de' }))
  clock.advance(1)
  const answer = await browser.post('/api/language', { language: 'ja', entry: 'login' })
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^vestibule-language=ja\.\d+; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  expect(await languageOf(await browser.get(`/login/${request}`))).toBe('ja')
  // the next request that asks for a language gets it
  clock.advance(1)
  const next = await browser.open(authorizePath('ledger', { ui_locales: 'de' }))
  expect(await languageOf(await browser.get(`/login/${next}`))).toBe('de')
})

test('the endpoint answers with the texts of the entry', async () => {
  const { browser } = await createScene()
  const texts = async (language: string, entry: string) =>
    (await jsonOf<{ strings: object }>(await browser.post('/api/language', { language, entry }))).strings
  const [german, french, account] = [await texts('de', 'login'), await texts('fr', 'login'), await texts('de', 'app')]
  expect(german).toHaveProperty('login')
  expect(german).not.toEqual(french)
  expect(account).not.toEqual(german)
})

test.each([
  { language: 'xx', entry: 'login' },
  { language: 'en-XA', entry: 'login' },
  { language: 'de', entry: 'other' },
  { language: '__proto__', entry: 'login' },
  { entry: 'login' },
])('%j is refused', async (body) => {
  const { browser } = await createScene()
  await expectProblem(await browser.post('/api/language', body), 400, 'invalid_input')
})

test.each(['xx.1', '__proto__', 'de.x.y', '%'])('the cookie %s breaks nothing', async (cookie) => {
  const { browser } = await createScene()
  browser.jar.set('vestibule-language', cookie)
  expect((await browser.get('/signed-out')).status).toBe(200)
})
