import { describe, expect, test } from 'vitest'
import { brokenRules, contextWords, PASSWORD_MOST } from './password-rules.ts'
import type { PasswordRules } from './policies/password.ts'

const RULES: PasswordRules = {
  minLength: 12,
  requireUpperCase: false,
  requireLowerCase: false,
  requireDigit: false,
  requireSymbol: false,
  contextWords: [],
}
const broken = (password: string, change: Partial<PasswordRules> = {}) => brokenRules(password, { ...RULES, ...change })

describe('length', () => {
  test('is what the policy says, and 128 at most', () => {
    expect(PASSWORD_MOST).toBe(128)
    expect(broken('x'.repeat(11))).toEqual(['too_short'])
    expect(broken('x'.repeat(12))).toEqual([])
    expect(broken('x'.repeat(12), { minLength: 15 })).toEqual(['too_short'])
    expect(broken('x'.repeat(8), { minLength: 8 })).toEqual([])
    expect(broken('x'.repeat(128))).toEqual([])
    expect(broken('x'.repeat(129))).toEqual(['too_long'])
    expect(broken('')).toEqual(['too_short'])
  })

  test.each([
    ['an emoji of two UTF-16 units', '🔑'],
    ['a letter outside the basic plane', '𐐷'],
    ['a Chinese character of three bytes', '門'],
  ])('counts %s as one', (_, character) => {
    expect(broken(character.repeat(11))).toEqual(['too_short'])
    expect(broken(character.repeat(12))).toEqual([])
    expect(broken(character.repeat(128))).toEqual([])
    expect(broken(character.repeat(129))).toEqual(['too_long'])
  })
})

describe('classes of characters', () => {
  test.each([
    [
      'requireUpperCase',
      'needs_upper_case',
      ['Correct horse', 'пароль из Слов', 'Ärgerliche Sache'],
      ['correct horse 1!'],
    ],
    [
      'requireLowerCase',
      'needs_lower_case',
      ['CORRECT HORSe', 'ПАРОЛЬ ИЗ СЛОВо'],
      ['CORRECT HORSE 1!', '門門門門門門門門門門門門'],
    ],
    ['requireDigit', 'needs_digit', ['correct horse 1', 'كلمة مرور طويلة ٣'], ['correct horse!']],
    ['requireSymbol', 'needs_symbol', ['correct-horse', 'correct horse €', 'correct horse 🔑'], ['correct horse 1 A']],
  ] as const)('%s', (rule, problem, met, unmet) => {
    for (const password of met) expect(broken(password, { [rule]: true }), password).toEqual([])
    for (const password of unmet) expect(broken(password, { [rule]: true }), password).toEqual([problem])
    for (const password of unmet) expect(broken(password), password).toEqual([])
  })

  test('every rule that is broken is said', () => {
    const all = { requireUpperCase: true, requireLowerCase: true, requireDigit: true, requireSymbol: true }
    expect(broken('', all)).toEqual([
      'too_short',
      'needs_upper_case',
      'needs_lower_case',
      'needs_digit',
      'needs_symbol',
    ])
    expect(broken('Correct horse 1!', all)).toEqual([])
  })
})

describe('what everybody knows of its owner', () => {
  const words = contextWords(
    ['Ada', 'von der King', 'Lovelace', 'ada.lovelace', 'countess1815@mail.engine.test', 'Weiß'],
    ['Bank of the North', 'Vestibule'],
  )

  test('is names, both halves of an address, the organization and the product, without what many words hold', () => {
    expect(words).toEqual([
      'ada',
      'von der king',
      'lovelace',
      'ada.lovelace',
      'countess1815',
      'weiß',
      'king',
      'mail',
      'engine',
      'bank',
      'north',
      'vestibule',
    ])
  })

  test.each([
    'my lovelace 2024!',
    'xxLOVELACExxxx',
    'lóvelàce is mine',
    'l0v3lac3 is mine',
    'ｌｏｖｅｌａｃｅ wide',
    'the countess1815',
    'steam engine forever',
    'the far north is cold',
    'a vestibule password',
    'ada ada ada ada',
    'all for ADA-2024!',
  ])('%s is refused', (password) => {
    expect(broken(password, { contextWords: words })).toEqual(['context'])
  })

  test.each([
    'canada is far away',
    'der und die und das',
    'of the and of the',
    'seven quiet lanterns',
    'correct horse battery',
  ])('%s is not', (password) => {
    expect(broken(password, { contextWords: words })).toEqual([])
  })

  test('two signs are a name where a sign is a syllable or a word', () => {
    const known = contextWords(['王伟', '林', 'さくら'], [])
    expect(known).toEqual(['王伟', 'さくら'])
    expect(broken('门前有王伟的一把钥匙和灯', { contextWords: known })).toEqual(['context'])
    expect(broken('林间小路上有一把旧的钥匙', { contextWords: known })).toEqual([])
  })

  test('of nobody it is nothing', () => {
    expect(contextWords([], [])).toEqual([])
    expect(contextWords(['', '@', 'a@b.c'], [' '])).toEqual([])
  })
})
