import { LANGUAGE_CODES } from '@vestibule/shared/languages.ts'
import { expect, test } from 'vitest'
import { sampleMessages } from '../domain/sample-messages.ts'
import { createWorld, ISSUER } from '../testing/world.ts'
import { ACCESS } from './access.ts'

const DEVELOPMENT = ['GET /dev/outbox', 'GET /dev/outbox/:message', 'GET /__messages', 'GET /__messages/:message']
const JSON_ONLY = { accept: 'application/json' }

test.each([
  ['in production', { NODE_ENV: 'production' }],
  ['with a public address', { PUBLIC_URL: 'https://login.acme.test', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '5' }],
  [
    'where mails leave',
    { MAIL_URL: 'smtp://localhost', SMS_URL: 'webhook+https://0123456789abcdef@a.test/', MAIL_FROM: 'a@acme.test' },
  ],
])('N300 %s nothing of development is mounted, and everything else is', async (_name, env) => {
  const world = await createWorld({ env: env as Record<string, string> })
  const mounted = world.app.routes.filter(({ method, path }) => !['ALL', 'OPTIONS'].includes(method) && path !== '/*')
  const names = mounted.map(({ method, path }) => `${method} ${path}`)
  expect(names.toSorted()).toEqual(
    Object.keys(ACCESS)
      .filter((key) => !DEVELOPMENT.includes(key))
      .toSorted(),
  )
  const browser = world.browser()
  for (const path of ['/dev/outbox', '/dev/outbox/msg_1', '/__messages', '/__messages/email.new_device'])
    expect([path, (await browser.get(path)).status]).toEqual([path, 404])
})

test('the outbox says as JSON what would have been sent, newest first', async () => {
  const world = await createWorld()
  const link = `${ISSUER}/verify#vl_x`
  await world.send({ kind: 'verify_email', values: { code: '123 456', link, minutes: 10 } })
  await world.deliver()
  world.clock.advance(5)
  await world.send({
    channel: 'sms',
    kind: 'verify_phone',
    to: '+4915112345678',
    values: { code: '654321', minutes: 10 },
  })
  await world.deliver()
  const response = await world.browser().get('/dev/outbox', JSON_ONLY)
  expect(await response.json()).toMatchObject([
    { to: '+4915112345678', channel: 'sms', kind: 'verify_phone', html: null, code: '654321', link: null },
    {
      to: 'bob@acme.test',
      channel: 'email',
      kind: 'verify_email',
      subject: 'Confirm your email address',
      text: expect.stringContaining('123 456'),
      html: expect.stringContaining('<h1'),
      code: '123 456',
      link,
      at: '2026-01-01T00:00:00.000Z',
    },
  ])
})

test('the page of the outbox is empty, then shows the newest, or the one that was asked for', async () => {
  const world = await createWorld()
  const read = async (query = '') => (await world.browser().get(`/dev/outbox${query}`)).text()
  expect(await read()).toContain('Nothing yet')
  for (const to of ['ann@acme.test', 'eve@acme.test']) {
    await world.send({ to })
    await world.deliver()
  }
  const [eve, ann] = world.messages()
  expect(await read()).toContain(`src="/dev/outbox/${eve!.id}"`)
  expect(await read(`?message=${ann!.id}`)).toContain(`src="/dev/outbox/${ann!.id}"`)
  expect(await read(`?message=${ann!.id}&part=text`)).toContain('<pre')
  expect(await read('?message=%3Cscript%3E')).not.toContain('<script>alert')
})

test('what a message holds is text on the page, and its own HTML runs nothing', async () => {
  const world = await createWorld()
  const { organizations } = world.deps.db.tables
  await world.deps.db.query.update(organizations).set({ name: '<img src=x onerror=alert(1)>' })
  await world.send()
  await world.deliver()
  const browser = world.browser()
  const page = await browser.get('/dev/outbox')
  expect(await page.text()).not.toContain('<img')
  expect(page.headers.get('content-security-policy')).toMatch(/frame-src 'self'.*/)
  const mail = await browser.get(`/dev/outbox/${world.messages()[0]!.id}`)
  expect(await mail.text()).not.toContain('<img')
  expect(mail.headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  )
})

test.each(LANGUAGE_CODES)('every message has a preview in %s, in every look and scheme', async (language) => {
  const world = await createWorld()
  const browser = world.browser()
  const page = await (await browser.get(`/__messages?language=${language}`)).text()
  const messages = [...page.matchAll(/href="\?message=([a-z]+\.[a-z_]+)&amp;/g)].map(([, key]) => key!)
  const looks = [...page.matchAll(/<option value="(org_[^"]+|bakery|neon|night|pink)"/g)].map(([, look]) => look!)
  expect(messages).toEqual(sampleMessages(ISSUER, 0).map(({ channel, kind }) => `${channel}.${kind}`))
  expect(looks).toHaveLength(5)
  for (const message of messages)
    for (const look of looks) {
      const query = `language=${language}&look=${look}&mode=dark`
      const answer = await browser.get(`/__messages/${message}?${query}`)
      expect([message, query, answer.status]).toEqual([message, query, message.startsWith('sms') ? 404 : 200])
    }
  const text = await (await browser.get(`/__messages?language=${language}&message=sms.verify_phone`)).text()
  expect(text).toContain(`<pre lang="${language}"`)
})

test('a wish for a preview that makes no sense is left out', async () => {
  const world = await createWorld()
  const query = 'message=x&language=%3Cb%3E&look=../..&mode=1&width=9&part=x'
  expect((await world.browser().get(`/__messages?${query}`)).status).toBe(200)
})
