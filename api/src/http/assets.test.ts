import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from '../app.ts'
import { createWorld, SITE } from '../testing/world.ts'

const FILES = {
  'page-1.js': 'plain',
  'page-1.js.br': 'brotli',
  'page-1.js.gz': 'gzip',
  'font-2.woff2': 'font',
  'notes.txt': 'x',
}

/** A built site whose assets are a script in two compressed forms, a font, and a file that is no asset. */
async function createSite(files: Record<string, string> = FILES) {
  const folder = mkdtempSync(join(tmpdir(), 'site-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(SITE, folder, { recursive: true, filter: (path) => !path.endsWith('assets') })
  if (files === FILES) mkdirSync(join(folder, 'assets'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'assets', name), content)
  const { deps } = await createWorld()
  const app = createApp(deps, { web: pathToFileURL(`${folder}/`) })
  return (file: string, accept = '') => app.request(`/assets/${file}`, { headers: { 'accept-encoding': accept } })
}

test.each([
  ['', 'plain', null],
  ['gzip, deflate', 'gzip', 'gzip'],
  ['gzip, deflate, br', 'brotli', 'br'],
  ['zstd', 'plain', null],
])('accepting %j a browser gets the %s form', async (accept, body, encoding) => {
  const response = await (await createSite())('page-1.js', accept)
  expect([response.status, await response.text(), response.headers.get('content-encoding')]).toEqual([
    200,
    body,
    encoding,
  ])
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(response.headers.get('vary')).toBe('Accept-Encoding')
})

test('a file without compressed forms is sent as it is', async () => {
  const response = await (await createSite())('font-2.woff2', 'br, gzip')
  expect([await response.text(), response.headers.get('content-type')]).toEqual(['font', 'font/woff2'])
})

test.each(['missing.js', 'notes.txt', 'page-1.js.br', '..%2fpage-1.js', '.', '%252e%252e', 'PAGE-1.JS', '__proto__'])(
  '%s is not there',
  async (file) => {
    expect((await (await createSite())(file)).status).toBe(404)
  },
)

test('the names carry their content, so that browsers keep them for good', async () => {
  const response = await (await createSite())('page-1.js')
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(response.headers.has('pragma')).toBe(false)
})

test('a site that was built without assets has none', async () => {
  expect((await (await createSite({}))('page-1.js')).status).toBe(404)
})
