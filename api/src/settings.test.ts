import { expect, test } from 'vitest'
import { parseMasterKey, WeakMasterKey } from './crypto/master-key.ts'
import { BadSettings, readSettings } from './settings.ts'

const faultOf = (env: Record<string, string>): string => {
  try {
    readSettings(env)
  } catch (error) {
    if (error instanceof BadSettings) return error.message
    throw error
  }
  return ''
}

test('nothing has to be set', () => {
  expect(readSettings({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    issuer: 'http://localhost:3000',
    secure: false,
    databaseUrl: null,
    hashCost: { memory: 19_456, passes: 2 },
    keysMaxAge: 300,
    demo: null,
    messages: { mail: { kind: 'outbox' }, sms: { kind: 'outbox' }, from: { name: '', address: 'no-reply@localhost' } },
    loopbackRequests: false,
  })
})

test('an empty value counts as left out', () => {
  expect(readSettings({ PORT: '', PUBLIC_URL: '', DEMO: '', MASTER_KEY: '' })).toEqual(readSettings({}))
})

test.each([
  ['PORT', '70000'],
  ['PORT', 'abc'],
  ['PORT', '-1'],
  ['RELATED_ORIGINS', 'https://shop.example/'],
  ['RELATED_ORIGINS', 'http://shop.example'],
  ['DATABASE_URL', 'mysql://x'],
  ['DATABASE_CONNECTIONS', '0'],
  ['SQLITE_SYNCHRONOUS', 'off'],
  ['TRUSTED_PROXY_HOPS', '11'],
  ['TRUSTED_PROXY_HOPS', '1.5'],
  ['LOG_LEVEL', 'loud'],
  ['ARGON2_MEMORY_KIB', '1'],
  ['ARGON2_PASSES', '0'],
  ['KEYS_MAX_AGE', '0'],
  ['KEY_ROTATION_DAYS', '0'],
  ['RATE_LIMIT_FACTOR', '0'],
  ['METRICS_TOKEN', 'short'],
  ['MAIL_URL', 'http://mail.acme.test'],
  ['MAIL_FROM', 'nobody at all'],
  ['SMS_URL', 'twilio://nobody'],
  ['LOOPBACK_REQUESTS', 'yes'],
  ['DEMO', 'yes'],
  ['DEMO_URL', 'nowhere'],
])('%s=%s is refused in one sentence that names it', (name, value) => {
  const fault = faultOf({ [name]: value })
  expect(fault).toMatch(new RegExp(`^${name} [^\\n]+\\.$`))
  expect(fault).not.toContain(value.length > 3 ? value : '\n')
})

test('several faults are several sentences', () => {
  expect(faultOf({ PORT: 'x', LOG_LEVEL: 'x' }).split('\n')).toHaveLength(2)
})

test.each([
  'http://login.acme.test',
  'http://192.168.1.5:3000',
  'http://localhost.evil.test',
  'ftp://login.acme.test',
  'login.acme.test',
  'https://login.acme.test/path',
  'https://login.acme.test/?x=1',
  'https://login.acme.test/#x',
  'https://user:pw@login.acme.test',
])('PUBLIC_URL=%s is refused', (url) => {
  expect(faultOf({ PUBLIC_URL: url })).toMatch(/^PUBLIC_URL must be [^\n]+\.$/)
})

test.each([
  ['https://login.acme.test', 'https://login.acme.test', true],
  ['https://login.acme.test/', 'https://login.acme.test', true],
  ['https://LOGIN.acme.test:443', 'https://login.acme.test', true],
  ['http://localhost:4000', 'http://localhost:4000', false],
  ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000', false],
  ['http://[::1]:4000', 'http://[::1]:4000', false],
  ['http://login.localhost:4000', 'http://login.localhost:4000', false],
])('PUBLIC_URL=%s gives the issuer %s', (url, issuer, secure) => {
  expect(readSettings({ PUBLIC_URL: url })).toMatchObject({ issuer, secure })
})

const PUBLIC = { PUBLIC_URL: 'https://login.acme.test' }

test.each([
  [{ ARGON2_MEMORY_KIB: '7167' }, true],
  [{ ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '1' }, true],
  [{ ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '5' }, false],
  [{ ARGON2_MEMORY_KIB: '47104', ARGON2_PASSES: '1' }, false],
])('%j for a public server: refused %s', (env, refused) => {
  expect(faultOf({ ...PUBLIC, ...env }) !== '').toBe(refused)
  expect(faultOf(env)).toBe('')
})

test('the demo is for this machine only', () => {
  expect(faultOf({ ...PUBLIC, DEMO: 'on' })).toMatch(/^DEMO /)
  expect(readSettings({ DEMO: 'on' }).demo).toEqual({ url: 'http://localhost:3001' })
})

const RANDOM = 'p1vSuTt0n8kUe3zq0iYl4hW9rXcB5dJ7mN2aGfKoQwE'

test.each([RANDOM, `${RANDOM}=`, Buffer.from(RANDOM, 'base64url').toString('hex'), ` ${RANDOM}\n`])(
  'MASTER_KEY=%j is taken',
  (key) => {
    expect(parseMasterKey(key).equals(Buffer.from(RANDOM, 'base64url'))).toBe(true)
  },
)

test.each(['', 'secret', 'A'.repeat(43), '0'.repeat(64), RANDOM.slice(0, 40), 'abab'.repeat(20)])(
  'MASTER_KEY=%j is too weak',
  (key) => {
    expect(() => parseMasterKey(key)).toThrow(WeakMasterKey)
  },
)

const SMTP = 'smtp://user:password@mail.acme.test'

test('without MAIL_URL messages are shown where somebody develops, and are not set up anywhere else', () => {
  const routes = (env: Record<string, string>) => {
    const { mail, sms } = readSettings(env).messages
    return [mail, sms]
  }
  expect(routes({ NODE_ENV: 'test' })).toEqual([{ kind: 'outbox' }, { kind: 'outbox' }])
  expect(routes({ NODE_ENV: 'production' })).toEqual([null, null])
  expect(routes(PUBLIC)).toEqual([null, null])
})

test.each(['MAIL_URL', 'SMS_URL'])(
  '%s=outbox: shows messages to whoever asks, so it is for this machine only',
  (name) => {
    expect(faultOf({ [name]: 'outbox:' })).toBe('')
    for (const env of [PUBLIC, { NODE_ENV: 'production' }] as Record<string, string>[])
      expect(faultOf({ ...env, [name]: 'outbox:' })).toMatch(new RegExp(`^${name} must not be outbox: here`))
  },
)

test('whoever sends mails is named', () => {
  expect(faultOf({ MAIL_URL: SMTP })).toMatch(/^MAIL_FROM must be set/)
  expect(faultOf({ MAIL_URL: 'resend:re_123456789' })).toMatch(/^MAIL_FROM must be set/)
  const { from } = readSettings({ MAIL_URL: SMTP, MAIL_FROM: 'Acme <no-reply@acme.test>' }).messages
  expect(from).toEqual({ name: 'Acme', address: 'no-reply@acme.test' })
  expect(readSettings({ PUBLIC_URL: 'http://127.0.0.1:3000' }).messages.from.address).toBe('no-reply@localhost')
  expect(readSettings(PUBLIC).messages.from.address).toBe('no-reply@login.acme.test')
})

test('a fault does not show the password that stands in an address', () => {
  expect(faultOf({ MAIL_URL: 'smtp://user:hunter2@mail.acme.test/path' })).not.toContain('hunter2')
})

test('requests to this machine are for development', () => {
  expect(readSettings({ LOOPBACK_REQUESTS: 'on' }).loopbackRequests).toBe(true)
  expect(faultOf({ ...PUBLIC, LOOPBACK_REQUESTS: 'on' })).toMatch(/^LOOPBACK_REQUESTS /)
})
