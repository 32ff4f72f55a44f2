import { expect, test } from 'vitest'
import { isCommon } from './common-password.ts'

const LIST = new Set(['password', 'sunshine', 'dragon', 'qwertyuiop', '123456', 'love'])
const common = (password: string) => isCommon(password, (word) => LIST.has(word))

test.each([
  'password',
  'PassWord',
  'p4ssw0rd',
  'P@$$w0rd',
  'pässwörd',
  'password1234',
  'Password2024!',
  '!!password!!',
  '12password34',
  'passwordpassword',
  'dragonsunshine',
  'DragonSunshine7!',
  'aaaaaaaaaaaa',
  'abababababab',
  '123412341234',
  'catcatcatcat',
  'abcdefghijklm',
  'zyxwvutsrqponm',
  'qwertyuiop123456',
])('%s is common', (password) => {
  expect(common(password)).toBe(true)
})

test.each([
  'seven quiet lanterns',
  'correct horse battery',
  'love letters from the sea',
  'sunshine on a rainy day',
  'password83927415',
  'dragon sunshine',
  '門前有一把舊鑰匙掛在那裡',
])('%s is not', (password) => {
  expect(common(password)).toBe(false)
})
