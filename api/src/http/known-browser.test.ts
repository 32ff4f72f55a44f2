import { expect, test } from 'vitest'
import { SoftAuthenticator } from '../../../scripts/authenticator/soft-authenticator.ts'
import { tokenHash } from '../crypto/token.ts'
import { jsonOf } from '../testing/answers.ts'
import type { Browser } from '../testing/browser.ts'
import { addTotp, openSecond, totpCode } from '../testing/factors.ts'
import { lastMail, tokenOf } from '../testing/messages.ts'
import { addGame, createGame } from '../testing/native-client.ts'
import { addPasskey, touchPasskey } from '../testing/passkeys.ts'
import { allMailsOf, codeFor, enterCode, NEW_EMAIL, NEW_PASSWORD, openRegistration } from '../testing/registration.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../testing/scene.ts'
import { DAY, HANDLE, openSignedOut } from '../testing/trust.ts'
import { ISSUER, PASSWORD, SECRET } from '../testing/world.ts'
import { knownByKey } from '../use-cases/known-browsers/know-browser.ts'

const KNOWN = 'vestibule-known'
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'

/** Everybody who was told of a new browser, in the order of time. */
const toldIn = async (scene: Pick<Scene, 'deps'>) =>
  (await allMailsOf(scene)).filter(({ kind }) => kind === 'new_device').map(({ recipient }) => recipient)

const open = (browser: Browser) => browser.open(authorizePath('ledger', { prompt: 'login' }))

async function signIn(browser: Browser, name = BOB, password = PASSWORD): Promise<void> {
  const { step } = await browser.signIn(await openSignedOut(browser), name, password)
  expect(step.kind).toBe('redirect')
}

/** What ends with the browser is gone. */
const close = ({ jar }: Browser) => jar.delete(HANDLE)

test('a sign-in in a browser where one never was is told by mail, with the browser and a way to say it was somebody else', async () => {
  const scene = await createScene()
  const { browser, clock } = scene
  const opened = await browser.send(authorizePath('ledger'), { headers: { 'user-agent': AGENT } })
  await browser.signIn(opened.headers.get('location')!.split('/').at(-1)!, BOB, PASSWORD)
  const { to, values } = await lastMail(scene, 'new_device')
  expect(to).toBe(BOB)
  expect(values).toMatchObject({ at: clock.now(), userAgent: AGENT })
  expect(await browser.post('/api/not-me', { token: tokenOf(values.notMeLink) })).toMatchObject({ status: 200 })
})

test('the mail names browser and system, and what they call themselves is nobody’s words', async () => {
  const { browser, world, deps } = await createScene()
  const opened = await browser.send(authorizePath('ledger'), { headers: { 'user-agent': AGENT } })
  await browser.signIn(opened.headers.get('location')!.split('/').at(-1)!, BOB, PASSWORD)
  await world.deliver()
  const [mail] = deps.post.sink!.list()
  expect(mail?.text).toMatch(/Firefox.*Linux/)
  expect(mail?.text).not.toContain('Mozilla')
})

test('of many within an hour five are told by mail, and all are in the log and the recent activity', async () => {
  const scene = await createScene()
  for (let nth = 0; nth < 6; nth++) {
    scene.browser.jar.clear()
    await signIn(scene.browser)
  }
  expect(await toldIn(scene)).toHaveLength(5)
  await scene.browser.get('/account')
  const { activity } = await jsonOf<{ activity: { type: string }[] }>(await scene.browser.get('/api/me/activity'))
  expect(activity.filter(({ type }) => type === 'signed_in')).toHaveLength(6)
  const noticed = (await scene.events()).filter(({ type }) => type === 'user.new_browser_noticed')
  expect(noticed.map(({ actor, person }) => [actor, person])).toEqual(Array(6).fill([scene.userId, scene.userId]))
})

test('whoever speaks none of our languages is told in that of their organization', async () => {
  const scene = await createScene({ user: { locale: 'tlh' } })
  await scene.setPolicy('languages', { default: 'ja', allowed: ['ja', 'en'] })
  await signIn(scene.browser)
  expect(await allMailsOf(scene)).toMatchObject([{ kind: 'new_device', language: 'ja' }])
})

test('there it is told once: not at the next sign-in, and not after the browser was closed', async () => {
  const scene = await createScene()
  const { browser, clock } = scene
  await signIn(browser)
  await signIn(browser)
  close(browser)
  clock.advance(29 * DAY)
  await signIn(browser)
  expect(await toldIn(scene)).toEqual([BOB])
  browser.jar.clear()
  await signIn(browser)
  expect(await toldIn(scene)).toEqual([BOB, BOB])
})

test('who comes seldom gets the cookie anew, and is still known after more than a year of that', async () => {
  const scene = await createScene()
  const { browser, clock } = scene
  await signIn(browser)
  const first = browser.jar.get(KNOWN)
  for (let month = 1; month < 16; month++) {
    clock.advance(31 * DAY)
    close(browser)
    await signIn(browser)
  }
  expect(browser.jar.get(KNOWN)).not.toBe(first)
  expect(await toldIn(scene)).toEqual([BOB])
})

