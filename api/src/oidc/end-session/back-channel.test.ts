import type { ServerResponse } from 'node:http'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { createListener, type Heard } from '../../testing/listener.ts'
import { obtainTokens } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { verifyJwt } from '../../testing/tokens.ts'
import { ISSUER, PASSWORD } from '../../testing/world.ts'
import { setPassword } from '../../use-cases/password/set-password.ts'
import { claimNotices, deliverNotice } from '../../use-cases/sign-out/deliver-notice.ts'

type Answer = (response: ServerResponse, heard: Heard) => void
type Settings = Parameters<Scene['world']['addApplication']>[1]

/** Bob is signed in to an application that wants to be told, and to one that does not. */
async function createStory({
  answer,
  settings = {},
}: {
  answer?: Answer
  settings?: NonNullable<Settings>['settings']
} = {}) {
  const listener = await createListener(answer)
  const backchannelLogoutUri = `${listener.url}/logout?tenant=1`
  const scene = await createScene({
    env: { LOOPBACK_REQUESTS: 'on' },
    application: { settings: { backchannelLogoutUri, development: true, ...settings } },
  })
  await scene.world.addApplication('silent')
  return { ...scene, ...listener, tokens: () => scene.tokens({ scope: 'openid' }) }
}

const never = new AbortController().signal
/** One round of the worker. */
async function deliver({ deps }: Pick<Scene, 'deps'>) {
  for (const notice of await claimNotices(deps, { holder: 'tests', most: 100 }))
    await deliverNotice(deps, notice, never)
}
const notices = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.logoutNotices)
const endSession = ({ browser }: Scene, hint = '') =>
  browser.get(`/oidc/v1/end_session?${new URLSearchParams({ id_token_hint: hint })}`)

test.each(['RS256', 'ES256', 'EdDSA'] as const)(
  'BC1 a logout token signed with %s, in a form with nothing else',
  async (idTokenAlgorithm) => {
    const story = await createStory({ settings: { idTokenAlgorithm } })
    const { id_token = '' } = await story.tokens()
    await endSession(story, id_token)
    expect(story.heard).toEqual([])
    await deliver(story)
    expect(story.heard).toHaveLength(1)
    const { path, headers, body } = story.heard[0]!
    expect([path, headers['content-type']]).toEqual(['/logout?tenant=1', 'application/x-www-form-urlencoded'])
    const form = new URLSearchParams(body)
    expect([...form.keys()]).toEqual(['logout_token'])
    const { header, claims } = await verifyJwt(story, form.get('logout_token') ?? '', { typ: 'logout+jwt' })
    expect(header).toEqual({ alg: idTokenAlgorithm, typ: 'logout+jwt', kid: expect.any(String) })
    const now = story.clock.now() / 1000
    expect(claims).toEqual({
      iss: ISSUER,
      aud: 'ledger',
      iat: now,
      exp: now + 120,
      jti: expect.stringMatching(/^[\w-]{22}$/),
      sub: story.userId,
      sid: decodeJwt(id_token).sid,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    })
  },
)

test.each([true, false])(
  'BC1 a logout token has sid, whether a session is required (%s) or not',
  async (isRequired) => {
    const story = await createStory({ settings: { backchannelLogoutSessionRequired: isRequired } })
    const { id_token = '' } = await story.tokens()
    await endSession(story, id_token)
    await deliver(story)
    const token = new URLSearchParams(story.heard[0]?.body).get('logout_token') ?? ''
    const { sub, sid } = decodeJwt(id_token)
    expect(decodeJwt(token)).toMatchObject({ sub, sid })
  },
)

test('BC1 a logout token stands in for no other token', async () => {
  const story = await createStory()
  const { id_token = '' } = await story.tokens()
  await endSession(story, id_token)
  await deliver(story)
  const token = new URLSearchParams(story.heard[0]?.body).get('logout_token') ?? ''
  expect(decodeProtectedHeader(token).typ).toBe('logout+jwt')
  expect((await story.userinfo({ access_token: token } as never)).status).toBe(401)
  await story.signIn()
  await endSession(story, token)
  expect((await story.authorize({ prompt: 'none' })).headers.get('location')).toContain('code=')
})

