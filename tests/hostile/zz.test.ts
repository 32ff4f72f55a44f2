import { expect, test } from 'vitest'
import { openWorld } from './harness/world.ts'
import { fingerprint, letTimePass } from './harness/database.ts'
const world = await openWorld()
test('smoke', async () => {
  const b = world.browser()
  const t = await world.rp.obtainTokens(b, 'rp1', 'bob')
  console.log(t, [...b.jar], await fingerprint(world.rows))
  expect((await world.rp.userinfo(t.access_token)).status).toBe(200)
  await letTimePass(world.rows, 13 * 3600)
  expect((await world.rp.userinfo(t.access_token)).status).toBe(401)
})
