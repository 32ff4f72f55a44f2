import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const example = [...read('../../.env.example').matchAll(/^#([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(
  ([, name = '', value = '']) => [name, value] as const,
)

test('.env.example lists every setting once, and nothing else', () => {
  const known = [...read('./settings.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]*): /gm)].map(([, name = '']) => name)
  // those that have an explanation stand in the source twice
  expect(example.map(([name]) => name).toSorted()).toEqual([...new Set(known)].toSorted())
})

test('the values of .env.example are the defaults', () => {
  expect(readSettings(Object.fromEntries(example))).toEqual(readSettings({}))
})

test('.env.example changes nothing as it is', () => {
  const set = read('../../.env.example')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(set).toEqual([])
})
