import { SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import {
  addTotp,
  beginTotp,
  codeByMail,
  confirmTotp,
  enterTotp,
  openSecond,
  recoveryCodesIn,
  totpCode,
} from '../factors.ts'
import {
  makeByItself,
  makeFirst,
  makeOffered,
  openFinish,
  openOffer,
  signInByPassword,
  touchPasskey,
} from '../passkeys.ts'
import { FORM } from '../registration.ts'
import { authorizePath } from '../relying-party.ts'
import type { Scene } from '../scene.ts'
import { enrollKey, newKey, touchKey } from '../security-keys.ts'
import { ISSUER } from '../world.ts'
import { loginAction, type Story, withPasskey } from './story.ts'

/** Bob set an app up in another browser, and kept the codes. */
async function withRecoveryCodes(scene: Scene): Promise<string[]> {
  await scene.setPolicy('login', { forceSecondFactor: 'always' })
  const browser = scene.world.browser()
  const request = await openSecond(browser)
  await confirmTotp(scene, browser, request)
  return recoveryCodesIn(browser, request)
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

/** Second factors and passkeys on the way in. */
export const PROOF_STORIES = {
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
      return (await touchPasskey(browser, await browser.open(authorizePath('ledger')), authenticator)).response
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
      return (await touchKey(browser, await openSecond(browser), key)).response
    },
  },
} satisfies Record<string, Story>
