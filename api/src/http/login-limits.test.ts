import { expect, test } from 'vitest'
import { jsonOf } from '../testing/answers.ts'
import type { Browser } from '../testing/browser.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { createScene, type Scene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

const WINDOW = 900

async function guess(browser: Browser, identifier: string, password = 'wrong') {
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  await browser.post(`/api/login/${request}/identifier`, { identifier })
  return browser.post(`/api/login/${request}/password`, { password })
}

/** At which attempt somebody is told to wait. */
async function attemptsUntilThrottled(browser: Browser, identifier: string): Promise<number> {
  for (let attempt = 1; attempt < 20; attempt++) if ((await guess(browser, identifier)).status === 429) return attempt
  return Infinity
}

test.each(['bob@acme.test', 'nobody@acme.test'])('%s has ten attempts from one address', async (identifier) => {
  const { browser } = await createScene()
  expect(await attemptsUntilThrottled(browser, identifier)).toBe(11)
})

test('Retry-After says when, and then it works', async () => {
  const { browser, clock } = await createScene()
  await attemptsUntilThrottled(browser, 'bob@acme.test')
  clock.advance(100)
  const refused = await guess(browser, 'bob@acme.test', PASSWORD)
  expect(refused.headers.get('retry-after')).toBe(String(WINDOW - 100))
  expect(await jsonOf(refused)).toMatchObject({ code: 'too_many_attempts', retryAfter: WINDOW - 100 })
  clock.advance(WINDOW - 100)
  expect((await guess(browser, 'bob@acme.test', PASSWORD)).status).toBe(200)
})

test('every name of one person counts as one, whatever its case', async () => {
  const { browser } = await createScene()
  for (const name of ['bob', 'BOB', 'bob@acme.test', ' Bob@Acme.Test '])
    for (const _ of [1, 2]) await guess(browser, name)
  expect(await attemptsUntilThrottled(browser, 'bob')).toBe(3)
})

test('the person is not shut out elsewhere', async () => {
  const { browser, world } = await createScene()
  await attemptsUntilThrottled(browser, 'bob@acme.test')
  expect((await guess(world.browser('198.51.100.5'), 'bob@acme.test', PASSWORD)).status).toBe(200)
})

test('who gets in has all attempts again', async () => {
  const { browser, world } = await createScene()
  for (let attempt = 0; attempt < 9; attempt++) await guess(browser, 'bob@acme.test')
  expect((await guess(browser, 'bob@acme.test', PASSWORD)).status).toBe(200)
  // at the same address, in a browser that does not know bob
  expect(await attemptsUntilThrottled(world.browser(), 'bob@acme.test')).toBe(11)
})

test('a hundred attempts on one name from everywhere', async () => {
  const { world } = await createScene({ env: { RATE_LIMIT_FACTOR: '0.1' } })
  for (let at = 0; at < 10; at++)
    expect((await guess(world.browser(`198.51.100.${at}`), 'bob@acme.test')).status).toBe(401)
  expect((await guess(world.browser('198.51.100.99'), 'bob@acme.test')).status).toBe(429)
})

test('two hundred attempts from one address on whoever', async () => {
  const { browser } = await createScene({ env: { RATE_LIMIT_FACTOR: '0.1' } })
  for (let at = 0; at < 20; at++) expect((await guess(browser, `person${at}@acme.test`)).status).toBe(401)
  expect((await guess(browser, 'person99@acme.test')).status).toBe(429)
})

test('the limits are rows: they outlive a restart, and name nobody', async () => {
  const { browser, deps }: Scene = await createScene()
  await guess(browser, 'bob@acme.test')
  const rows = await deps.db.query.select().from(deps.db.tables.rateBuckets)
  expect(rows.map(({ used }) => used)).toEqual([1, 1, 1])
  for (const { key } of rows) expect(key).not.toMatch(/bob|acme|203\.0/)
})
