import { expect, test } from 'vitest'
import { createParser, withDefaults } from './parse-once.ts'

const parseOnce = createParser()
const text = (name: string) => JSON.stringify({ name, list: [{ a: null }] })

test('the same text is the same value, which nobody can change', () => {
  const value = parseOnce(text('x')) as { name: string; list: object[] }
  expect(value).toEqual({ name: 'x', list: [{ a: null }] })
  expect(parseOnce(text('x'))).toBe(value)
  expect(() => value.list.push({})).toThrow(TypeError)
  expect(() => Object.assign(value.list[0]!, { a: 1 })).toThrow(TypeError)
})

test('another text is another value, and text that is no JSON is none', () => {
  expect(parseOnce(text('y'))).toEqual({ name: 'y', list: [{ a: null }] })
  expect(parseOnce('null')).toBe(null)
  expect(() => parseOnce('{')).toThrow(SyntaxError)
})

test('a thousand texts are remembered, no more, and none that is long', () => {
  const parseOnce = createParser()
  const [first, long] = [text('first'), text('long'.repeat(2_000))]
  const [known, knownLong] = [parseOnce(first), parseOnce(long)]
  expect(parseOnce(long)).not.toBe(knownLong)
  for (let at = 0; at < 999; at++) parseOnce(String(at))
  expect(parseOnce(first)).toBe(known)
  parseOnce('"one more"')
  expect(parseOnce(first)).not.toBe(known)
})

test('what is stored stands over its defaults, put together once', () => {
  const complete = withDefaults({ a: 1, b: 2 })
  const stored = { b: 3 }
  expect(complete(stored)).toEqual({ a: 1, b: 3 })
  expect(complete(stored)).toBe(complete(stored))
  expect([complete(null), complete(undefined)]).toEqual([
    { a: 1, b: 2 },
    { a: 1, b: 2 },
  ])
})
