import { describe, expect, test } from 'vitest'
import {
  acceptedLanguages,
  isLanguage,
  LANGUAGE_CODES,
  LANGUAGES,
  type Language,
  matchLanguage,
  withRegion,
} from './languages.ts'

describe('matchLanguage', () => {
  test.each<[string[], string | null]>([
    [['de'], 'de'],
    [['de-AT'], 'de'],
    [['DE-at'], 'de'],
    [['zh-Hant-TW', 'ja'], 'ja'],
    [['tlh', 'x-klingon', 'fr-CA', 'de'], 'fr'],
    [[' ar '], 'ar'],
    [['*'], null],
    [['en_US'], null],
    [['deutsch'], null],
    [['', '-', '--', '-de'], null],
    [['constructor', '__proto__', 'toString'], null],
    [[], null],
  ])('of %j is %s', (tags, language) => {
    expect(matchLanguage(tags)).toBe(language)
  })

  test('passes over what is not allowed', () => {
    expect(matchLanguage(['fr', 'ja-JP', 'de'], ['en', 'de'])).toBe('de')
    expect(matchLanguage(['fr'], ['en', 'de'])).toBe(null)
  })

  test('looks at the first twenty tags only', () => {
    const unknown = Array.from({ length: 19 }, () => 'tlh')
    expect(matchLanguage([...unknown, 'de'])).toBe('de')
    expect(matchLanguage([...unknown, 'tlh', 'de'])).toBe(null)
  })
})

describe('acceptedLanguages', () => {
  test.each<[string, string, string[]]>([
    ['one tag', 'de', ['de']],
    ['the order given, where weights are equal', 'fr, de, ja', ['fr', 'de', 'ja']],
    ['the better weight first', 'en;q=0.5, de;q=0.9, fr', ['fr', 'de', 'en']],
    ['spaces around everything', '  de-AT ;  q = 0.3 ,\tfr ; q= 0.7 ', ['fr', 'de-AT']],
    ['a weight in capitals', 'en;Q=0.1,de;Q=0.2', ['de', 'en']],
    ['a parameter before the weight', 'en;level=1;q=0.1,de;q=0.2', ['de', 'en']],
    ['weight 0 as "not acceptable"', 'de;q=0, fr;q=0.000, en;q=0.1', ['en']],
    ['a broken weight as none', 'de;q=high, fr;q=, ja;q=0.5.5, ar;q=-1, en;q=0.1', ['en']],
    ['unknown tags, kept for the match', 'tlh, x-piglatin;q=0.5', ['tlh', 'x-piglatin']],
    ['the star', 'de, *;q=0.5', ['de', '*']],
    ['empty elements', ',,de,,', ['de']],
    ['nothing', '', []],
    ['only separators', ';;;,,;q=1', []],
  ])('reads %s', (_, header, tags) => {
    expect(acceptedLanguages(header)).toEqual(tags)
  })

  test.each([
    ['commas', ','.repeat(50_000)],
    ['tags', 'de-AT;q=0.5,'.repeat(4_200)],
    ['spaces', `de${' '.repeat(50_000)};q=1`],
    ['semicolons', `de${';'.repeat(50_000)}`],
    ['weights', `de;q${' '.repeat(25_000)}=${'1'.repeat(25_000)}`],
  ])('reads 50 kB of %s in less than 10 ms', (_, header) => {
    const took = [1, 2, 3].map(() => {
      const start = performance.now()
      acceptedLanguages(header)
      return performance.now() - start
    })
    expect(Math.min(...took)).toBeLessThan(10)
  })

  test('feeds the match', () => {
    expect(matchLanguage(acceptedLanguages('tlh, en;q=0.2, de-CH;q=0.8'))).toBe('de')
  })
})

test.each<[Language, string[], string]>([
  ['en', ['en-GB', 'en'], 'en-GB'],
  ['en', ['de-CH', 'en', 'en-AU', 'en-US'], 'en-AU'],
  ['en', ['de-CH', 'en'], 'en'],
  ['en', [], 'en'],
  ['es', ['es-419'], 'es-419'],
  ['ar', ['ar-Arab-MA'], 'ar-Arab-MA'],
  ['de', ['den-CA', 'de-x-broken', 'de-', 'de-AT-1996', 'DE-at'], 'DE-at'],
])('%s for a reader of %j is %s', (language, tags, expected) => {
  expect(withRegion(language, tags)).toBe(expected)
  expect(() => new Intl.DateTimeFormat(expected)).not.toThrow()
})

test('every language has its own name and the direction of its script', () => {
  expect(LANGUAGE_CODES.filter((code) => LANGUAGES[code].direction === 'rtl')).toEqual(['ar'])
  for (const code of LANGUAGE_CODES) {
    const inItself = new Intl.DisplayNames(code, { type: 'language' }).of(code)
    expect(LANGUAGES[code].name.toLowerCase()).toBe(inItself?.toLowerCase())
    expect(isLanguage(code)).toBe(true)
  }
})
