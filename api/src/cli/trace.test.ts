import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ALL_TRACE_CHECKS, TRACE_REASONS } from '@vestibule/shared/trace.ts'
import { expect, test } from 'vitest'
import type { Trace } from '../domain/traces/trace.ts'
import { openSqlite } from '../persistence/open-sqlite.ts'
import { createInstallation } from './testing/terminal.ts'
import { REASONS, REMEDIES } from './trace-words.ts'

const ID = '0b6f3f5e-8d1c-4b52-9f0c-2a1b7c9d4e10'
const guide = readFileSync(new URL('../../../docs/guides/errors.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ')

async function installed(more: Partial<Trace> = {}) {
  const installation = createInstallation()
  await installation.type(['migrate'])
  const db = openSqlite(join(installation.dataDir, 'vestibule.db'))
  const row = {
    id: ID,
    at: 0,
    path: 'authorize',
    owner: 'instance',
    error: 'invalid_request',
    clientId: 'shop',
  } as const
  const uris = { expected: 'https://shop.test/callback', got: 'https://shop.test/callback/' }
  await db.query
    .insert(db.tables.traces)
    .values({ ...row, applicationId: 'app_1' as never, check: 'redirect_uri', reason: 'mismatch', ...uris, ...more })
  await db.close()
  return installation
}

test('vestibule trace says each check, which one failed, where two addresses differ, and what to do', async () => {
  const { type } = await installed()
  const { code, out } = await type(['trace', ID.toUpperCase()])
  expect(code).toBe(0)
  expect(out.split('\n').slice(0, 10)).toEqual([
    'authorize of shop, at 1970-01-01T00:00:00.000Z: invalid_request',
    '',
    '  ✓ form',
    '  ✓ client',
    '  ✓ request_uri',
    '  ✗ redirect_uri is another than it has to be',
    '      expected  https://shop.test/callback',
    '      got       https://shop.test/callback/',
    '                                          ^ differs from here',
    '  · pushed',
  ])
  expect(out).toContain(REMEDIES.redirect_uri)
})

test('of a client that nobody knows it says so', async () => {
  const { type } = await installed({
    applicationId: null,
    check: 'client',
    reason: 'unknown',
    expected: null,
    got: 'shop',
  })
  const { out } = await type(['trace', ID])
  expect(out).toContain('authorize of shop, which nobody knows')
  expect(out).toContain('  ✗ client names nothing that is known here\n      got       shop\n')
})

test.each([ID.replace('0', '1'), 'x', "' or 1=1"])('there is no trace %s', async (id) => {
  const { type } = await installed()
  expect(await type(['trace', id])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('no such trace') })
})

test.each(ALL_TRACE_CHECKS)('the guide says what to do about %s, in the words of the command', (check) => {
  expect(guide).toContain(`| \`${check}\` | ${REMEDIES[check]} |`)
})

test.each(TRACE_REASONS)('the guide says what %s means', (reason) => {
  expect(guide).toContain(`| \`${reason}\` | ${REASONS[reason]} |`)
})

test('the guide names no check that is not there', () => {
  const named = [...guide.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual([...ALL_TRACE_CHECKS, ...TRACE_REASONS].toSorted())
})
