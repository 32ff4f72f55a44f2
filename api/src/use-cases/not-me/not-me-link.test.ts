import { expect, test } from 'vitest'
import { tokenHash } from '../../crypto/token.ts'
import { createScene } from '../../testing/scene.ts'
import { setPassword } from '../password/set-password.ts'
import { createNotMeLink } from './not-me-link.ts'

const MONTH = 30 * 86_400

const opened = async () => {
  const { deps, userId, acme, clock } = await createScene()
  const link = () => deps.db.transaction((tx) => createNotMeLink(deps, tx, userId))
  const consume = (address: string) =>
    deps.db.transaction((tx) =>
      deps.repositories.oneTimeLinks.consume(tx, {
        tokenHash: tokenHash(address.split('#')[1]!),
        purpose: 'not_me',
        now: clock.now(),
      }),
    )
  return { deps, userId, acme, clock, link, consume }
}

test('each notice has a link of its own, good once and for thirty days', async () => {
  const { link, consume, clock, userId } = await opened()
  const [first, second] = [await link(), await link()]
  expect(first).toMatch(/^http:\/\/localhost:3000\/not-me#vl_[\w-]{43}$/)
  expect(await consume(second)).toMatchObject({ userId })
  clock.advance(MONTH - 1)
  expect(await consume(first)).toMatchObject({ userId })
  expect(await consume(first)).toBeNull()
  const third = await link()
  clock.advance(MONTH)
  expect(await consume(third)).toBeNull()
})

test('a new password does not switch it off', async () => {
  const { deps, link, consume, userId, acme } = await opened()
  const before = await link()
  await deps.db.transaction((tx) => setPassword(deps, tx, { id: userId, organizationId: acme }, 'a hash'))
  expect(await consume(before)).not.toBeNull()
})
