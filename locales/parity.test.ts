import { describe, expect, test } from 'vitest'
import { LANGUAGE_CODES } from '../shared/src/languages.ts'
import { FIELD_PROBLEMS, PROBLEM_CODES } from '../shared/src/problem.ts'
import { ENTRY_NAMESPACES } from './index.ts'
import { loadStrings } from './load.ts'
import { FILES, readTexts } from './testing/read-texts.ts'

/** English is the shape; every other language has the same keys and placeholders, and the plural forms it needs. */
const PLURAL = /_(zero|one|two|few|many|other)$/
const english = new Map(FILES.map((file) => [file, readTexts('en', file)]))
/** A counted text, by its name without the plural form. `error_other` alone is no plural: the forms come with `_other` and a count. */
const isCounted = (texts: Map<string, string>, key: string) =>
  PLURAL.test(key) && (texts.get(key.replace(PLURAL, '_other')) ?? '').includes('{{count}}')
const base = (texts: Map<string, string>, key: string) => (isCounted(texts, key) ? key.replace(PLURAL, '') : key)
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort()

describe.each(LANGUAGE_CODES)('%s', (language) => {
  test.each(FILES)('%s has the keys of English, no more and no fewer', (file) => {
    const texts = readTexts(language, file)
    const bases = (of: Map<string, string>) => [...new Set([...of.keys()].map((key) => base(of, key)))].sort()
    expect(bases(texts)).toEqual(bases(english.get(file)!))
  })

  test.each(FILES)('%s has the placeholders of English, and no empty text', (file) => {
    const texts = readTexts(language, file)
    const wrong = [...texts].filter(([key, text]) => {
      const model = english.get(file)!.get(key) ?? english.get(file)!.get(key.replace(PLURAL, '_other')) ?? ''
      // "one" and its kin may leave the number out: "one device".
      const wanted = placeholders(model).filter((name) => name !== '{{count}}' || key.endsWith('_other'))
      const found = placeholders(text).filter((name) => name !== '{{count}}' || key.endsWith('_other'))
      return text.trim() === '' || found.join() !== wanted.join()
    })
    expect(wrong).toEqual([])
  })

  test.each(FILES)('%s has the plural forms of the language, and no others', (file) => {
    const texts = readTexts(language, file)
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const counted = [...english.get(file)!.keys()].filter((key) => isCounted(english.get(file)!, key))
    const missing = counted
      .flatMap((key) => forms.map((form) => key.replace(PLURAL, `_${form}`)))
      .filter((key) => !texts.has(key))
    const foreign = [...texts.keys()].filter(
      (key) => isCounted(texts, key) && !forms.some((form) => key.endsWith(`_${form}`)),
    )
    expect({ missing: [...new Set(missing)], foreign }).toEqual({ missing: [], foreign: [] })
  })

  test('is loaded for each entry, with its own namespaces', () => {
    for (const entry of ['login', 'app'] as const) {
      const strings = loadStrings(language, entry)
      expect(Object.keys(strings)).toEqual(ENTRY_NAMESPACES[entry])
      expect(Object.values(strings).every((texts) => typeof texts === 'object' && texts !== null)).toBe(true)
    }
  })
})

test('every problem has a text', () => {
  const texts = english.get('errors.json')!
  const wanted = [...PROBLEM_CODES, ...FIELD_PROBLEMS.map((problem) => `field.${problem}`)]
  const onPages = ['invalid_request', 'invalid_request_uri', 'server_error', 'unreachable']
  expect([...wanted, ...onPages].filter((code) => !texts.has(code))).toEqual([])
})
