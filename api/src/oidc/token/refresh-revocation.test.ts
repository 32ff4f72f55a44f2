import { expect, test } from 'vitest'
import { expectOAuthError, jsonOf } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import { addManager } from '../../testing/managers.ts'
import type { Tokens } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'
import { createSetupLink } from '../../use-cases/password/set-up-password.ts'

const createOffline = () => createScene({ application: { settings: { consent: 'never' } } })
const createSessionBound = () => createScene({ application: { settings: { sessionRefreshToken: true } } })
const OFFLINE = { scope: 'openid offline_access' }

/** Bob at his account pages, in a second browser. */
async function atAccount({ world }: Scene) {
  const browser = world.browser()
  const request = await browser.open('/account')
  await browser.signIn(request, BOB, PASSWORD)
  return browser
}

async function resetPassword(scene: Scene) {
  const link = await scene.deps.db.transaction((tx) => createSetupLink(scene.deps, tx, scene.userId))
  const token = link.split('#')[1]
  const answer = await scene.browser.post('/api/password-setup', { token, newPassword: 'seven quiet lanterns' })
  expect(answer.status).toBe(200)
}

async function endFromList(scene: Scene) {
  const browser = await atAccount(scene)
  const { sessions } = await jsonOf<{ sessions: { id: string; current: boolean }[] }>(
    await browser.get('/api/me/sessions'),
  )
  const other = sessions.find(({ current }) => !current)!
  expect(await jsonOf(await browser.post('/api/me/sessions/end', { session: other.id }))).toEqual({ ended: 1 })
}

async function signOutEverywhere(scene: Scene, which = 'others') {
  const browser = await atAccount(scene)
  const ended = which === 'others' ? 1 : 2
  expect(await jsonOf(await browser.post('/api/me/sessions/end', { session: which }))).toEqual({ ended })
}

/** Bob at his account pages, in the very session that the application was let in by. */
async function changePassword({ browser }: Scene, more: object = {}) {
  await browser.get('/account')
  const change = { currentPassword: PASSWORD, newPassword: 'seven quiet lanterns', ...more }
  expect((await browser.post('/api/me/password', change)).status).toBe(200)
  expect((await browser.get('/api/me')).status).toBe(200)
}

async function takeBackConsent(scene: Scene) {
  const browser = await atAccount(scene)
  expect((await browser.post('/api/me/applications/revoke', { application: scene.ledger.id })).status).toBe(200)
}

/** What a manager does about bob. */
const manages =
  (method: 'POST' | 'DELETE', path: string, body = {}) =>
  async (scene: Scene) => {
    const robot = await addManager(scene.world, ['organization_owner', 'instance_owner'])
    const home = `/api/v1/organizations/${scene.acme}`
    const answer = await robot.send(
      method,
      home + path.replace('BOB', `users/${scene.userId}`),
      method === 'POST' ? body : undefined,
    )
    expect(answer.status).toBe(200)
  }

const endings: [string, (scene: Scene) => Promise<unknown>][] = [
  ['a password reset', resetPassword],
  ['a session ended from a list', endFromList],
  ['a sign-out everywhere', signOutEverywhere],
  ['a password change', (scene) => changePassword(scene)],
  ['a sign-out of every browser, this one too', (scene) => signOutEverywhere(scene, 'all')],
  ['a consent that was taken back', takeBackConsent],
  ['a password that a manager set', manages('POST', '/BOB/password', { newPassword: 'seven quiet lanterns' })],
  ['a manager who ended the sessions', manages('DELETE', '/BOB/sessions')],
  ['a manager who deactivated the user', manages('POST', '/BOB/deactivate')],
  ['a manager who deleted the user', manages('DELETE', '/BOB')],
  ['a deactivated user', (scene) => change(scene, 'users', scene.userId, { state: 'deactivated' })],
  ['a deactivated organization', deactivateHome],
]

async function deactivateHome(scene: Scene) {
  const globex = await scene.addOrganization('globex.test')
  await change(scene, 'applications', scene.ledger.id, { organizationId: globex })
  await change(scene, 'organizations', scene.acme, { state: 'deactivated' })
}

