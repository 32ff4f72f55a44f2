import { expect, test } from 'vitest'
import { SoftAuthenticator } from '../../scripts/authenticator/soft-authenticator.ts'
import { json } from './harness/http.ts'
import { expectRefused } from './harness/refusal.ts'
import { openWorld } from './harness/world.ts'
import { KEYS } from './paths.ts'

const world = await openWorld({ env: { RATE_LIMIT_FACTOR: '100' } })
const { rp, server } = world
const browser = world.browser()
await rp.obtainCode(browser, 'clientConf', 'bob')
await browser.get('/account')

const authenticator = new SoftAuthenticator(server.issuer)
const bytes = (text: string) => Buffer.from(text, 'base64url')

/** What an honest authenticator made, and its attestation made anew. */
async function made(options: () => ReturnType<typeof KEYS.keyOptions>, change: (honest: Buffer) => Buffer) {
  const asked = json(await browser.call(options())).options
  const credential = authenticator.create(asked)
  const { response } = credential
  const attestationObject = change(bytes(response.attestationObject)).toString('base64url')
  return { ...credential, response: { ...response, attestationObject } }
}

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
/** The bytes of `authData` stand last, behind their length. */
const cut = (honest: Buffer, length: number) => {
  const head = honest.subarray(0, honest.indexOf(Buffer.from('authData')) + 'authData'.length)
  return Buffer.concat([
    head,
    hex('58'),
    Buffer.from([length]),
    honest.subarray(head.length + 2, head.length + 2 + length),
  ])
}

const BOMBS: [string, (honest: Buffer) => Buffer][] = [
  ['a map in a map in a map, none of which ends', () => Buffer.alloc(30_000, 0xbf)],
  ['lists in lists', () => Buffer.alloc(30_000, 0x81)],
  ['a map of 2^32 pairs', () => hex('ba ffffffff')],
  ['a map of 2^64 pairs', () => hex('bb ffffffffffffffff')],
  ['bytes that say they are 4 GB', () => hex('a1 68 6175746844617461 5a ffffffff 00')],
  ['a list of 2^32', () => hex('9a ffffffff')],
  ['one name twice', (honest) => Buffer.concat([hex('a4 63 666d74 64 6e6f6e65'), honest.subarray(1)])],
  ['a length that is written longer than it is', (honest) => Buffer.concat([hex('b8 03'), honest.subarray(1)])],
  ['something behind the end', (honest) => Buffer.concat([honest, hex('00 00')])],
  ['half of the authenticator’s data', (honest) => cut(honest, 60)],
  ['less than the flags of it', (honest) => cut(honest, 32)],
  ['nothing of it', (honest) => cut(honest, 0)],
  ['a negative number in the place of everything', () => hex('3b ffffffffffffffff')],
  ['a number that is none', () => hex('fb 7ff8000000000000')],
  ['one byte', () => hex('00')],
]

test.each(BOMBS)('N101 WAUTHN - %s is refused at once', async (_what, change) => {
  for (const [options, add] of [
    [KEYS.passkeyOptions, KEYS.addPasskey],
    [KEYS.keyOptions, KEYS.addKey],
  ] as const) {
    const took: number[] = []
    for (let nth = 0; nth < 3; nth++) {
      const credential = await made(options, change)
      const begin = performance.now()
      const answer = await browser.call(add(credential))
      took.push(performance.now() - begin)
      expectRefused(answer, 'passkey_refused', 'security_key_refused', 'invalid_input')
    }
    expect(Math.min(...took)).toBeLessThan(50)
  }
  expect(await world.rows('select id from webauthn_credentials')).toEqual([])
})

test('N101 WAUTHN - an attestation of a megabyte is not read', async () => {
  const credential = await made(KEYS.keyOptions, () => Buffer.alloc(1_000_000, 0x61))
  const begin = performance.now()
  expectRefused(await browser.call(KEYS.addKey(credential)), 'body_too_large', 'invalid_input')
  expect(performance.now() - begin).toBeLessThan(500)
})

test('what an honest authenticator makes is taken', async () => {
  const credential = await made(KEYS.keyOptions, (honest) => honest)
  expect((await browser.call(KEYS.addKey(credential))).status).toBe(200)
})
