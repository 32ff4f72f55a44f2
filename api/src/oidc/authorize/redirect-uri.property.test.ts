import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UntrustedRequest } from '../oauth-error.ts'
import { readParameters } from '../parameters.ts'
import { redirectUri } from './redirect-uri.ts'

const REGISTERED = [
  'https://rp.test/cb',
  'https://rp.test:8443/cb?a=1',
  'com.example.app:/cb',
  'http://127.0.0.1/cb',
  'http://[::1]:9/cb?x',
]

const application = (type: 'web' | 'native', redirectUris = REGISTERED) =>
  ({ type, redirectUris, organizationId: 'org_x', settings: { development: type === 'web' } }) as never

const isAccepted = (asked: string, type: 'web' | 'native'): boolean => {
  try {
    return (
      redirectUri(readParameters(new URLSearchParams({ redirect_uri: asked }).toString()), application(type)) === asked
    )
  } catch (error) {
    if (error instanceof UntrustedRequest) return false
    throw error
  }
}

/** What people have tried to slip past a comparison that parses, normalises or trusts (RFC 9700 4.1). */
const BITS = [
  '/',
  '//',
  '\\',
  '/..',
  '/../cb',
  '/.',
  '%2f',
  '%2e%2e',
  '%00',
  '\0',
  '?',
  '?a=1',
  '&a=1',
  '#',
  '#@evil.test',
  '@',
  '@evil.test',
  ':',
  ':443',
  ':80',
  '.evil.test',
  'evil.test',
  ' ',
  '\t',
  '\r\n',
  '\u200b',
  '\ufeff',
  'Å',
  '*',
  'CB',
  'HTTPS',
  'javascript:',
  'data:,',
  ';',
  '+',
  '%20',
  '[::1]',
  'localhost',
]
type Change = (uri: string) => string
const at = (uri: string, where: number) => Math.min(uri.length, Math.floor(where * (uri.length + 1)))
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...BITS)).map(
    ([where, bit]): Change =>
      (uri) =>
        uri.slice(0, at(uri, where)) + bit + uri.slice(at(uri, where)),
  ),
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(6)).map(
    ([where, length]): Change =>
      (uri) =>
        uri.slice(0, at(uri, where)) + uri.slice(at(uri, where) + length),
  ),
  fc.constantFrom<Change>(
    (uri) => uri.toUpperCase(),
    (uri) => encodeURI(uri),
    (uri) => encodeURIComponent(uri),
    (uri) => uri.replace('https', 'http'),
    (uri) => uri.replace('rp.test', 'rp.test.'),
    (uri) => uri.replace('rp.test', 'rp。test'),
    (uri) => uri.replace('127.0.0.1', '127.1'),
    (uri) => uri.replace('127.0.0.1', 'localhost'),
    (uri) => uri.replace(/\/cb/, '/./cb'),
    (uri) => uri.split('').toReversed().join(''),
  ),
)
const mutated = fc
  .tuple(fc.constantFrom(...REGISTERED), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([uri, changes]) => changes.reduce((text, one) => one(text), uri))

test('AZ3, N134 whatever is done to a registered address, only the exact string is accepted', () => {
  fc.assert(
    fc.property(mutated, (asked) => {
      if (isAccepted(asked, 'web')) expect(REGISTERED).toContain(asked)
    }),
    { numRuns: 20_000 },
  )
})

test('AZ3, N138 for a native application the port of a loopback literal may vary besides, and nothing else', () => {
  const withoutPort = (uri: string) => uri.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\])):[0-9]{1,5}(?=[/?]|$)/, '$1')
  const known = REGISTERED.map(withoutPort)
  fc.assert(
    fc.property(mutated, (asked) => {
      if (isAccepted(asked, 'native')) expect(known).toContain(withoutPort(asked))
    }),
    { numRuns: 20_000 },
  )
})

test('the registered ones are accepted as they are', () => {
  expect(REGISTERED.filter((uri) => isAccepted(uri, 'native'))).toEqual(REGISTERED)
})
