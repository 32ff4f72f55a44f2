import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { createAtHome } from '../testing/contacts.ts'
import { PASSWORD } from '../testing/world.ts'

test('another user name opens the account; the old one is free', async () => {
  const { browser, world, contacts, events } = await createAtHome()
  expect(await jsonOf(await browser.post('/api/me/username', { username: 'Bobby' }))).toMatchObject({
    username: { value: 'bobby' },
  })
  const there = world.browser()
  expect((await there.signIn(await there.open('/account'), 'bobby', PASSWORD)).step.kind).toBe('redirect')
  expect((await events()).filter(({ type }) => type === 'user.username_changed')).toHaveLength(1)
  await world.addUser('ann')
  const taken = await browser.post('/api/me/username', { username: 'ann' })
  expect(await jsonOf(taken)).toMatchObject({ code: 'invalid_input', fields: { username: ['taken'] } })
  expect(await contacts()).toMatchObject({ username: { value: 'bobby' } })
  for (const username of ['a b', 'bob@acme.test', '+4930901820', 'аdmin', 'x'.repeat(65)])
    await expectProblem(await browser.post('/api/me/username', { username }), 400, 'invalid_input')
})

test('names can be guessed so often an hour, and not where people may not choose', async () => {
  const { browser, world } = await createAtHome()
  await world.addUser('ann')
  for (let nth = 0; nth < 20; nth++) await browser.post('/api/me/username', { username: 'ann' })
  await expectProblem(await browser.post('/api/me/username', { username: 'ann' }), 429, 'too_many_attempts')
  await world.setPolicy('login', { allowUsernameChange: false })
  await expectProblem(await browser.post('/api/me/username', { username: 'bobby' }), 403, 'forbidden')
})
