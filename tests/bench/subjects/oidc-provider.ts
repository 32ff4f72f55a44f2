import { check, expectStatus, locationOf } from '../driver/expect.ts'
import { form } from '../driver/request.ts'
import { CLIENT, REDIRECT_URI } from '../world.ts'
import type { Subject } from './subject.ts'

const PEER = new URL('../peer/', import.meta.url).pathname

const peer = (env: Record<string, string>): Subject => ({
  name: 'oidc-provider',
  // it reads world.ts itself when it first starts
  install: async () => CLIENT,
  program: (at) => ({
    script: 'server.ts',
    folder: PEER,
    env: {
      PORT: String(at.port),
      PUBLIC_URL: at.origin,
      DATA_DIR: at.folder,
      SQLITE_SYNCHRONOUS: at.synchronous,
      SIGNING_KEY: at.signingKey,
      ...env,
    },
  }),
  async signIn(browser, page, user, password) {
    let next = page
    // the login, and once more the consent when the application asks for one
    for (let pages = 0; pages < 2 && next.startsWith('/interaction/'); pages++) {
      const shown = expectStatus(await browser.get(next), 200)
      check(shown.body.includes(`action="${next}"`), 'no form on the interaction page')
      const resume = locationOf(await browser.post(next, form({ identifier: user.username, password })))
      next = locationOf(await browser.get(resume))
    }
    check(next.startsWith(REDIRECT_URI), `not at the relying party: ${next}`)
    return next
  },
})

/** The named peer: the certified `oidc-provider` with a better-sqlite3 adapter. */
export const oidcProvider = peer({})

/** The same, with what programs need switched on. */
export const oidcProviderForPrograms = peer({ PROGRAMS: 'on' })
