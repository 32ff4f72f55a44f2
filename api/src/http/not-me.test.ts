import { expect, test } from 'vitest'
import { SoftAuthenticator } from '../../../scripts/authenticator/soft-authenticator.ts'
import { STEP_UP_MAX_AGE } from '../domain/auth-request.ts'
import { expectOAuthError, expectProblem, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { messagesOf } from '../testing/messages.ts'
import { addPasskey, touchPasskey } from '../testing/passkeys.ts'
import { authorizePath, obtainTokens, userinfoRequest } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'
import { createNotMeLink } from '../use-cases/not-me/not-me-link.ts'
import { createSetupLink } from '../use-cases/password/set-up-password.ts'

const ANN = 'ann@acme.test'

/** Bob at his account pages; an intruder signed in elsewhere, and let an application in. */
async function createIntrusion() {
  const scene = await createScene({ application: { settings: { sessionRefreshToken: true } } })
  const { world, deps, browser, userId } = scene
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  const intruder = world.browser()
  const tokens = await obtainTokens(world, intruder, 'ledger', BOB)
  const link = async (of = userId) => (await deps.db.transaction((tx) => createNotMeLink(deps, tx, of))).split('#')[1]!
  const messages = () => messagesOf(scene)
  const credential = async () => (await deps.db.query.select().from(deps.db.tables.credentials))[0]
  /** Whether the intruder still gets anywhere. */
  const stillIn = async () => ({
    session: (
      await intruder.get(
        '/oauth/v2/authorize?client_id=ledger&redirect_uri=https://rp.test/cb&response_type=code&scope=openid&prompt=none',
      )
    ).headers
      .get('location')!
      .includes('code='),
    userinfo: (await userinfoRequest(world, tokens.access_token)).status === 200,
  })
  const refreshes = () => scene.refresh(tokens)
  return { ...scene, intruder, tokens, link, messages, credential, stillIn, refreshes }
}

const IN = { session: true, userinfo: true }
const OUT = { session: false, userinfo: false }

test('said in the account, it ends all other sessions and everything granted, and a new password is demanded', async () => {
  const { browser, stillIn, refreshes, messages, credential, events, userId } = await createIntrusion()
  expect(await stillIn()).toEqual(IN)
  expect(await jsonOf(await browser.post('/api/me/not-me', {}))).toEqual({ ended: 1, password: 'to_replace' })
  expect(await stillIn()).toEqual(OUT)
  await expectOAuthError(await refreshes(), 400, 'invalid_grant')
  expect(await credential()).toMatchObject({ mustChange: true })
  await expectProblem(await browser.get('/api/me'), 401, 'unauthenticated')
  const { step } = await browser.step(await browser.open('/account/password'))
  expect(step.kind).toBe('change_password')
  expect(await messages()).toMatchObject([{ kind: 'intrusion_reported', recipient: BOB, userId }])
  expect((await events()).find(({ type }) => type === 'user.intrusion_reported')).toMatchObject({
    actor: userId,
    person: userId,
    data: { by: 'page' },
  })
})

test('said by who came by a passkey, it takes the password away: whoever knows it replaces nothing', async () => {
  const { browser, world, intruder, stillIn } = await createIntrusion()
  const authenticator = new SoftAuthenticator(ISSUER)
  await addPasskey(browser, authenticator)
  const owner = world.browser()
  await touchPasskey(owner, await owner.open('/account'), authenticator)
  expect(await jsonOf(await owner.post('/api/me/not-me', {}))).toMatchObject({ password: 'gone' })
  expect(await stillIn()).toEqual(OUT)
  expect(await jsonOf(await owner.get('/api/me/password'))).toMatchObject({ changedAt: null })
  const request = await intruder.open(authorizePath('ledger', { prompt: 'login' }))
  await intruder.post(`/api/login/${request}/identifier`, { identifier: BOB })
  const guess = await intruder.post(`/api/login/${request}/password`, { password: PASSWORD })
  await expectProblem(guess, 401, 'invalid_credentials')
  // the owner still has a way in
  const again = world.browser()
  const { response } = await touchPasskey(again, await again.open('/account'), authenticator)
  expect(await jsonOf(response)).toMatchObject({ step: { kind: 'redirect' } })
})

test('it wants a young proof', async () => {
  const { browser, clock, stillIn } = await createIntrusion()
  clock.advance(STEP_UP_MAX_AGE)
  await expectProblem(await browser.post('/api/me/not-me', {}), 401, 'reauth_required')
  expect(await stillIn()).toEqual(IN)
})

test('links and codes that wait for somebody to come in die with it', async () => {
  const { browser, deps, userId } = await createIntrusion()
  const setup = await deps.db.transaction((tx) => createSetupLink(deps, tx, userId))
  await browser.post('/api/me/not-me', {})
  const answer = await browser.post('/api/password-setup', {
    token: setup.split('#')[1],
    newPassword: 'window orbit 94 lantern',
  })
  await expectProblem(answer, 400, 'code_invalid')
})

test('said by the link of a notice, it ends every session, and the password opens nothing any more', async () => {
  const { world, browser, link, stillIn, refreshes, messages, events, userId } = await createIntrusion()
  const anybody = world.browser()
  expect(await jsonOf(await anybody.post('/api/not-me', { token: await link() }))).toEqual({ loginName: BOB })
  expect(await stillIn()).toEqual(OUT)
  await expectOAuthError(await refreshes(), 400, 'invalid_grant')
  await expectProblem(await browser.get('/api/me'), 401, 'unauthenticated')
  const again = await world.browser()
  const request = await again.open('/account')
  await again.post(`/api/login/${request}/identifier`, { identifier: BOB })
  const answer = await again.post(`/api/login/${request}/password`, { password: PASSWORD })
  await expectProblem(answer, 401, 'invalid_credentials')
  expect(await messages()).toMatchObject([{ kind: 'intrusion_reported', recipient: BOB, userId }])
  expect((await events()).find(({ type }) => type === 'user.intrusion_reported')).toMatchObject({
    actor: null,
    person: userId,
    data: { by: 'link' },
  })
})

test('a link works once, also when it is pressed twice at the same moment', async () => {
  const { world, link, messages } = await createIntrusion()
  const token = await link()
  const answers = await Promise.all([1, 2, 3].map(() => world.browser().post('/api/not-me', { token })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400])
  await expectProblem(await world.browser().post('/api/not-me', { token }), 400, 'code_invalid')
  expect(await messages()).toHaveLength(1)
})

test('looking at the page does not use it up', async () => {
  const { world, link } = await createIntrusion()
  const token = await link()
  const browser = world.browser()
  for (let nth = 0; nth < 3; nth++) expect(await browser.page('/not-me')).toMatchObject({ kind: 'app', account: null })
  expect((await browser.post('/api/not-me', { token })).status).toBe(200)
})

test('the link of bob, pressed by somebody who is signed in as ann, does nothing to ann', async () => {
  const { world, link, stillIn } = await createIntrusion()
  await world.addUser('ann')
  const ann = world.browser()
  expect(redirectOf(await ann.signIn(await ann.open('/account'), ANN, PASSWORD)).pathname).toBe('/account')
  expect((await ann.post('/api/not-me', { token: await link() })).status).toBe(200)
  expect((await ann.get('/api/me')).status).toBe(200)
  expect(await stillIn()).toEqual(OUT)
  const again = world.browser()
  expect(redirectOf(await again.signIn(await again.open('/account'), ANN, PASSWORD)).pathname).toBe('/account')
})

test('a link for something else, or a look-alike, is refused', async () => {
  const { world, deps, userId, stillIn } = await createIntrusion()
  const setup = await deps.db.transaction((tx) => createSetupLink(deps, tx, userId))
  for (const token of [setup.split('#')[1], `vl_${'a'.repeat(43)}`, 'vl_'])
    await expectProblem(await world.browser().post('/api/not-me', { token }), 400, 'code_invalid')
  expect(await stillIn()).toEqual(IN)
})

test('nobody tries links without end', async () => {
  const { world } = await createIntrusion()
  const browser = world.browser()
  const statuses = []
  for (let nth = 0; nth < 21; nth++)
    statuses.push((await browser.post('/api/not-me', { token: `vl_${'a'.repeat(43)}` })).status)
  expect(statuses.indexOf(429)).toBe(20)
})

test('the password that was taken away can not be chosen again, whatever the policy says', async () => {
  const { world, deps, link, setPolicy, userId } = await createIntrusion()
  await setPolicy('password', { history: 0 })
  const set = async (newPassword: string) => {
    const setup = await deps.db.transaction((tx) => createSetupLink(deps, tx, userId))
    return world.browser().post('/api/password-setup', { token: setup.split('#')[1], newPassword })
  }
  await set('window orbit 94 lantern')
  await world.browser().post('/api/not-me', { token: await link() })
  expect(await jsonOf(await set('window orbit 94 lantern'))).toMatchObject({ fields: { newPassword: ['reused'] } })
  expect((await set('another window orbit 95')).status).toBe(200)
})
