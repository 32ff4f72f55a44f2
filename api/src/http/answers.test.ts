import { expect, test } from 'vitest'
import { routes } from '../testing/routes.ts'
import { createScene } from '../testing/scene.ts'
import { ACCOUNT_STORIES } from '../testing/stories/account-stories.ts'
import { LOGIN_STORIES } from '../testing/stories/login-stories.ts'
import { MANAGER_STORIES } from '../testing/stories/manager-stories.ts'
import { OWN_PROOF_STORIES } from '../testing/stories/own-proof-stories.ts'
import { PAGE_STORIES } from '../testing/stories/page-stories.ts'
import { PROOF_STORIES } from '../testing/stories/proof-stories.ts'
import { PROTOCOL_STORIES } from '../testing/stories/protocol-stories.ts'
import type { Story } from '../testing/stories/story.ts'
import type { RouteKey } from './access.ts'

/** A route without its stories does not compile. */
const STORIES: Record<RouteKey, Story> = {
  ...PAGE_STORIES,
  ...PROTOCOL_STORIES,
  ...LOGIN_STORIES,
  ...PROOF_STORIES,
  ...ACCOUNT_STORIES,
  ...OWN_PROOF_STORIES,
  ...MANAGER_STORIES,
}

test.each(routes)('$key: a stranger', async ({ key, method, path }) => {
  const { browser } = await createScene()
  expect((await browser.send(path, { method })).status).toBe(STORIES[key].stranger)
})

test.each(routes)('$key: whoever should get it', async ({ key }) => {
  const { status } = await STORIES[key].happy(await createScene())
  expect([200, 201, 302, 303]).toContain(status)
})
