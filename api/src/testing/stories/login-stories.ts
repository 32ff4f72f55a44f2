import { createSetupLink } from '../../use-cases/password/set-up-password.ts'
import { change } from '../change.ts'
import { codeFor, FORM, openForm, openRegistration } from '../registration.ts'
import { authorizePath } from '../relying-party.ts'
import {
  demandChange,
  enterResetCode,
  lastReset,
  NEW_PASSWORD,
  openNewPassword,
  openReset,
  setNewPassword,
} from '../reset.ts'
import { BOB, type Scene } from '../scene.ts'
import { PASSWORD } from '../world.ts'
import { loginAction, type Story } from './story.ts'

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

const setupToken = async ({ deps, userId }: Scene) =>
  (await deps.db.transaction((tx) => createSetupLink(deps, tx, userId))).split('#')[1]

/** The steps of a login, of a registration and of a reset. */
export const LOGIN_STORIES = {
  'GET /api/login/:request': {
    stranger: 404,
    happy: async ({ browser }) => browser.get(`/api/login/${await browser.open(authorizePath('ledger'))}`),
  },
  'POST /api/login/:request/identifier': { stranger: 403, happy: loginAction('identifier', { identifier: 'bob' }) },
  'POST /api/login/:request/password': { stranger: 403, happy: loginAction('password', { password: PASSWORD }) },
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
} satisfies Record<string, Story>
