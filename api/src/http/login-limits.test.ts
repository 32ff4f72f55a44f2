import { expect, test } from 'vitest'
import { guess } from '../testing/guesses.ts'
import { createScene, type Scene } from '../testing/scene.ts'

test('two hundred guesses from one address at whomever', async () => {
  const { browser } = await createScene({ env: { RATE_LIMIT_FACTOR: '0.1' } })
  for (let at = 0; at < 20; at++) expect((await guess(browser, `person${at}@acme.test`)).status).toBe(401)
  expect((await guess(browser, 'person99@acme.test')).status).toBe(429)
})

test('what an address guessed too often is no failure of anybody', async () => {
  const { browser, world } = await createScene({ env: { RATE_LIMIT_FACTOR: '0.1' } })
  for (let at = 0; at < 20; at++) await guess(browser, `person${at}@acme.test`)
  for (let at = 0; at < 20; at++) expect((await guess(browser, 'bob@acme.test')).status).toBe(429)
  expect((await guess(world.browser('198.51.100.5'), 'bob@acme.test')).status).toBe(401)
})

test('the limits are rows: they outlive a restart, and name no address and nobody that is not here', async () => {
  const { browser, deps, userId }: Scene = await createScene()
  await guess(browser, 'bob@acme.test')
  await guess(browser, 'nobody@acme.test')
  const { rateBuckets, loginFailures } = deps.db.tables
  const buckets = await deps.db.query.select().from(rateBuckets)
  expect(buckets.find(({ key }) => key.startsWith('guess/address/'))).toMatchObject({ used: 2 })
  const failures = await deps.db.query.select().from(loginFailures)
  expect(failures.map(({ key }) => key).toSorted()).toEqual([expect.stringMatching(/^name\/[\w-]{20,}$/), userId])
  for (const { key } of [...buckets, ...failures]) expect(key).not.toMatch(/bob|nobody|acme|203\.0/)
})
