import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { physicalDeclarations } from './logical-css.ts'

const web = path.resolve(import.meta.dirname, '../../web/src')

test('no style names a side of the screen', () => {
  const files = fs.globSync('**/*.css', { cwd: web })
  expect(files.length).toBeGreaterThan(10)
  const found = files.flatMap((file) => physicalDeclarations(file, fs.readFileSync(path.join(web, file), 'utf8')))
  expect(found).toEqual([])
})

test.each([
  ['.a { left: 0 }', 'inset-inline-start'],
  ['.a { width: 1rem; }', 'inline-size'],
  ['.a { max-height: 1rem }', 'max-block-size'],
  ['.a { color: red; margin-left: 1rem }', 'margin-inline-start'],
  ['.a { & .b { border-right-color: red } }', 'border-inline-end-color'],
  ['.a { border-top-left-radius: 1px }', 'border-start-start-radius'],
  ['.a { text-align: right }', 'start or end (inline-start, inline-end)'],
  ['.a { padding: 0 1px 0 calc(2px + 1px) }', 'padding-block and padding-inline'],
  ['@media (width > 40rem) { .a { top: 0 } }', 'inset-block-start'],
])('%s', (css, instead) => {
  expect(physicalDeclarations('a.css', css)).toEqual([expect.stringContaining(`is physical, use ${instead}`)])
})

test.each([
  '.a { inset-inline-start: 0; inline-size: 1rem; margin-inline: auto 0 }',
  '@media (min-width: 40rem) { .a { color: red } }',
  '.a { transition: width 1s; --left: 1px; text-align: start; /* left: 0; */ }',
  '.a { padding: 0 1px; margin: 0 calc(1px + 2px) 3px calc(1px + 2px) }',
  ".a::before { content: '; left: 0;' }",
])('%s is free', (css) => {
  expect(physicalDeclarations('a.css', css)).toEqual([])
})
