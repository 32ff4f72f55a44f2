import { expect, test } from 'vitest'
import { LANGUAGE_CODES } from '../languages.ts'
import { choiceOf, languagesPolicySchema } from './languages.ts'

test('nothing said is every language, and English', () => {
  expect(languagesPolicySchema.parse({})).toEqual({ default: 'en', allowed: null })
  expect(choiceOf({})).toEqual({ default: 'en', allowed: LANGUAGE_CODES })
})

test.each<[object, boolean]>([
  [{ default: 'fr' }, true],
  [{ default: 'fr', allowed: ['de', 'fr'] }, true],
  [{ default: 'fr', allowed: ['de'] }, false],
  [{ allowed: ['de'] }, false],
  [{ allowed: [] }, false],
  [{ default: 'tlh' }, false],
  [{ default: 'DE' }, false],
  [{ allowed: ['en', 'en-XA'] }, false],
  [{ others: ['de'] }, false],
])('%j can be applied: %s', (policy, isAccepted) => {
  expect(languagesPolicySchema.safeParse(policy).success).toBe(isAccepted)
})

test('the choice is in the order of the product, whatever the order of the policy', () => {
  expect(choiceOf({ default: 'ja', allowed: ['ja', 'de', 'en'] })).toEqual({
    default: 'ja',
    allowed: ['en', 'de', 'ja'],
  })
})

test.each([null, 'de', { default: 'tlh', allowed: ['tlh'] }, { default: 'fr', allowed: ['de'] }])(
  'a row that says %j leaves a choice as well',
  (stored) => {
    expect(choiceOf(stored)).toEqual({ default: 'en', allowed: LANGUAGE_CODES })
  },
)
