import type { OwnApplication } from '@vestibule/shared/contract/applications.ts'
import { expect, test } from 'vitest'
import { clientAnswer, expectProblem, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { authorizePath, obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

/** Bob at home, and in another browser signed in to `ledger`, which asked for his consent. */
async function createAtHome() {
  const scene = await createScene({
    application: { settings: { consent: 'always', privacyUri: 'https://ledger.test/privacy' } },
  })
  const { world, clock } = scene
  const there = world.browser()
  const agree = async () => {
    const request = await there.open(authorizePath('ledger', { scope: 'openid email offline_access', prompt: 'login' }))
    await there.signIn(request, BOB, PASSWORD)
    return redirectOf(await jsonOf(await there.post(`/api/login/${request}/consent`, { allow: true })))
  }
  const tokens = await jsonOf<{ access_token: string; refresh_token: string }>(
    await scene.redeem((await agree()).searchParams.get('code')!),
  )
  const home = world.browser()
  await home.signIn(await home.open('/account'), BOB, PASSWORD)
  clock.advance(60)
  const list = async (): Promise<OwnApplication[]> =>
    (await jsonOf<{ applications: OwnApplication[] }>(await home.get('/api/me/applications'))).applications
  return { ...scene, there, home, tokens, list }
}

test('what may use the account is listed, with what it may see', async () => {
  const { list, ledger, clock } = await createAtHome()
  const then = new Date(clock.now() - 60_000).toISOString()
  expect(await list()).toEqual([
    {
      id: ledger.id,
      name: 'ledger of the tests',
      organization: 'acme.test',
      privacy: 'https://ledger.test/privacy',
      terms: null,
      open: null,
      scopes: ['openid', 'email', 'offline_access'],
      since: then,
      lastUsedAt: then,
    },
  ])
})

test('an application that needed no consent is listed as well, and one that holds nothing any more is not', async () => {
  const { list, world, clock } = await createAtHome()
  await world.addApplication('paper', { settings: { consent: 'never' } })
  await obtainTokens(world, world.browser(), 'paper', BOB)
  expect((await list()).map(({ name }) => name)).toEqual(['paper of the tests', 'ledger of the tests'])
  clock.advance(400 * 86_400)
  const browser = world.browser()
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  const later = await jsonOf<{ applications: OwnApplication[] }>(await browser.get('/api/me/applications'))
  // what was agreed to stays agreed to
  expect(later.applications).toMatchObject([{ name: 'ledger of the tests', lastUsedAt: null }])
})

test('stopping one ends its tokens at once, and the next sign-in asks again', async () => {
  const { home, list, tokens, userinfo, refresh, there, ledger, events, userId } = await createAtHome()
  expect((await userinfo(tokens as never)).status).toBe(200)
  const answer = await home.post('/api/me/applications/revoke', { application: ledger.id })
  expect(await jsonOf(answer)).toEqual({ applications: [] })
  expect(await list()).toEqual([])
  expect((await userinfo(tokens as never)).status).toBe(401)
  expect(await jsonOf(await refresh(tokens as never))).toMatchObject({ error: 'invalid_grant' })
  // nobody is signed out
  const silent = await there.get(authorizePath('ledger', { prompt: 'none', scope: 'openid email offline_access' }))
  expect(clientAnswer(silent)).toMatchObject({ error: 'consent_required' })
  expect((await events()).filter(({ type }) => type === 'grant.revoked')).toMatchObject([
    { actor: userId, target: ledger.id },
  ])
})

test('one that is not there, and one that belongs to somebody else, can not be stopped', async () => {
  const { home, world, ledger, tokens, userinfo } = await createAtHome()
  await world.addUser('ann')
  const ann = world.browser()
  await ann.signIn(await ann.open('/account'), 'ann@acme.test', PASSWORD)
  for (const application of [ledger.id, 'app_0', 'all', ''])
    await expectProblem(await ann.post('/api/me/applications/revoke', { application }), 404, 'not_found')
  expect((await userinfo(tokens as never)).status).toBe(200)
  await home.post('/api/me/applications/revoke', { application: ledger.id })
  await expectProblem(await home.post('/api/me/applications/revoke', { application: ledger.id }), 404, 'not_found')
})
