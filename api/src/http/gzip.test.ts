import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { gzip } from './gzip.ts'
import { bytesOf, type Piece } from './page-template.ts'

const LONG = Buffer.from('the same words for everybody '.repeat(200))
const ARABIC = 'من فضلك أدخل كلمة المرور '

test.each<[string, Piece[]]>([
  ['nothing', []],
  ['empty pieces', ['', Buffer.alloc(0), '']],
  ['a text', ['<!doctype html>']],
  ['bytes alone', [LONG]],
  ['bytes between texts', ['a', LONG, ARABIC, LONG, 'z']],
  ['bytes that are too short to shrink', [Buffer.from('short'), 'text', Buffer.from('also short')]],
  ['bytes that do not shrink', ['<', randomBytes(5000), '>']],
  ['a text of several blocks', [ARABIC.repeat(5000), LONG]],
  ['exactly one block', ['x'.repeat(0xffff)]],
  ['a block and a byte', ['x'.repeat(0x10000)]],
])('%s comes out as it was, the first time and every other', (_, pieces) => {
  for (const packed of [gzip(pieces), gzip(pieces)]) expect(gunzipSync(packed).equals(bytesOf(pieces))).toBe(true)
})

test('what is the same for many pages is compressed', () => {
  expect(gzip(['id', LONG]).length).toBeLessThan(LONG.length / 10)
})

test('what is of one page never is: no length tells whether two parts of it are alike', () => {
  const secret = 'ann.archer@bank.example'
  const lengthWith = (guess: string) => gzip([`<a>${guess}</a>`, LONG, `<b>${secret}</b>`]).length
  for (const guess of [secret, 'the same words for ever', 'x'.repeat(secret.length)])
    expect(lengthWith(guess)).toBe(lengthWith('bob.baker@bank.example2'))
  expect(gzip([secret, LONG]).includes(secret)).toBe(true)
})