test('BC2 it is sent once, and what became of it is recorded', async () => {
  const story = await createStory({ answer: (response) => response.writeHead(204).end() })
  await endSession(story, (await story.tokens()).id_token)
  await deliver(story)
  story.clock.advance(3600)
  await deliver(story)
  expect(story.heard).toHaveLength(1)
  expect(await notices(story)).toMatchObject([{ state: 'sent', attempts: 1, dueAt: null, holder: null }])
  expect((await story.events()).map(({ type }) => type)).toContain('logout.delivered')
})

test.each([
  ['an error', (response: ServerResponse) => void response.writeHead(500).end(), 'deferred'],
  [
    'a redirect',
    (response: ServerResponse) => void response.writeHead(302, { location: '/elsewhere' }).end(),
    'deferred',
  ],
  ['a broken connection', (response: ServerResponse) => void response.destroy(), 'unreachable'],
])('BC2 after %s it is tried three times in five minutes, with a fresh token each', async (_what, answer, fault) => {
  const story = await createStory({ answer })
  await endSession(story, (await story.tokens()).id_token)
  for (let second = 0; second <= 600; second += 10) {
    await deliver(story)
    story.clock.advance(10)
  }
  expect(story.heard.map(({ path }) => path)).toEqual(Array(3).fill('/logout?tenant=1'))
  const sent = story.heard.map(({ body }) => decodeJwt(new URLSearchParams(body).get('logout_token') ?? ''))
  expect(new Set(sent.map(({ jti }) => jti)).size).toBe(3)
  expect(sent[2]!.iat! - sent[0]!.iat!).toBeLessThan(300)
  expect(await notices(story)).toMatchObject([{ state: 'dead', attempts: 3, lastError: fault }])
  const [event] = (await story.events()).filter(({ type }) => type === 'logout.undeliverable')
  expect(event).toMatchObject({ target: story.ledger.id, organizationId: story.acme, data: { fault, attempts: 3 } })
})

test('BC2 an application may take its time, and nobody tells it a second time meanwhile', async () => {
  const story = await createStory({ answer: (response) => void setTimeout(() => response.end(), 5_500) })
  await endSession(story, (await story.tokens()).id_token)
  const first = deliver(story)
  await expect.poll(() => story.heard.length).toBe(1)
  story.clock.advance(10)
  await deliver(story)
  await first
  expect(story.heard).toHaveLength(1)
  expect(await notices(story)).toMatchObject([{ state: 'sent', attempts: 1 }])
}, 15_000)

test('BC2 400 ends the attempts', async () => {
  const story = await createStory({ answer: (response) => response.writeHead(400).end() })
  await endSession(story, (await story.tokens()).id_token)
  await deliver(story)
  story.clock.advance(120)
  await deliver(story)
  expect(story.heard).toHaveLength(1)
  expect(await notices(story)).toMatchObject([{ state: 'dead', lastError: 'refused' }])
})

test('BC3 an address that is not public is not asked, and not tried again', async () => {
  const story = await createStory({ settings: { backchannelLogoutUri: 'https://10.0.0.1/logout' } })
  await endSession(story, (await story.tokens()).id_token)
  await deliver(story)
  expect(await notices(story)).toMatchObject([{ state: 'dead', attempts: 1, lastError: 'not_allowed' }])
})

test('BC3 without LOOPBACK_REQUESTS this machine is not asked either', async () => {
  const { heard, url } = await createListener()
  const scene = await createScene({ application: { settings: { backchannelLogoutUri: url } } })
  await endSession(scene, (await scene.tokens()).id_token)
  await deliver(scene)
  expect(heard).toEqual([])
  expect(await notices(scene)).toMatchObject([{ state: 'dead', lastError: 'not_allowed' }])
})

