import { addThings, callOf, MANAGER_KEYS, type ManagerKey } from '../managed-things.ts'
import { BOB, type Scene } from '../scene.ts'
import { ISSUER, PASSWORD } from '../world.ts'
import type { Story } from './story.ts'

/** Bob owns the instance, and sits at his account pages. */
export const MANAGER_STORIES = Object.fromEntries(
  MANAGER_KEYS.map((key) => [
    key,
    {
      stranger: key.startsWith('GET ') ? 401 : 403,
      happy: async ({ world, acme, userId, browser }: Scene) => {
        await world.grant(userId, 'instance_owner')
        await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
        // the default organization can not be shut out
        const standing = await world.addOrganization('standing.test')
        const { db, repositories } = world.deps
        await db.transaction((tx) => repositories.organizations.makeDefault(tx, standing))
        const { method, path, body } = callOf(key, await addThings(world, acme))
        const headers = { 'content-type': 'application/json', origin: ISSUER }
        return browser.send(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
      },
    },
  ]),
) as Record<ManagerKey, Story>
