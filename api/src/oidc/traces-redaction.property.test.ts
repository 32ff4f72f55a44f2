import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HIDDEN, redacted, redactedUri } from '../domain/traces/redacted.ts'
import { SECRET_PARAMETERS } from '../domain/traces/trace.ts'
import { authorizeQuery, basic, postForm } from '../testing/relying-party.ts'
import { createWorld, REDIRECT_URI } from '../testing/world.ts'

const RUNS = 150
/** As short and as long as a password may be, and never a word of the protocol. */
const secret = fc.stringMatching(/^[A-Za-z0-9]{7,60}$/).map((text) => `X${text}`)

/** Parameters that a trace may show. In each of them somebody may have put a secret by mistake. */
const SHOWN = ['scope', 'prompt', 'max_age', 'grant_type', 'response_type', 'response_mode', 'dpop_jkt', 'resource']
const misplaced = fc.constantFrom(
  ...SHOWN,
  'redirect_uri',
  'client_id',
  'code_challenge_method',
  'post_logout_redirect_uri',
)
const request = fc.record({
  path: fc.constantFrom('authorize', 'par', 'token', 'device_authorization', 'introspect', 'revoke'),
  secrets: fc.uniqueArray(secret, { minLength: 1, maxLength: 5 }),
  names: fc.uniqueArray(fc.constantFrom(...SECRET_PARAMETERS), { minLength: 1, maxLength: 5 }),
  misplaced: fc.array(misplaced, { maxLength: 3 }),
  wrap: fc.constantFrom(
    '?',
    'https://rp.test/cb?token=?',
    'https://u:?@rp.test/cb',
    'https://rp.test/cb#?',
    'openid ?',
  ),
})

test('G15 no secret of a request is in its trace, wherever somebody put it', async () => {
  const world = await createWorld({ env: { RATE_LIMIT_FACTOR: '1000' } })
  await world.addApplication('ledger')
  const { traces } = world.deps.db.tables
  let written = 0
  await fc.assert(
    fc.asyncProperty(request, async ({ path, secrets, names, misplaced: where, wrap }) => {
      const form = authorizeQuery('ledger', { grant_type: 'authorization_code' })
      for (const [at, value] of secrets.entries()) form.set(names[at % names.length]!, value)
      const sent = [...new Set(names.map((name) => form.get(name)).filter((value) => value !== null))]
      for (const name of where) form.set(name, wrap.replace('?', sent[0]!))
      const authorization = { authorization: basic('ledger', sent[0]) }
      if (path === 'authorize') await world.browser().get(`/oauth/v2/authorize?${form}`)
      else await postForm(world, `/oauth/v2/${path}`, form.toString(), authorization)
      const rows = await world.deps.db.query.select().from(traces)
      await world.deps.db.query.delete(traces)
      written += rows.length
      const kept = JSON.stringify(rows)
      for (const value of sent) expect(kept).not.toContain(value)
    }),
    { numRuns: RUNS },
  )
  expect(written).toBeGreaterThan(RUNS / 2)
})

test('what opens something is hidden even where nobody said that it is one', () => {
  const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl'
  for (const opener of [`va_${'A'.repeat(43)}`, `vdc_${'b'.repeat(43)}`, jwt, 'urn:ietf:params:oauth:request_uri:abc'])
    expect(redacted(`before ${opener} after`)).toBe(`before ${HIDDEN} after`)
})

test('text is plain and short', () => {
  expect(redacted('a\0b\r\nc')).toBe('a?b??c')
  expect(redacted('ab '.repeat(999)).length).toBeLessThan(400)
})

test.each([
  ['https://rp.test/cb/', 'https://rp.test/cb/'],
  ['https://bob:pw@rp.test/cb', `https://${HIDDEN}@rp.test/cb`],
  ['https://rp.test/cb?token=abc&tenant=7', `https://rp.test/cb?token=${HIDDEN}&tenant=${HIDDEN}`],
  ['https://rp.test/cb#id_token=abc', `https://rp.test/cb#${HIDDEN}`],
])('of the address %s this is kept: %s', (uri, kept) => {
  expect(redactedUri(uri, REDIRECT_URI)).toBe(kept)
})

test('what is registered so in a query stays', () => {
  const registered = `${REDIRECT_URI}?tenant=7`
  expect(redactedUri(`${registered}&x=1`, registered)).toBe(`${registered}&x=${HIDDEN}`)
})
