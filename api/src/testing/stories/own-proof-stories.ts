import type { ChangedFactors } from '@vestibule/shared/contract/own-factors.ts'
import { SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { jsonOf } from '../answers.ts'
import { totpCode } from '../factors.ts'
import { lastMail } from '../messages.ts'
import { makeByLink, newPasskeyLink } from '../passkeys.ts'
import type { Scene } from '../scene.ts'
import { addOwnKey, newKey } from '../security-keys.ts'
import { ISSUER } from '../world.ts'
import { atHome, type Story, withPasskey } from './story.ts'

/** Bob sets an app up on his account pages. */
async function withOwnTotp(scene: Scene) {
  const begun = await atHome('/api/me/factors/totp', {})(scene)
  const { factors } = await jsonOf<ChangedFactors>(begun)
  const code = totpCode(scene, { secret: factors.totp!.secret })
  const response = await scene.browser.post('/api/me/factors/totp-code', { code })
  const changed = await jsonOf<ChangedFactors>(response.clone())
  return { response, factors: changed.factors.factors, newCodes: changed.newCodes }
}

/** At home with a link for another device. */
async function linkOf(scene: Scene) {
  await atHome('/account')(scene)
  return newPasskeyLink(scene.browser)
}

/** Passkeys and second factors on the account pages. */
export const OWN_PROOF_STORIES = {
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
} satisfies Record<string, Story>
