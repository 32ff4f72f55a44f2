import { expect, test } from 'vitest'
import { stringsOf } from '../testing/texts.ts'
import { isPseudo, PSEUDO_LANGUAGES, pseudo } from './pseudo.ts'

const codes = Object.keys(PSEUDO_LANGUAGES).filter(isPseudo)
type Texts = Parameters<typeof pseudo>[0]
const flat = (texts: Texts): string[] =>
  Object.values(texts).flatMap((value) => (typeof value === 'string' ? [value] : flat(value)))
const placeholders = (text: string) => text.match(/\{\{\w+\}\}/g) ?? []
const length = (text: string) => text.replaceAll(/\{\{\w+\}\}/g, '').length

test('accents, 40 % more, brackets, and placeholders as they were', () => {
  expect(pseudo({ a: { b: 'Sign in to {{application}}' } }, 'en-XA')).toEqual({
    a: { b: '[Şīɠƞ īƞ ŧǿ {{application}} ǿƞḗ ŧ]' },
  })
  expect(pseudo({ a: 'Back to {{application}}' }, 'en-XB')).toEqual({ a: '[\u202eBack to \u202c{{application}}]' })
})

test.each(codes)('%s: every text of English, none of it as it was', (code) => {
  const english = stringsOf('en')
  const before = flat(english)
  const after = flat(pseudo(english, code))
  expect(after).toHaveLength(before.length)
  for (const [at, text] of after.entries()) {
    expect(text).toMatch(/^\[.*\]$/su)
    expect(placeholders(text)).toEqual(placeholders(before[at]!))
    if (code === 'en-XA') {
      expect(text.replaceAll(/\{\{\w+\}\}/g, '')).not.toMatch(/[a-z]/i)
      expect(length(text)).toBeGreaterThanOrEqual(Math.floor(length(before[at]!) * 1.4))
    }
  }
})

test.each(['en', 'de', 'xx', '__proto__', null])('%s is none', (code) => {
  expect(isPseudo(code)).toBe(false)
})
