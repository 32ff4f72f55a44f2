import { authorizePath } from '../relying-party.ts'
import { atHome, get, type Story } from './story.ts'

/** Pages, and what runs beside them. */
export const PAGE_STORIES = {
  'GET /': { stranger: 302, happy: get('/') },
  'GET /login/:request': {
    stranger: 404,
    happy: async ({ browser }) => browser.get(`/login/${await browser.open(authorizePath('ledger'))}`),
  },
  'GET /signed-in': { stranger: 200, happy: get('/signed-in') },
  'GET /signed-out': { stranger: 200, happy: get('/signed-out') },
  'GET /signed-out/:request': { stranger: 200, happy: get('/signed-out/out_unknown') },
  'GET /account': { stranger: 302, happy: atHome('/account') },
  'GET /account/*': { stranger: 302, happy: atHome('/account/profile') },
  'GET /reset': { stranger: 200, happy: get('/reset') },
  'GET /verify': { stranger: 200, happy: get('/verify') },
  'GET /setup': { stranger: 200, happy: get('/setup') },
  'GET /undo-deletion': { stranger: 200, happy: get('/undo-deletion') },
  'GET /not-me': { stranger: 200, happy: get('/not-me') },
  'GET /passkey-link': { stranger: 200, happy: get('/passkey-link') },
  'GET /assets/:file': { stranger: 404, happy: get('/assets/login.js') },
  'GET /device': { stranger: 200, happy: get('/device') },
  'GET /device/approved': { stranger: 200, happy: get('/device/approved') },
  'GET /device/refused': { stranger: 200, happy: get('/device/refused') },
  'POST /api/language': {
    stranger: 403,
    happy: ({ browser }) => browser.post('/api/language', { language: 'de', entry: 'app' }),
  },
  'POST /api/appearance': {
    stranger: 403,
    happy: ({ browser }) => browser.post('/api/appearance', { appearance: 'dark' }),
  },
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
  'GET /healthz': { stranger: 200, happy: get('/healthz') },
  'GET /readyz': { stranger: 200, happy: get('/readyz') },
  'GET /metrics': { stranger: 404, happy: ({ world }) => world.browser('127.0.0.1').get('/metrics') },
} satisfies Record<string, Story>
