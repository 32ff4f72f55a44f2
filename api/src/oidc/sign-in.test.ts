import { expect, test } from 'vitest'
import { obtainTokens, userinfoRequest } from '../testing/relying-party.ts'
import { createWorld } from '../testing/world.ts'

test('a person signs in and the application gets tokens', async () => {
  const world = await createWorld()
  const userId = await world.addUser('bob')
  await world.addApplication('ledger')
  const tokens = await obtainTokens(world, world.browser(), 'ledger', 'bob@acme.test', {
    scope: 'openid profile email',
  })
  const answer = await userinfoRequest(world, tokens.access_token)
  expect(await answer.json()).toMatchObject({
    sub: userId,
    email: 'bob@acme.test',
    email_verified: true,
    given_name: 'bob',
  })
})
