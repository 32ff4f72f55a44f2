import type { Language } from '@vestibule/shared/languages.ts'
import { choiceOf } from '@vestibule/shared/policies/languages.ts'
import { describe, expect, test } from 'vitest'
import { type LanguageWishes, negotiateLanguage } from './language.ts'

const NOW = 1_000
const everything = choiceOf({ default: 'es' })
const chosen = (language: Language, chosenAt: number) => ({ language, chosenAt })
const asks = (...uiLocales: string[]) => ({ uiLocales, createdAt: NOW })

describe('L1 the order', () => {
  const all: LanguageWishes = {
    request: asks('ar'),
    own: 'ja',
    chosen: chosen('fr', NOW - 1),
    accepted: ['de'],
  }
  test.each<[string, LanguageWishes, Language]>([
    ['the application’s wish', all, 'ar'],
    ['the person’s own choice', { ...all, request: asks() }, 'ja'],
    ['the choice in this browser', { ...all, request: asks(), own: null }, 'fr'],
    ['what the browser accepts', { ...all, request: asks(), own: null, chosen: null }, 'de'],
    ['that of the organization', { accepted: [], chosen: null }, 'es'],
  ])('%s comes next', (_, wishes, language) => {
    expect(negotiateLanguage(wishes, everything)).toBe(language)
  })

  test('a choice made on the pages of a request wins over everything', () => {
    expect(negotiateLanguage({ ...all, chosen: chosen('fr', NOW) }, everything)).toBe('fr')
  })
})

describe('a wish that can not be met is passed over', () => {
  test.each<[string, LanguageWishes, Language]>([
    ['unknown tags', { request: asks('tlh', 'x-klingon'), chosen: null, accepted: ['de'] }, 'de'],
    ['a region is no obstacle', { request: asks('tlh', 'fr-CA'), chosen: null, accepted: [] }, 'fr'],
    ['an own language nobody wrote', { own: 'pt-BR', chosen: null, accepted: ['ja-JP'] }, 'ja'],
    ['an own language that is none', { own: ' ', chosen: null, accepted: ['ja'] }, 'ja'],
    ['empty tags', { request: asks(''), chosen: null, accepted: ['', 'ja'] }, 'ja'],
  ])('%s', (_, wishes, language) => {
    expect(negotiateLanguage(wishes, everything)).toBe(language)
  })
})

describe('what is not allowed is never the answer', () => {
  const some = choiceOf({ default: 'de', allowed: ['de', 'ja'] })
  test.each<[string, LanguageWishes, Language]>([
    ['of the application', { request: asks('fr', 'ja'), chosen: null, accepted: [] }, 'ja'],
    ['of the person', { own: 'fr', chosen: null, accepted: ['ja'] }, 'ja'],
    ['just chosen', { request: asks('ja'), chosen: chosen('fr', NOW), accepted: [] }, 'ja'],
    ['chosen', { chosen: chosen('fr', NOW), accepted: ['ja'] }, 'ja'],
    ['of the browser', { chosen: null, accepted: ['en', 'fr', 'ja'] }, 'ja'],
    ['of all of them', { request: asks('fr'), own: 'fr', chosen: chosen('fr', NOW), accepted: ['fr'] }, 'de'],
  ])('%s', (_, wishes, language) => {
    expect(negotiateLanguage(wishes, some)).toBe(language)
  })
})
