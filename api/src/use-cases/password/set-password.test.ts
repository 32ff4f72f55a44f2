import { expect, test } from 'vitest'
import { guessOften } from '../../testing/guesses.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import {
  demandChange,
  lastReset,
  NEW_PASSWORD,
  openNewPassword,
  openReset,
  setNewPassword,
} from '../../testing/reset.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'
import { setUserPassword } from '../configuration/set-user-password.ts'
import { setPassword } from './set-password.ts'
import { createSetupLink } from './set-up-password.ts'

type Way = (scene: Scene) => Promise<{ begin: () => Promise<unknown>; end: () => Promise<unknown> }>

/** Every way to a new password, up to the moment before it is set, and that moment. */
const WAYS: Record<string, Way> = {
  'on the account pages': async ({ browser }) => ({
    begin: async () => browser.signIn(await browser.open('/account'), BOB, PASSWORD),
    end: () => browser.post('/api/me/password', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }),
  }),
  'where the login asks for one': async ({ browser, deps, userId }) => {
    await demandChange({ deps }, userId)
    const request = await browser.open(authorizePath('ledger'))
    return {
      begin: () => browser.signIn(request, BOB, PASSWORD),
      end: () => browser.post(`/api/login/${request}/change-password`, { newPassword: NEW_PASSWORD }),
    }
  },
  'by the code of a reset': async ({ browser, world }) => {
    let request = ''
    return {
      begin: async () => {
        request = await openNewPassword(world, browser)
      },
      end: () => setNewPassword(browser, request),
    }
  },
  'by the link of a reset': async ({ browser, world }) => ({
    begin: () => openReset(browser),
    end: async () =>
      browser.post('/api/password-reset', { token: (await lastReset(world)).token, newPassword: NEW_PASSWORD }),
  }),
  'by a link to set it up': async ({ browser, deps, userId }) => {
    const link = await deps.db.transaction((tx) => createSetupLink(deps, tx, userId))
    return {
      begin: async () => undefined,
      end: () => browser.post('/api/password-setup', { token: link.split('#')[1], newPassword: NEW_PASSWORD }),
    }
  },
  'by an operator': async ({ deps }) => ({
    begin: async () => undefined,
    end: () => setUserPassword(deps, { loginName: BOB, organization: null }, { newPassword: NEW_PASSWORD }),
  }),
  'by a configuration': async ({ deps, userId, acme }) => ({
    begin: async () => undefined,
    end: async () => {
      const hash = await deps.passwords.hash(NEW_PASSWORD)
      await deps.db.transaction((tx) => setPassword(deps, tx, { id: userId, organizationId: acme }, hash))
    },
  }),
}

test.each(Object.entries(WAYS))('a new password %s forgets the failures at the one before', async (_name, way) => {
  const scene = await createScene()
  const { begin, end } = await way(scene)
  await begin()
  await guessOften({ ...scene, browser: scene.world.browser('198.51.100.5') }, BOB, 4)
  const { loginFailures } = scene.deps.db.tables
  const failures = () => scene.deps.db.query.select().from(loginFailures)
  // proving the present one is a guess that was right, and forgets them by itself
  expect(await failures()).toMatchObject([{ failures: 4 }])
  await end()
  expect(await failures()).toEqual([])
  const browser = scene.world.browser()
  const answer = await browser.signIn(await browser.open(authorizePath('ledger')), BOB, NEW_PASSWORD)
  expect(answer.step.kind).toBe('redirect')
})
