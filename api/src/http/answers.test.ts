import type { ChangedFactors } from '@vestibule/shared/contract/own-factors.ts'
import { expect, test } from 'vitest'
import { SoftAuthenticator } from '../../../scripts/authenticator/soft-authenticator.ts'
import { jsonOf } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { lastCode } from '../testing/contacts.ts'
import { askAsDevice } from '../testing/device.ts'
import {
  addTotp,
  beginTotp,
  codeByMail,
  confirmTotp,
  enterTotp,
  openSecond,
  recoveryCodesIn,
  totpCode,
} from '../testing/factors.ts'
import { addThings, callOf, MANAGER_KEYS, type ManagerKey } from '../testing/managed-things.ts'
import { lastMail, tokenOf } from '../testing/messages.ts'
import { addGame, createGame } from '../testing/native-client.ts'
import {
  addPasskey,
  makeByItself,
  makeByLink,
  makeFirst,
  makeOffered,
  newPasskeyLink,
  openFinish,
  openOffer,
  signInByPassword,
  usePasskey,
} from '../testing/passkeys.ts'
import { PICTURES } from '../testing/pictures.ts'
import { codeFor, FORM, openForm, openRegistration } from '../testing/registration.ts'
import { authorizePath, authorizeQuery, basic, postForm } from '../testing/relying-party.ts'
import {
  demandChange,
  enterResetCode,
  lastReset,
  NEW_PASSWORD,
  openNewPassword,
  openReset,
  setNewPassword,
} from '../testing/reset.ts'
import { routes } from '../testing/routes.ts'
import { BOB, createScene, type Scene } from '../testing/scene.ts'
import { addOwnKey, enrollKey, newKey, useKey } from '../testing/security-keys.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'
import { createNotMeLink } from '../use-cases/not-me/not-me-link.ts'
import { createSetupLink } from '../use-cases/password/set-up-password.ts'
import type { RouteKey } from './access.ts'

type Story = {
  /** What a stranger with an empty request is told. */
  stranger: number
  /** Whoever should get it, gets it. */
  happy: (scene: Scene) => Response | Promise<Response>
}

/** A login at the step first_factor, and what `action` answers there. */
const loginAction =
  (action: string, body: object, open = authorizePath('ledger')) =>
  async ({ browser }: Scene) => {
    const request = await browser.open(open)
    await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
    return browser.post(`/api/login/${request}/${action}`, body)
  }

/** The same at the picker, with bob's own session. */
const pickerAction =
  (action: string) =>
  async ({ browser, signIn }: Scene) => {
    await signIn()
    const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
    const { step } = await browser.step(request)
    const session = step.kind === 'select_account' ? step.accounts[0]!.session : ''
    return browser.post(`/api/login/${request}/${action}`, { session })
  }

/** The same where the code is waited for, half a minute after it was sent. */
const registrationAction =
  (action: string, body: (scene: Scene, request: string) => Promise<object> = async () => ({})) =>
  async (scene: Scene) => {
    const request = await openRegistration(scene.browser)
    scene.clock.advance(30)
    return scene.browser.post(`/api/login/${request}/${action}`, await body(scene, request))
  }

const atHome =
  (path: string, body?: object) =>
  async ({ browser }: Scene) => {
    await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
    return body ? browser.post(path, body) : browser.get(path)
  }
const setupToken = async ({ deps, userId }: Scene) =>
  (await deps.db.transaction((tx) => createSetupLink(deps, tx, userId))).split('#')[1]
