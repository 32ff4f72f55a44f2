import { expect, test } from 'vitest'
import { LANGUAGE_CODES, type Language } from '../shared/src/languages.ts'
import { allTexts } from './testing/read-texts.ts'

const SIGNS = { 'mail:pair': 'a colon is set as in English', 'mail:head': 'a colon is set as in English' }

/** The texts that are the same words as in English, and why that is right. */
const SAME_WORDS: Partial<Record<Language, Record<string, string>>> = {
  de: {
    'account:about.name': 'the same word',
    'profile:about.website': 'the same word',
    'mail:factors.passkey': 'the same word',
    'account:rooms.passkeys': 'the same word',
    'passkeys:title': 'the same word',
    'passkeys:unnamed': 'the same word',
    'factors:names.passkey': 'the same word',
    ...SIGNS,
  },
  fr: {
    'account:rooms.sessions': 'the same word',
    'account:sessions.title': 'the same word',
    'account:rooms.applications': 'the same word',
    'profile:applications.title': 'the same word',
  },
  es: { 'common:title_with_error': 'the same word', ...SIGNS },
  ar: SIGNS,
}
const IN_EVERY_LANGUAGE: Record<string, string> = {
  'common:title': 'two names with a dash between them',
}

test.each(LANGUAGE_CODES.filter((language) => language !== 'en'))(
  '%s repeats English only where it should',
  (language) => {
    const english = new Map(allTexts('en'))
    const same = allTexts(language).flatMap(([key, text]) => (english.get(key) === text ? [key] : []))
    const allowed = [...Object.keys(IN_EVERY_LANGUAGE), ...Object.keys(SAME_WORDS[language] ?? {})]
    expect(same.sort()).toEqual(allowed.sort())
  },
)