const home = async ({ browser }: Scene) => browser.signIn(await browser.open('/account'), BOB, PASSWORD)

test.each<[string, (story: Scene & { sid: string }) => Promise<unknown>]>([
  [
    'the confirmation page',
    async ({ browser }) => {
      const page = await browser.page('/oidc/v1/end_session')
      const request = page.kind === 'sign_out' ? page.signOut.request : ''
      return browser.post(`/api/sign-out/${request}`, { session: 'all' })
    },
  ],
  [
    'a list of sessions, by its owner elsewhere',
    async ({ world, sid }) => {
      const elsewhere = world.browser()
      await home({ browser: elsewhere } as Scene)
      return elsewhere.post('/api/me/sessions/end', { session: sid })
    },
  ],
  [
    '"everywhere"',
    async ({ world }) => {
      const elsewhere = world.browser()
      await home({ browser: elsewhere } as Scene)
      return elsewhere.post('/api/me/sessions/end', { session: 'all' })
    },
  ],
  [
    'the picker',
    async ({ browser, sid, authorize }) => {
      const request = ((await authorize({ prompt: 'select_account' })).headers.get('location') ?? '').slice(7)
      return browser.post(`/api/login/${request}/sign-out`, { session: sid })
    },
  ],
  [
    'a new password',
    async ({ deps, userId, acme }) => {
      const hash = await deps.passwords.hash('seven quiet lanterns')
      return deps.db.transaction((tx) => setPassword(deps, tx, { id: userId, organizationId: acme }, hash))
    },
  ],
])('BC4 the application is told when the session ends by %s', async (_how, end) => {
  const story = await createStory()
  const { id_token = '' } = await story.tokens()
  const sid = decodeJwt(id_token).sid as string
  await end({ ...story, sid } as never)
  expect(await notices(story)).toMatchObject([{ applicationId: story.ledger.id, sessionId: sid, state: 'queued' }])
})

test('BC4 the end of its time tells nobody', async () => {
  const story = await createStory()
  await story.tokens()
  story.clock.advance(400 * 86_400)
  await story.authorize()
  expect(await notices(story)).toEqual([])
})

test('LO8 only applications of that session are told, each once', async () => {
  const story = await createStory()
  const { world } = story
  await world.addApplication('elsewhere', { settings: { backchannelLogoutUri: `${story.url}/elsewhere` } })
  const { id_token = '' } = await story.tokens()
  await story.redeem((await story.authorize()).headers.get('location')?.match(/code=([^&]+)/)?.[1] ?? '')
  await obtainTokens(world, world.browser(), 'elsewhere', BOB)
  await endSession(story as never, id_token)
  await deliver(story)
  expect(story.heard.map(({ path }) => path)).toEqual(['/logout?tenant=1'])
})

test('LO8 the sign-out waits for no application', async () => {
  const story = await createStory({ answer: () => undefined })
  const { id_token = '' } = await story.tokens()
  const began = performance.now()
  await endSession(story as never, id_token)
  expect(performance.now() - began).toBeLessThan(1000)
  expect(await notices(story)).toHaveLength(1)
})

test('a session that is ended twice tells once', async () => {
  const story = await createStory()
  const { id_token = '' } = await story.tokens()
  await endSession(story as never, id_token)
  await endSession(story as never, id_token)
  expect(await notices(story)).toHaveLength(1)
})

test('an application that is switched off meanwhile, or wants to hear nothing any more, is not told', async () => {
  const story = await createStory()
  await endSession(story as never, (await story.tokens()).id_token)
  await story.deps.db.query.update(story.deps.db.tables.applications).set({ state: 'deactivated' })
  await deliver(story)
  expect(story.heard).toEqual([])
  expect(await notices(story)).toMatchObject([{ state: 'dead', lastError: 'not_set_up' }])
})