test('whoever makes an account is known there, and told of the next browser', async () => {
  const scene = await createScene()
  const { browser, world } = scene
  const request = await openRegistration(browser)
  await enterCode(browser, request, await codeFor(scene, request))
  close(browser)
  await signIn(browser, NEW_EMAIL, NEW_PASSWORD)
  expect(await toldIn(scene)).toEqual([])
  await signIn(world.browser(), NEW_EMAIL, NEW_PASSWORD)
  expect(await toldIn(scene)).toEqual([NEW_EMAIL])
})

test('a login that is not complete is none: it is told after the second proof', async () => {
  const scene = await createScene()
  await addTotp(scene, scene.userId)
  const request = await openSecond(scene.browser)
  expect(await toldIn(scene)).toEqual([])
  await scene.browser.post(`/api/login/${request}/totp`, { code: totpCode(scene) })
  expect(await toldIn(scene)).toEqual([BOB])
})

test('a sign-in by passkey is told as well', async () => {
  const scene = await createScene()
  const { browser, world } = scene
  const [authenticator, elsewhere] = [new SoftAuthenticator(ISSUER), world.browser()]
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  await addPasskey(browser, authenticator)
  const { response } = await touchPasskey(elsewhere, await open(elsewhere), authenticator)
  expect(response.status).toBe(200)
  expect(await toldIn(scene)).toEqual([BOB, BOB])
})

test('of two people in one browser each is told, and each is known from then on', async () => {
  const scene = await createScene()
  const { browser, world } = scene
  const ann = 'ann@acme.test'
  await world.addUser('ann')
  for (const name of [BOB, ann, BOB, ann]) {
    close(browser)
    await signIn(browser, name)
  }
  expect(await toldIn(scene)).toEqual([BOB, ann])
})

test('a cookie from before somebody came there says nothing of them', async () => {
  const scene = await createScene()
  const { browser, world } = scene
  const [ann, thief] = ['ann@acme.test', world.browser()]
  await world.addUser('ann')
  await signIn(browser, ann)
  thief.jar.set(KNOWN, browser.jar.get(KNOWN)!)
  await signIn(browser)
  await signIn(thief)
  expect(await toldIn(scene)).toEqual([ann, BOB, BOB])
})

test('after "this was not me" every browser but the one it was said in is a new one', async () => {
  const scene = await createScene()
  const { browser, world, deps } = scene
  const intruder = world.browser()
  await signIn(intruder)
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  expect((await browser.post('/api/me/not-me', {})).status).toBe(200)
  const rows = await deps.db.query.select().from(deps.db.tables.knownBrowsers)
  expect(rows).toMatchObject([{ tokenHash: tokenHash(browser.jar.get(KNOWN)!) }])
})

test('by the link of a mail, every browser is', async () => {
  const scene = await createScene()
  const { browser } = scene
  await signIn(browser)
  const { notMeLink } = (await lastMail(scene, 'new_device')).values
  expect((await browser.post('/api/not-me', { token: tokenOf(notMeLink) })).status).toBe(200)
  expect(await scene.deps.db.query.select().from(scene.deps.db.tables.knownBrowsers)).toEqual([])
})

/** Signs in by a native application with a key of its own, as often as it is called. */
async function createPlayer(scene: Scene, more: Record<string, string> = {}) {
  const game = await createGame(scene.world)
  return {
    ...game,
    play: async (identifier = BOB) =>
      expect((await game.begin({ identifier, password: PASSWORD, ...more })).body).toHaveProperty('authorization_code'),
  }
}

test('in a native application the key stands for the browser: its owner is told of it once', async () => {
  const scene = await createScene()
  await addGame(scene.world)
  const phone = await createPlayer(scene)
  for (const day of [0, 1, 40, 41]) {
    scene.clock.advance(day * DAY)
    await phone.play()
  }
  expect(await toldIn(scene)).toEqual([BOB])
  await (await createPlayer(scene)).play()
  expect(await toldIn(scene)).toEqual([BOB, BOB])
  await scene.world.addUser('ann')
  await phone.play('ann@acme.test')
  await phone.play()
  expect(await toldIn(scene)).toEqual([BOB, BOB, 'ann@acme.test'])
})

test('"this was not me" forgets keys too, and what a browser brings is never one', async () => {
  const scene = await createScene()
  const { id } = await addGame(scene.world)
  const phone = await createPlayer(scene)
  await phone.play()
  scene.browser.jar.set(KNOWN, encodeURIComponent(knownByKey(id, phone.key.jkt)))
  await signIn(scene.browser)
  expect(await toldIn(scene)).toEqual([BOB, BOB])
  const { notMeLink } = (await lastMail(scene, 'new_device')).values
  await scene.browser.post('/api/not-me', { token: tokenOf(notMeLink) })
  expect(await scene.deps.db.query.select().from(scene.deps.db.tables.knownBrowsers)).toEqual([])
})

test('the key of a server is that of many, and says nothing of where one of them is', async () => {
  const scene = await createScene()
  await addGame(scene.world, { type: 'web', settings: { authenticationMethod: 'client_secret_post' } })
  const server = await createPlayer(scene, { client_secret: SECRET })
  await server.play()
  await server.play()
  expect(await toldIn(scene)).toEqual([BOB, BOB])
})
