import { createNotMeLink } from '../../use-cases/not-me/not-me-link.ts'
import { jsonOf } from '../answers.ts'
import { lastCode } from '../contacts.ts'
import { lastMail, tokenOf } from '../messages.ts'
import { PICTURES } from '../pictures.ts'
import { NEW_PASSWORD } from '../reset.ts'
import { BOB, type Scene } from '../scene.ts'
import { PASSWORD } from '../world.ts'
import { atHome, type Story } from './story.ts'

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

/** The account pages. */
export const ACCOUNT_STORIES = {
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
} satisfies Record<string, Story>
