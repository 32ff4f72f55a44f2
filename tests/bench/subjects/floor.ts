import { check, expectStatus, locationOf } from '../driver/expect.ts'
import { form } from '../driver/request.ts'
import { CLIENT } from '../world.ts'
import type { Subject } from './subject.ts'

const FLOOR = new URL('../floor/', import.meta.url).pathname

/** The least that could do these flows honestly: Hono, better-sqlite3 and nothing else. What no product can beat by much. */
export const floor: Subject = {
  name: 'bare floor',
  // it reads world.ts itself when it first starts
  install: async () => CLIENT,
  program: (at) => ({
    script: 'server.ts',
    folder: FLOOR,
    env: {
      PORT: String(at.port),
      PUBLIC_URL: at.origin,
      DATA_DIR: at.folder,
      SQLITE_SYNCHRONOUS: at.synchronous,
      SIGNING_KEY: at.signingKey,
    },
  }),
  async signIn(browser, page, user, password) {
    const shown = expectStatus(await browser.get(page), 200)
    check(shown.body.includes(`action="${page}"`), 'no form on the login page')
    return locationOf(await browser.post(page, form({ identifier: user.username, password })))
  },
}
