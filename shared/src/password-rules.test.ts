import { describe, expect, test } from 'vitest'
import { newPasswordSchema, PASSWORD_LEAST, PASSWORD_MOST, passwordSetupSchema } from './password-rules.ts'

const problems = (password: unknown) =>
  newPasswordSchema
    .safeParse(password)
    .error?.issues.map((issue) => ('params' in issue ? issue.params?.problem : issue.code))

describe('a new password', () => {
  test('has 12 to 128 characters', () => {
    expect([PASSWORD_LEAST, PASSWORD_MOST]).toEqual([12, 128])
    expect(problems('x'.repeat(11))).toEqual(['too_short'])
    expect(problems('x'.repeat(12))).toBeUndefined()
    expect(problems('x'.repeat(128))).toBeUndefined()
    expect(problems('x'.repeat(129))).toEqual(['too_long'])
    expect(problems('')).toEqual(['too_short'])
  })

  test.each([
    ['an emoji of two UTF-16 units', '🔑'],
    ['a letter outside the basic plane', '𐐷'],
    ['a Chinese character of three bytes', '門'],
  ])('counts %s as one', (_, character) => {
    expect(problems(character.repeat(11))).toEqual(['too_short'])
    expect(problems(character.repeat(12))).toBeUndefined()
    expect(problems(character.repeat(128))).toBeUndefined()
    expect(problems(character.repeat(129))).toEqual(['too_long'])
  })

  test('may hold spaces and any script, and comes through unchanged', () => {
    for (const password of [
      '  three blanks  ',
      'correct horse battery',
      'пароль из слов',
      'كلمة مرور طويلة',
      'e\u0301'.repeat(6),
    ]) {
      expect(newPasswordSchema.parse(password)).toBe(password)
    }
  })

  test('is a text', () => {
    for (const value of [undefined, null, 123456789012, ['xxxxxxxxxxxx'], {}]) {
      expect(newPasswordSchema.safeParse(value).success).toBe(false)
    }
  })
})

test('setting a password takes a token and nothing beside it', () => {
  const setup = { token: 't', newPassword: 'correct horse battery' }
  const accepts = (input: unknown) => passwordSetupSchema.safeParse(input).success
  expect(accepts(setup)).toBe(true)
  expect(accepts({ ...setup, token: '' })).toBe(false)
  expect(accepts({ ...setup, token: 'x'.repeat(129) })).toBe(false)
  expect(accepts({ ...setup, user: 'usr_1' })).toBe(false)
  expect(accepts({ newPassword: setup.newPassword })).toBe(false)
})
