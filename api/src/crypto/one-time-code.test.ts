import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { readDigitCode, readSignCode, SIGNS } from '../domain/one-time-code.ts'
import { newDigitCode, newSignCode } from './one-time-code.ts'

const many = Array.from({ length: 2_000 })

test('codes read back as they were made', () => {
  for (const _ of many.slice(0, 200)) {
    const [digits, signs] = [newDigitCode(randomBytes), newSignCode(randomBytes)]
    expect(readDigitCode(digits)).toBe(digits)
    expect(readSignCode(signs.toLowerCase())).toBe(signs)
  }
})

test('every digit and every sign comes up, and about equally often', () => {
  const count = (text: string, sign: string) => text.split(sign).length - 1
  const digits = many.map(() => newDigitCode(randomBytes)).join('')
  for (const digit of '0123456789') expect(count(digits, digit)).toBeGreaterThan(1_000)
  for (const digit of '0123456789') expect(count(digits, digit)).toBeLessThan(1_400)
  const signs = many.map(() => newSignCode(randomBytes)).join('')
  for (const sign of SIGNS) expect(count(signs, sign)).toBeGreaterThan(350)
})

test('bytes that would make some digits likelier are passed over', () => {
  const bytes = Buffer.from([250, 251, 252, 253, 254, 255, 1, 2, 3, 4, 5, 6])
  expect(newDigitCode(() => bytes)).toBe('123456')
})