/** Bob owns the instance, and sits at his account pages. */
const managerStories = Object.fromEntries(
  MANAGER_KEYS.map((key) => [
    key,
    {
      stranger: key.startsWith('GET ') ? 401 : 403,
      happy: async ({ world, acme, userId, browser }: Scene) => {
        await world.grant(userId, 'instance_owner')
        await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
        // the default organization can not be shut out
        const standing = await world.addOrganization('standing.test')
        const { db, repositories } = world.deps
        await db.transaction((tx) => repositories.organizations.makeDefault(tx, standing))
        const { method, path, body } = callOf(key, await addThings(world, acme))
        const headers = { 'content-type': 'application/json', origin: ISSUER }
        return browser.send(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
      },
    },
  ]),
) as Record<ManagerKey, Story>
const get =
  (path: string) =>
  ({ browser }: Scene) =>
    browser.get(path)

/** At home with one passkey. */
async function withPasskey(scene: Scene, authenticator = new SoftAuthenticator(ISSUER)) {
  await atHome('/account')(scene)
  return addPasskey(scene.browser, authenticator)
}

const PHONE = '+49 30 901820'

/** At home with a new address or number waiting for its code, and what is done about that. */
const contactAction =
  (kind: 'email' | 'phone', value: string, action: 'code' | 'resend' | 'cancel') => async (scene: Scene) => {
    const { browser, clock } = scene
    await atHome(`/api/me/${kind}`, { value })(scene)
    clock.advance(30)
    const body = action === 'code' ? { code: await lastCode(scene) } : {}
    return browser.post(`/api/me/${kind}/${action}`, body)
  }

const sendPicture = async ({ browser, deps }: Scene) => {
  const body = await PICTURES.png()
  const headers = {
    'content-type': 'image/png',
    'content-length': String(body.length),
    origin: deps.settings.issuer,
  }
  return browser.send('/api/me/avatar', { method: 'POST', body: new Uint8Array(body), headers })
}

/** Bob set an app up in another browser, and kept the codes. */
async function withRecoveryCodes(scene: Scene): Promise<string[]> {
  await scene.setPolicy('login', { forceSecondFactor: 'always' })
  const browser = scene.world.browser()
  const request = await openSecond(browser)
  await confirmTotp(scene, browser, request)
  return recoveryCodesIn(browser, request)
}

/** Bob sets an app up on his account pages. */
async function withOwnTotp(scene: Scene) {
  const begun = await atHome('/api/me/factors/totp', {})(scene)
  const { factors } = await jsonOf<ChangedFactors>(begun)
  const code = totpCode(scene, { secret: factors.totp!.secret })
  const response = await scene.browser.post('/api/me/factors/totp-code', { code })
  const changed = await jsonOf<ChangedFactors>(response.clone())
  return { response, factors: changed.factors.factors, newCodes: changed.newCodes }
}

/** Bob sets a security key up on the way in. */
async function withKey(scene: Scene) {
  await scene.setPolicy('login', { forceSecondFactor: 'always' })
  const key = newKey()
  const { response } = await enrollKey(scene.browser, await openSecond(scene.browser), key)
  return { key, response }
}

/** Somebody is offered a second factor. */
const enrolling = (action: string) => async (scene: Scene) => {
  await scene.setPolicy('login', { enrollmentSkipLifetime: 60 })
  return scene.browser.post(`/api/login/${await openSecond(scene.browser)}/${action}`, {})
}

/** Somebody has just made an account, and is offered a passkey. */
const offered = (action: string) => async (scene: Scene) =>
  scene.browser.post(`/api/login/${await openOffer(scene, scene.browser)}/${action}`, {})

/** At home with a link for another device. */
async function linkOf(scene: Scene) {
  await atHome('/account')(scene)
  return newPasskeyLink(scene.browser)
}

/** A route without its stories does not compile. */
const STORIES: Record<RouteKey, Story> = {
  'GET /': { stranger: 302, happy: get('/') },
  'GET /login/:request': {
    stranger: 404,
    happy: async ({ browser }) => browser.get(`/login/${await browser.open(authorizePath('ledger'))}`),
  },
  'GET /signed-out': { stranger: 200, happy: get('/signed-out') },
  'GET /signed-out/:request': { stranger: 200, happy: get('/signed-out/out_unknown') },
  'GET /oidc/v1/check_session': { stranger: 200, happy: get('/oidc/v1/check_session') },
  'GET /account': { stranger: 302, happy: atHome('/account') },
  'GET /account/*': { stranger: 302, happy: atHome('/account/profile') },
  'GET /reset': { stranger: 200, happy: get('/reset') },
  'GET /verify': { stranger: 200, happy: get('/verify') },
  'GET /setup': { stranger: 200, happy: get('/setup') },
  'GET /undo-deletion': { stranger: 200, happy: get('/undo-deletion') },
  'GET /not-me': { stranger: 200, happy: get('/not-me') },
  'GET /passkey-link': { stranger: 200, happy: get('/passkey-link') },
  'GET /assets/:file': { stranger: 404, happy: get('/assets/login.js') },
  'GET /oauth/v2/authorize': { stranger: 400, happy: ({ authorize }) => authorize() },
  'POST /oauth/v2/authorize': {
    stranger: 400,
    happy: ({ world }) => postForm(world, '/oauth/v2/authorize', authorizeQuery('ledger').toString()),
  },
  'GET /oidc/v1/end_session': { stranger: 200, happy: get('/oidc/v1/end_session') },
  'POST /oidc/v1/end_session': { stranger: 400, happy: ({ world }) => postForm(world, '/oidc/v1/end_session', {}) },
  'POST /oauth/v2/par': {
    stranger: 400,
    happy: ({ world }) =>
      postForm(world, '/oauth/v2/par', authorizeQuery('ledger').toString(), { authorization: basic('ledger') }),
  },
  'POST /oauth/v2/authorize-challenge': {
    stranger: 400,
    happy: async ({ world }) => {
      await addGame(world)
      const game = await createGame(world)
      const { body } = await game.begin({ identifier: BOB, password: PASSWORD })
      return game.redeem(body.authorization_code)
    },
  },
  'POST /oauth/v2/device_authorization': {
    stranger: 400,
    happy: ({ world }) => askAsDevice(world),
  },
  'GET /device': { stranger: 200, happy: get('/device') },
  'GET /device/approved': { stranger: 200, happy: get('/device/approved') },
  'GET /device/refused': { stranger: 200, happy: get('/device/refused') },
  'POST /api/device': {
    stranger: 403,
    happy: async ({ world, browser }) => {
      const { user_code: code } = await jsonOf<{ user_code: string }>(await askAsDevice(world))
      return browser.post('/api/device', { code })
    },
  },
  'POST /oauth/v2/token': { stranger: 400, happy: async ({ signIn, redeem }) => redeem(await signIn()) },
  'POST /oauth/v2/introspect': {
    stranger: 400,
    happy: async ({ world, tokens }) => {
      const { access_token: token } = await tokens()
      return postForm(world, '/oauth/v2/introspect', { token }, { authorization: basic('ledger') })
    },
  },
  'POST /oauth/v2/revoke': {
    stranger: 400,
    happy: async ({ world, tokens }) => {
      const { access_token: token } = await tokens()
      return postForm(world, '/oauth/v2/revoke', { token }, { authorization: basic('ledger') })
    },
  },
  'GET /oidc/v1/userinfo': { stranger: 401, happy: async ({ tokens, userinfo }) => userinfo(await tokens()) },
  'POST /oidc/v1/userinfo': {
    stranger: 401,
    happy: async ({ world, tokens }) =>
      postForm(world, '/oidc/v1/userinfo', { access_token: (await tokens()).access_token }),
  },
  'GET /oauth/v2/keys': { stranger: 200, happy: get('/oauth/v2/keys') },
  'GET /.well-known/openid-configuration': { stranger: 200, happy: get('/.well-known/openid-configuration') },
  'GET /.well-known/webauthn': { stranger: 200, happy: get('/.well-known/webauthn') },
  'GET /.well-known/oauth-authorization-server': {
    stranger: 200,
    happy: get('/.well-known/oauth-authorization-server'),
  },
  'GET /api/login/:request': {
    stranger: 404,
    happy: async ({ browser }) => browser.get(`/api/login/${await browser.open(authorizePath('ledger'))}`),
  },
  'POST /api/login/:request/identifier': { stranger: 403, happy: loginAction('identifier', { identifier: 'bob' }) },
  'POST /api/login/:request/password': { stranger: 403, happy: loginAction('password', { password: PASSWORD }) },
  'POST /api/login/:request/totp': {
    stranger: 403,
    happy: async (scene) => {
      await addTotp(scene, scene.userId)
      return enterTotp(scene.browser, await openSecond(scene.browser), totpCode(scene))
    },
  },
  'POST /api/login/:request/enroll-totp': { stranger: 403, happy: enrolling('enroll-totp') },
  'POST /api/login/:request/enroll-totp-code': {
    stranger: 403,
    happy: async (scene) => {
      await scene.setPolicy('login', { forceSecondFactor: 'always' })
      const request = await openSecond(scene.browser)
      const code = totpCode(scene, { secret: await beginTotp(scene.browser, request) })
      return scene.browser.post(`/api/login/${request}/enroll-totp-code`, { code })
    },
  },
  'POST /api/login/:request/recovery-code': {
    stranger: 403,
    happy: async (scene) => {
      const codes = await withRecoveryCodes(scene)
      return scene.browser.post(`/api/login/${await openSecond(scene.browser)}/recovery-code`, { code: codes[3] })
    },
  },
  'POST /api/login/:request/keep-recovery-codes': {
    stranger: 403,
    happy: async (scene) => {
      await scene.setPolicy('login', { forceSecondFactor: 'always' })
      const request = await openSecond(scene.browser)
      await confirmTotp(scene, scene.browser, request)
      return scene.browser.post(`/api/login/${request}/keep-recovery-codes`, {})
    },
  },
  'POST /api/login/:request/second-code-send': {
    stranger: 403,
    happy: async (scene) => {
      await scene.setPolicy('login', { forceSecondFactor: 'always' })
      const request = await openSecond(scene.browser)
      return scene.browser.post(`/api/login/${request}/second-code-send`, { method: 'email_code' })
    },
  },
  'POST /api/login/:request/second-code': {
    stranger: 403,
    happy: async (scene) => {
      await scene.setPolicy('login', { forceSecondFactor: 'always' })
      const request = await openSecond(scene.browser)
      const code = await codeByMail(scene, scene.browser, request)
      return scene.browser.post(`/api/login/${request}/second-code`, { method: 'email_code', code })
    },
  },
  'POST /api/login/:request/skip-enrollment': { stranger: 403, happy: enrolling('skip-enrollment') },
  'POST /api/login/:request/passkey-options': { stranger: 403, happy: loginAction('passkey-options', {}) },
  'POST /api/login/:request/first-passkey-options': {
    stranger: 403,
    happy: async (scene) =>
      scene.browser.post(`/api/login/${await openFinish(scene, scene.browser)}/first-passkey-options`, {}),
  },
  'POST /api/login/:request/first-passkey': {
    stranger: 403,
    happy: async (scene) => {
      const request = await openFinish(scene, scene.browser)
      return (await makeFirst(scene.browser, request, new SoftAuthenticator(ISSUER))).response
    },
  },
  'POST /api/login/:request/first-password': {
    stranger: 403,
    happy: async (scene) => {
      const request = await openFinish(scene, scene.browser)
      return scene.browser.post(`/api/login/${request}/first-password`, { newPassword: FORM.newPassword })
    },
  },
  'POST /api/passkey-upgrade': {
    stranger: 403,
    happy: async ({ browser }) => (await makeByItself(browser, await signInByPassword(browser))).response,
  },
  'POST /api/login/:request/offered-passkey-options': { stranger: 403, happy: offered('offered-passkey-options') },
  'POST /api/login/:request/offered-passkey': {
    stranger: 403,
    happy: async (scene) => {
      const request = await openOffer(scene, scene.browser)
      return (await makeOffered(scene.browser, request, new SoftAuthenticator(ISSUER))).response
    },
  },
  'POST /api/login/:request/decline-passkey': { stranger: 403, happy: offered('decline-passkey') },
  'POST /api/login/:request/passkey': {
    stranger: 403,
    happy: async (scene) => {
      const authenticator = new SoftAuthenticator(ISSUER)
      await withPasskey(scene, authenticator)
      const browser = scene.world.browser()
      return (await usePasskey(browser, await browser.open(authorizePath('ledger')), authenticator)).response
    },
  },
  'POST /api/login/:request/enroll-security-key-options': {
    stranger: 403,
    happy: enrolling('enroll-security-key-options'),
  },
  'POST /api/login/:request/enroll-security-key': {
    stranger: 403,
    happy: async (scene) => (await withKey(scene)).response,
  },
  'POST /api/login/:request/security-key-options': {
    stranger: 403,
    happy: async (scene) => {
      await withKey(scene)
      const browser = scene.world.browser()
      return browser.post(`/api/login/${await openSecond(browser)}/security-key-options`, {})
    },
  },
  'POST /api/login/:request/security-key': {
    stranger: 403,
    happy: async (scene) => {
      const { key } = await withKey(scene)
      const browser = scene.world.browser()
      return (await useKey(browser, await openSecond(browser), key)).response
    },
  },
  'POST /api/login/:request/reset': { stranger: 403, happy: loginAction('reset', {}) },
  'POST /api/login/:request/reset-code': {
    stranger: 403,
    happy: async (scene) => {
      const request = await openReset(scene.browser)
      return enterResetCode(scene.browser, request, (await lastReset(scene)).code)
    },
  },
  'POST /api/login/:request/reset-link': {
    stranger: 403,
    happy: async (scene) => {
      const request = await openReset(scene.browser)
      return scene.browser.post(`/api/login/${request}/reset-link`, { token: (await lastReset(scene)).token })
    },
  },
  'POST /api/login/:request/reset-cancel': {
    stranger: 403,
    happy: async ({ browser }) => browser.post(`/api/login/${await openReset(browser)}/reset-cancel`, {}),
  },
  'POST /api/login/:request/new-password': {
    stranger: 403,
    happy: async (scene) => setNewPassword(scene.browser, await openNewPassword(scene, scene.browser)),
  },
  'POST /api/login/:request/change-password': {
    stranger: 403,
    happy: async (scene) => {
      await demandChange(scene, scene.userId)
      const request = await scene.browser.open(authorizePath('ledger'))
      await scene.browser.signIn(request, BOB, PASSWORD)
      return scene.browser.post(`/api/login/${request}/change-password`, { newPassword: NEW_PASSWORD })
    },
  },
  'POST /api/password-reset/look': {
    stranger: 403,
    happy: async (scene) => {
      await openReset(scene.browser)
      return scene.browser.post('/api/password-reset/look', { token: (await lastReset(scene)).token })
    },
  },
  'POST /api/password-reset': {
    stranger: 403,
    happy: async (scene) => {
      await openReset(scene.browser)
      const { token } = await lastReset(scene)
      return scene.world.browser().post('/api/password-reset', { token, newPassword: NEW_PASSWORD })
    },
  },
  'POST /api/login/:request/restart': { stranger: 403, happy: loginAction('restart', {}) },
  'POST /api/login/:request/cancel': { stranger: 403, happy: loginAction('cancel', {}) },
  'POST /api/login/:request/account': { stranger: 403, happy: pickerAction('account') },
  'POST /api/login/:request/forget': { stranger: 403, happy: pickerAction('forget') },
  'POST /api/login/:request/sign-out': { stranger: 403, happy: pickerAction('sign-out') },
  'POST /api/login/:request/consent': {
    stranger: 403,
    happy: async ({ browser, signIn }) => {
      await signIn()
      const request = await browser.open(authorizePath('ledger', { prompt: 'consent' }))
      return browser.post(`/api/login/${request}/consent`, { allow: true })
    },
  },
  'POST /api/login/:request/keep-account': {
    stranger: 403,
    happy: async ({ browser, signIn, world, userId, clock }) => {
      await signIn()
      await change(world, 'users', userId, { deletionAt: clock.now() + 1 })
      return browser.post(`/api/login/${await browser.open(authorizePath('ledger'))}/keep-account`, {})
    },
  },
  'POST /api/login/:request/finish': {
    stranger: 403,
    happy: async ({ browser, signIn }) => {
      const request = await browser.open(authorizePath('ledger'))
      await signIn()
      return browser.post(`/api/login/${request}/finish`, {})
    },
  },
  'POST /api/login/:request/registration': {
    stranger: 403,
    happy: loginAction('registration', { identifier: 'new@acme.test' }),
  },
  'POST /api/login/:request/register': {
    stranger: 403,
    happy: async ({ browser }) => browser.post(`/api/login/${await openForm(browser)}/register`, FORM),
  },
  'POST /api/login/:request/registration-change': {
    stranger: 403,
    happy: registrationAction('registration-change'),
  },
  'POST /api/login/:request/email-code': {
    stranger: 403,
    happy: registrationAction('email-code', async ({ world }, request) => ({ code: await codeFor(world, request) })),
  },
  'POST /api/login/:request/email-code-resend': {
    stranger: 403,
    happy: registrationAction('email-code-resend'),
  },
  'POST /api/sign-out/:request': {
    stranger: 403,
    happy: async ({ browser, signIn }) => {
      await signIn()
      const page = await browser.page('/oidc/v1/end_session')
      const request = page.kind === 'sign_out' ? page.signOut.request : ''
      return browser.post(`/api/sign-out/${request}`, { session: 'all' })
    },
  },
  'POST /api/password-setup': {
    stranger: 403,
    happy: async (scene) => {
      const body = { token: await setupToken(scene), newPassword: 'seven quiet lanterns' }
      return scene.browser.post('/api/password-setup', body)
    },
  },
  'POST /api/password-setup/look': {
    stranger: 403,
    happy: async (scene) => scene.browser.post('/api/password-setup/look', { token: await setupToken(scene) }),
  },
  'POST /api/language': {
    stranger: 403,
    happy: ({ browser }) => browser.post('/api/language', { language: 'de', entry: 'app' }),
  },
  'POST /api/appearance': {
    stranger: 403,
    happy: ({ browser }) => browser.post('/api/appearance', { appearance: 'dark' }),
  },
  'GET /api/me': { stranger: 401, happy: atHome('/api/me') },
  'GET /api/me/sessions': { stranger: 401, happy: atHome('/api/me/sessions') },
  'POST /api/me/sessions/end': { stranger: 403, happy: atHome('/api/me/sessions/end', { session: 'others' }) },
  'POST /api/me/sign-out': { stranger: 403, happy: atHome('/api/me/sign-out', {}) },
  'POST /api/me/step-up': { stranger: 403, happy: atHome('/api/me/step-up', { returnTo: 'profile' }) },
  'GET /api/me/accounts': { stranger: 401, happy: atHome('/api/me/accounts') },
  'POST /api/me/export': { stranger: 403, happy: atHome('/api/me/export', {}) },
  'POST /api/me/deletion': { stranger: 403, happy: atHome('/api/me/deletion', { loginName: BOB }) },
  'POST /api/me/deletion/undo': { stranger: 403, happy: atHome('/api/me/deletion/undo', {}) },
  'POST /api/undo-deletion': {
    stranger: 403,
    happy: async (scene) => {
      await atHome('/api/me/deletion', { loginName: BOB })(scene)
      const token = tokenOf((await lastMail(scene, 'deletion_planned')).values.undoLink)
      return scene.browser.post('/api/undo-deletion', { token })
    },
  },
  'GET /api/me/password': { stranger: 401, happy: atHome('/api/me/password') },
  'POST /api/me/password': {
    stranger: 403,
    happy: atHome('/api/me/password', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }),
  },
  'GET /api/me/passkeys': { stranger: 401, happy: atHome('/api/me/passkeys') },
  'POST /api/me/passkeys/options': { stranger: 403, happy: atHome('/api/me/passkeys/options', {}) },
  'POST /api/me/passkeys': { stranger: 403, happy: async (scene) => (await withPasskey(scene)).response },
  'GET /api/me/passkeys/link': { stranger: 401, happy: atHome('/api/me/passkeys/link') },
  'POST /api/me/passkeys/link': { stranger: 403, happy: atHome('/api/me/passkeys/link', {}) },
  'POST /api/me/passkeys/link/cancel': { stranger: 403, happy: atHome('/api/me/passkeys/link/cancel', {}) },
  'POST /api/passkey-link/look': {
    stranger: 403,
    happy: async (scene) => scene.browser.post('/api/passkey-link/look', { token: await linkOf(scene) }),
  },
  'POST /api/passkey-link/options': {
    stranger: 403,
    happy: async (scene) => scene.browser.post('/api/passkey-link/options', { token: await linkOf(scene) }),
  },
  'POST /api/passkey-link': {
    stranger: 403,
    happy: async (scene) => {
      const token = await linkOf(scene)
      return (await makeByLink(scene.browser, token, new SoftAuthenticator(ISSUER))).response
    },
  },
  'POST /api/me/passkeys/rename': {
    stranger: 403,
    happy: async (scene) => {
      const { id } = await withPasskey(scene)
      return scene.browser.post('/api/me/passkeys/rename', { id, label: 'Phone' })
    },
  },
  'POST /api/me/passkeys/remove': {
    stranger: 403,
    happy: async (scene) => {
      const { id } = await withPasskey(scene)
      return scene.browser.post('/api/me/passkeys/remove', { id })
    },
  },
  'GET /api/me/factors': { stranger: 401, happy: atHome('/api/me/factors') },
  'POST /api/me/factors/totp': { stranger: 403, happy: atHome('/api/me/factors/totp', {}) },
  'POST /api/me/factors/totp-code': { stranger: 403, happy: async (scene) => (await withOwnTotp(scene)).response },
  'POST /api/me/factors/code-send': {
    stranger: 403,
    happy: atHome('/api/me/factors/code-send', { method: 'email_code' }),
  },
  'POST /api/me/factors/code': {
    stranger: 403,
    happy: async (scene) => {
      await atHome('/api/me/factors/code-send', { method: 'email_code' })(scene)
      const { code } = (await lastMail(scene, 'login_code')).values as { code: string }
      return scene.browser.post('/api/me/factors/code', { method: 'email_code', code })
    },
  },
  'POST /api/me/security-keys/options': { stranger: 403, happy: atHome('/api/me/security-keys/options', {}) },
  'POST /api/me/security-keys': {
    stranger: 403,
    happy: async (scene) => {
      await atHome('/account')(scene)
      return (await addOwnKey(scene.browser, newKey())).response
    },
  },
  'POST /api/me/factors/rename': {
    stranger: 403,
    happy: async (scene) => {
      const { factors } = await withOwnTotp(scene)
      return scene.browser.post('/api/me/factors/rename', { id: factors[0]!.id, label: 'Phone' })
    },
  },
  'GET /api/me/trusted-devices': { stranger: 401, happy: atHome('/api/me/trusted-devices') },
  'POST /api/me/trusted-devices/remove': {
    stranger: 403,
    happy: atHome('/api/me/trusted-devices/remove', { id: 'all' }),
  },
  'POST /api/me/factors/remove': {
    stranger: 403,
    happy: async (scene) => {
      const { factors } = await withOwnTotp(scene)
      return scene.browser.post('/api/me/factors/remove', { id: factors[0]!.id })
    },
  },
  'POST /api/me/recovery-codes': { stranger: 403, happy: atHome('/api/me/recovery-codes', {}) },
  'POST /api/me/recovery-codes/try': {
    stranger: 403,
    happy: async (scene) => {
      const { newCodes } = await withOwnTotp(scene)
      return scene.browser.post('/api/me/recovery-codes/try', { code: newCodes![0] })
    },
  },
  'POST /api/me/not-me': { stranger: 403, happy: atHome('/api/me/not-me', {}) },
  'POST /api/not-me': {
    stranger: 403,
    happy: async ({ deps, browser, userId }) => {
      const link = await deps.db.transaction((tx) => createNotMeLink(deps, tx, userId))
      return browser.post('/api/not-me', { token: link.split('#')[1] })
    },
  },
  'GET /api/me/activity': { stranger: 401, happy: atHome('/api/me/activity') },
  'POST /api/me/switch': { stranger: 403, happy: atHome('/api/me/switch', { session: null }) },
  ...managerStories,
  'GET /api/openapi.json': { stranger: 200, happy: get('/api/openapi.json') },
  'GET /api/docs': { stranger: 200, happy: get('/api/docs') },
  'GET /api/docs/:file': { stranger: 404, happy: get('/api/docs/start.js') },
  'GET /dev/outbox': { stranger: 200, happy: get('/dev/outbox') },
  'GET /dev/outbox/:message': {
    stranger: 404,
    happy: async ({ world, browser }) => {
      await world.send()
      await world.deliver()
      return browser.get(`/dev/outbox/${world.messages()[0]!.id}`)
    },
  },
  'GET /__messages': { stranger: 200, happy: get('/__messages') },
  'GET /__messages/:message': { stranger: 404, happy: get('/__messages/email.new_device') },
  'GET /api/me/applications': { stranger: 401, happy: atHome('/api/me/applications') },
  'POST /api/me/applications/revoke': {
    stranger: 403,
    happy: async ({ browser, tokens, ledger }) => {
      await tokens()
      await browser.get('/account')
      return browser.post('/api/me/applications/revoke', { application: ledger.id })
    },
  },
  'POST /api/me/avatar': {
    stranger: 403,
    happy: async (scene) => {
      await atHome('/api/me')(scene)
      return sendPicture(scene)
    },
  },
  'POST /api/me/avatar/remove': { stranger: 403, happy: atHome('/api/me/avatar/remove', {}) },
  'GET /avatars/:file': {
    stranger: 404,
    happy: async (scene) => {
      await atHome('/api/me')(scene)
      return scene.browser.get((await jsonOf<{ picture: string }>(await sendPicture(scene))).picture)
    },
  },
  'GET /api/me/contacts': { stranger: 401, happy: atHome('/api/me/contacts') },
  'POST /api/me/email': { stranger: 403, happy: atHome('/api/me/email', { value: 'bob@elsewhere.test' }) },
  'POST /api/me/email/code': { stranger: 403, happy: contactAction('email', 'bob@elsewhere.test', 'code') },
  'POST /api/me/email/resend': { stranger: 403, happy: contactAction('email', 'bob@elsewhere.test', 'resend') },
  'POST /api/me/email/cancel': { stranger: 403, happy: contactAction('email', 'bob@elsewhere.test', 'cancel') },
  'POST /api/me/email/remove': {
    stranger: 403,
    happy: async (scene) => {
      await contactAction('phone', PHONE, 'code')(scene)
      return scene.browser.post('/api/me/email/remove', {})
    },
  },
  'POST /api/me/phone': { stranger: 403, happy: atHome('/api/me/phone', { value: PHONE }) },
  'POST /api/me/phone/code': { stranger: 403, happy: contactAction('phone', PHONE, 'code') },
  'POST /api/me/phone/resend': { stranger: 403, happy: contactAction('phone', PHONE, 'resend') },
  'POST /api/me/phone/cancel': { stranger: 403, happy: contactAction('phone', PHONE, 'cancel') },
  'POST /api/me/phone/remove': {
    stranger: 403,
    happy: async (scene) => {
      await contactAction('phone', PHONE, 'code')(scene)
      return scene.browser.post('/api/me/phone/remove', {})
    },
  },
  'POST /api/me/username': { stranger: 403, happy: atHome('/api/me/username', { username: 'bobby' }) },
  'GET /api/me/profile': { stranger: 401, happy: atHome('/api/me/profile') },
  'PATCH /api/me/profile': {
    stranger: 403,
    happy: async (scene) => {
      const { version } = await jsonOf<{ version: number }>(await atHome('/api/me/profile')(scene))
      return scene.browser.patch('/api/me/profile', { version, nickname: 'bobby' })
    },
  },
  'GET /healthz': { stranger: 200, happy: get('/healthz') },
  'GET /readyz': { stranger: 200, happy: get('/readyz') },
  'GET /metrics': { stranger: 404, happy: ({ world }) => world.browser('127.0.0.1').get('/metrics') },
}

test.each(routes)('$key: a stranger', async ({ key, method, path }) => {
  const { browser } = await createScene()
  expect((await browser.send(path, { method })).status).toBe(STORIES[key].stranger)
})

test.each(routes)('$key: whoever should get it', async ({ key }) => {
  const { status } = await STORIES[key].happy(await createScene())
  expect([200, 201, 302, 303]).toContain(status)
})
