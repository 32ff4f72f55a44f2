import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { OutboundAnswer } from './outbound.ts'
import { createRemoteKeys } from './remote-keys.ts'

const URI = 'https://rp.test/keys'
const { publicKey } = generateKeyPairSync('ed25519')
const jwk = (kid: string) => ({ ...publicKey.export({ format: 'jwk' }), kid })
const set = (...kids: string[]): OutboundAnswer => ({
  status: 200,
  headers: {},
  body: JSON.stringify({ keys: kids.map(jwk) }),
})

/** An address whose answer can be changed, and how often it was asked. */
function address(...kids: string[]) {
  const clock = { at: 1_000_000 }
  const page = { answer: set(...kids) as OutboundAnswer | null, asked: 0 }
  const outbound = async () => {
    page.asked++
    if (!page.answer) throw new Error('nobody is there')
    return page.answer
  }
  const keys = createRemoteKeys({ outbound, now: () => clock.at })
  const kidsFor = async (kid: string | null) => (await keys(URI, kid)).map((key) => key.kid)
  return { clock, page, kidsFor }
}

test('keys are fetched once and kept', async () => {
  const { page, kidsFor } = address('a')
  expect(await kidsFor('a')).toEqual(['a'])
  expect(await kidsFor('a')).toEqual(['a'])
  expect(page.asked).toBe(1)
})

test('an unknown kid is asked for again, once a minute at most', async () => {
  const { clock, page, kidsFor } = address('a')
  await kidsFor('a')
  page.answer = set('a', 'b')
  expect(await kidsFor('b')).toEqual(['a'])
  clock.at += 60_000
  expect(await Promise.all([kidsFor('b'), kidsFor('b'), kidsFor('c')])).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'b'],
  ])
  expect(await kidsFor('c')).toEqual(['a', 'b'])
  expect(page.asked).toBe(2)
})

test('a key that is gone from the address counts no more after ten minutes', async () => {
  const { clock, page, kidsFor } = address('a', 'b')
  await kidsFor('a')
  page.answer = set('b')
  clock.at += 599_999
  expect(await kidsFor('a')).toEqual(['a', 'b'])
  clock.at += 1
  expect(await kidsFor('a')).toEqual(['b'])
})

test.each([
  null,
  { status: 500, headers: {}, body: '{"keys":[]}' },
  { status: 301, headers: { location: 'https://evil.test' }, body: '{"keys":[]}' },
  { status: 200, headers: {}, body: '<html>' },
  { status: 200, headers: {}, body: 'null' },
  { status: 200, headers: {}, body: '{}' },
])('an answer that is none (%j) leaves the last one standing for an hour', async (answer) => {
  const { clock, page, kidsFor } = address('a')
  await kidsFor('a')
  page.answer = answer
  clock.at += 3_599_999
  expect(await kidsFor('a')).toEqual(['a'])
  clock.at += 1
  expect(await kidsFor('a')).toEqual([])
})

test('an address that was silent from the first is asked once a minute', async () => {
  const { clock, page, kidsFor } = address()
  page.answer = null
  for (const wait of [0, 1, 59_998, 1]) {
    clock.at += wait
    expect(await kidsFor('a')).toEqual([])
  }
  expect(page.asked).toBe(2)
})

test('AP4 what is no public key to verify with is passed over', async () => {
  const { page, kidsFor } = address()
  page.answer = { ...set(), body: JSON.stringify({ keys: [{ kty: 'oct', k: 'eA', kid: 'x' }, 7, jwk('a')] }) }
  expect(await kidsFor(null)).toEqual(['a'])
})