test.each(endings)('RF8 %s ends refresh and access tokens', async (_name, ending) => {
  const scene = await createOffline()
  const tokens = await scene.tokens(OFFLINE)
  await ending(scene)
  await expectOAuthError(await scene.refresh(tokens), 400, 'invalid_grant')
  expect((await scene.userinfo(tokens)).status).toBe(401)
})

test('RF8 a sign-out everywhere ends what outlived its session as well', async () => {
  const scene = await createOffline()
  const tokens = await scene.tokens(OFFLINE)
  await signOut(scene, tokens)
  const browser = await atAccount(scene)
  expect(await jsonOf(await browser.post('/api/me/sessions/end', { session: 'others' }))).toEqual({ ended: 0 })
  await expectOAuthError(await scene.refresh(tokens), 400, 'invalid_grant')
})

test('RF8 a password change keeps the other sessions, and what was granted, where its owner wants it', async () => {
  const scene = await createOffline()
  const tokens = await scene.tokens(OFFLINE)
  await changePassword(scene, { endOtherSessions: false })
  expect((await scene.refresh(tokens)).status).toBe(200)
})

test('RF8 a deactivated application is no client any more', async () => {
  const scene = await createOffline()
  const tokens = await scene.tokens(OFFLINE)
  await change(scene, 'applications', scene.ledger.id, { state: 'deactivated' })
  await expectOAuthError(await scene.refresh(tokens), 401, 'invalid_client')
  expect((await scene.userinfo(tokens)).status).toBe(401)
})

test('RF8 a locked user’s token is refused, not spent, and works after the lock', async () => {
  const scene = await createOffline()
  const tokens = await scene.tokens(OFFLINE)
  await change(scene, 'users', scene.userId, { state: 'locked' })
  await expectOAuthError(await scene.refresh(tokens), 400, 'invalid_grant')
  expect((await scene.userinfo(tokens)).status).toBe(401)
  await change(scene, 'users', scene.userId, { state: 'active' })
  expect((await scene.refresh(tokens)).status).toBe(200)
})

test('RF8 so it is where a manager locked, although every session ends', async () => {
  const scene = await createOffline()
  const tokens = await scene.tokens(OFFLINE)
  await scene.browser.get('/account')
  expect((await scene.browser.get('/api/me')).status).toBe(200)
  await manages('POST', '/BOB/lock')(scene)
  await expectOAuthError(await scene.refresh(tokens), 400, 'invalid_grant')
  expect((await scene.userinfo(tokens)).status).toBe(401)
  await manages('POST', '/BOB/unlock')(scene)
  expect((await scene.browser.get('/api/me')).status).toBe(401)
  expect((await scene.refresh(tokens)).status).toBe(200)
})

async function signOut({ browser }: Scene, { id_token = '' }: Tokens) {
  const response = await browser.get(`/oidc/v1/end_session?id_token_hint=${id_token}`)
  expect(response.status).toBe(200)
}

test('RF9 a session refresh token comes without offline_access and ends with the sign-out', async () => {
  const scene = await createSessionBound()
  const tokens = await scene.tokens()
  expect(tokens).toMatchObject({ scope: 'openid', refresh_token: expect.any(String) })
  const next = await jsonOf<Tokens>(await scene.refresh(tokens))
  await signOut(scene, next)
  await expectOAuthError(await scene.refresh(next), 400, 'invalid_grant')
  expect((await scene.userinfo(next)).status).toBe(401)
})

test('RF9 a session refresh token ends with the session that runs out', async () => {
  const scene = await createSessionBound()
  await scene.setPolicy('login', { sessionAbsoluteLifetime: 3600 })
  const tokens = await scene.tokens()
  scene.clock.advance(1800)
  const next = await jsonOf<Tokens>(await scene.refresh(tokens))
  scene.clock.advance(1801)
  await expectOAuthError(await scene.refresh(next), 400, 'invalid_grant')
})

test('RF9 what was granted for offline access outlives the sign-out', async () => {
  const scene = await createOffline()
  const tokens = await scene.tokens(OFFLINE)
  await signOut(scene, tokens)
  expect((await scene.refresh(tokens)).status).toBe(200)
})
