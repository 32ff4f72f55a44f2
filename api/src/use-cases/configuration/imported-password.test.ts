import { expect, test } from 'vitest'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { createWorld } from '../../testing/world.ts'
import { acme, createInstance } from './testing/instance.ts'

const KNOWN = 'test12345'
const PHPASS = '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'

test('a hash from elsewhere lets its owner in, and is made anew by that', async () => {
  const world = await createWorld()
  const { deps } = world
  const userId = await world.addUser('ada', { password: null })
  await deps.db.transaction((tx) =>
    deps.repositories.users.setPassword(tx, { id: 'crd_1' as never, userId, hash: PHPASS, now: deps.clock.now() }),
  )
  const hash = async () => (await deps.repositories.users.findPassword(userId))?.hash

  const browser = world.browser()
  const wrong = await browser.signIn(await browser.open('/account'), 'ada@acme.test', 'test12346')
  expect(wrong).not.toHaveProperty('step')
  expect(await hash()).toBe(PHPASS)
  const right = await browser.signIn(await browser.open('/account'), 'ada@acme.test', KNOWN)
  expect(right.step.kind).toBe('redirect')
  expect(await hash()).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/)
  const again = world.browser()
  expect((await again.signIn(await again.open('/account'), 'ada@acme.test', KNOWN)).step.kind).toBe('redirect')
})

test('what is no hash, or one that would stop the server, is refused with its place', async () => {
  const { faults } = await createInstance(await openTestDatabase())
  const said = (passwordHash: string) => faults(acme({ users: [{ username: 'ada', passwordHash }] }))
  const at = 'organizations[0].users[0].passwordHash'
  expect(await said('5f4dcc3b5aa765d61d8327deb882cf99')).toEqual([expect.stringContaining(`${at} must be a hash by`)])
  expect(await said(`$2b$31$${'x'.repeat(53)}`)).toEqual([`${at} costs too much to check.`])
})
