import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FOLDERS = ['api/src/**/*.test.ts', 'tests/**/*.{test,spec}.ts']
const OWN = 'every-sentence.test.ts'

/** `- **AZ1** A sentence.` with the title of a test that shows it in the line below. */
const SENTENCE = /^- \*\*([A-Z]{1,2}\d{1,2})\*\* (.+)\n {2}`(.+)`$/gm

const list = readFileSync(`${ROOT}docs/protocol.md`, 'utf8')
const sentences = [...list.matchAll(SENTENCE)].map(([, number = '', , title = '']) => ({ number, title }))
const files = globSync(FOLDERS, { cwd: ROOT }).filter((file) => !file.endsWith(OWN) && !file.includes('node_modules'))
const sources = files.map((file) => readFileSync(ROOT + file, 'utf8'))

const isTitle = (title: string) =>
  ["'", '"', '`'].some((quote) => sources.some((text) => text.includes(quote + title + quote)))

test('docs/protocol.md names a test for every sentence that it says', () => {
  const numbers = sentences.map(({ number }) => number)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(list.match(/^- /gm), 'each line that says something has a title below it').toHaveLength(numbers.length)
  expect(sentences.filter(({ title }) => !isTitle(title))).toEqual([])
  expect(sentences.filter(({ number, title }) => !new RegExp(`\\b${number}\\b`).test(title))).toEqual([])
  console.log(`docs/protocol.md: ${numbers.length} sentences, each shown by a test`)
})

test('a number that a test of the protocol carries stands in docs/protocol.md', () => {
  const known = new Set(sentences.map(({ number }) => number))
  const carried = files
    .filter((file) => file.startsWith('api/src/oidc/'))
    .flatMap((file) => [...readFileSync(ROOT + file, 'utf8').matchAll(/['`]([A-Z]{1,2}\d{1,2})[ ,]/g)])
    .map(([, number = '']) => number)
    // attacks have numbers of their own
    .filter((number) => !/^(N\d|R\d)/.test(number))
  expect([...new Set(carried)].filter((number) => !known.has(number))).toEqual([])
})
