import { expect, test } from 'vitest'
import { redirectOf } from '../testing/browser.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD, type World } from '../testing/world.ts'
import { languageOf } from '../use-cases/language-of.ts'

/** The language of the first bytes. */
const languageIn = async (response: Promise<Response>) => /<html lang="(\w+)"/.exec(await (await response).text())?.[1]
const localeOf = async ({ deps }: World, id: Parameters<typeof deps.repositories.users.findPerson>[0]) =>
  (await deps.repositories.users.findPerson(id))?.profile.locale

type Scene = Awaited<ReturnType<typeof createScene>>

/** Bob signs in for the account pages. */
async function signInForAccount({ browser }: Scene) {
  const request = await browser.open('/account')
  return redirectOf(await browser.signIn(request, BOB, PASSWORD))
}

const choose = ({ browser }: Scene, language: string, more: object = { entry: 'app' }) =>
  browser.post('/api/language', { language, ...more })

test('the account pages are in the person’s own language, before what the browser says', async () => {
  const scene = await createScene({ user: { locale: 'fr-CA' } })
  const { browser } = scene
  await choose(scene, 'ja', { entry: 'login' })
  scene.clock.advance(1)
  expect(await languageIn(browser.get('/signed-out', { 'accept-language': 'de' }))).toBe('ja')
  await signInForAccount(scene)
  expect(await languageIn(browser.get('/account', { 'accept-language': 'de' }))).toBe('fr')
})

test('a request that goes on with an account of this browser is in its language, unless it asks for another', async () => {
  const scene = await createScene({ user: { locale: 'fr' } })
  const { browser } = scene
  await signInForAccount(scene)
  scene.clock.advance(1)
  const again = await browser.open(authorizePath('ledger', { prompt: 'login' }))
  expect(await browser.step(again)).toMatchObject({ step: { kind: 'first_factor' }, language: 'fr' })
  const picker = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  const { step, language } = await browser.step(picker)
  expect([step.kind, language]).toEqual(['select_account', 'en'])
  const session = step.kind === 'select_account' ? step.accounts[0]?.session : null
  scene.clock.advance(11 * 86_400)
  const due = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  const select = (request: string) => browser.post(`/api/login/${request}/account`, { session })
  expect(await (await select(due)).json()).toMatchObject({ step: { kind: 'first_factor' }, language: 'fr' })
  expect(await languageIn(browser.get(`/login/${due}`))).toBe('fr')
  const german = await browser.open(authorizePath('ledger', { prompt: 'select_account', ui_locales: 'de' }))
  expect(await (await select(german)).json()).toMatchObject({ language: 'de' })
})

test('a typed name says nothing of its owner’s language', async () => {
  const { browser } = await createScene({ user: { locale: 'fr' } })
  const request = await browser.open(authorizePath('ledger'))
  const answer = await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
  expect(await answer.json()).toMatchObject({ step: { kind: 'first_factor' }, language: 'en' })
})

test('L2 a language chosen on the account pages is the person’s own, for mails too', async () => {
  const scene = await createScene()
  const { world, browser, userId, acme } = scene
  await signInForAccount(scene)
  await choose(scene, 'ja')
  expect(await languageIn(browser.get('/account'))).toBe('ja')
  expect(await localeOf(world, userId)).toBe('ja')
  const person = await world.deps.repositories.users.findPerson(userId)
  expect(await languageOf(world.deps, person, acme)).toBe('ja')
  expect((await world.events()).filter(({ type }) => type === 'user.changed')).toMatchObject([
    { actor: userId, target: userId, data: { changed: ['locale'] } },
  ])
})

test('a language chosen on the way in is the person’s own once they are in', async () => {
  const scene = await createScene()
  const { browser, world, userId } = scene
  const request = await browser.open(authorizePath('ledger'))
  await choose(scene, 'es', { entry: 'login' })
  expect(await localeOf(world, userId)).toBe('en')
  redirectOf(await browser.signIn(request, BOB, PASSWORD))
  expect(await localeOf(world, userId)).toBe('es')
})

test.each([
  ['before this request', async (scene: Scene) => void (await choose(scene, 'es', { entry: 'login' }))],
  [
    'for nobody to remember',
    async (scene: Scene) => void (await choose(scene, 'es', { entry: 'login', remember: false })),
  ],
])('what was chosen %s stays with the browser', async (_, before) => {
  const scene = await createScene()
  await before(scene)
  scene.clock.advance(1)
  const request = await scene.browser.open(authorizePath('ledger'))
  redirectOf(await scene.browser.signIn(request, BOB, PASSWORD))
  expect(await localeOf(scene.world, scene.userId)).toBe('en')
})

test('a region is kept where the language is the same', async () => {
  const scene = await createScene({ user: { locale: 'de-AT' } })
  await signInForAccount(scene)
  await choose(scene, 'de')
  expect(await localeOf(scene.world, scene.userId)).toBe('de-AT')
  expect((await scene.events()).filter(({ type }) => type === 'user.changed')).toEqual([])
})

test('to fetch texts is not to choose them', async () => {
  const scene = await createScene()
  await signInForAccount(scene)
  const answer = await choose(scene, 'ja', { entry: 'app', remember: false })
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
  expect(await localeOf(scene.world, scene.userId)).toBe('en')
})

test('mails are in the person’s language, that of the page they acted on, that of their organization, of the instance', async () => {
  const { deps, acme, setPolicy, addOrganization } = await createScene()
  const globex = await addOrganization('globex.test')
  await setPolicy('languages', { default: 'es' }, 'instance')
  await setPolicy('languages', { default: 'ja', allowed: ['ja', 'de'] }, globex)
  const french = { profile: { locale: 'fr-CA' } }
  expect(await languageOf(deps, french, acme, { page: 'de' })).toBe('fr')
  expect(await languageOf(deps, null, acme, { page: 'de' })).toBe('de')
  expect(await languageOf(deps, { profile: {} }, acme)).toBe('es')
  expect(await languageOf(deps, { profile: {} }, globex)).toBe('ja')
  expect(await languageOf(deps, french, globex)).toBe('ja')
  expect(await languageOf(deps, french, globex, { page: 'de' })).toBe('de')
})
