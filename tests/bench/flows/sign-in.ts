import type { Browser } from '../driver/browser.ts'
import { PASSWORD, type User } from '../world.ts'
import { type Authorization, authorize, codeFrom } from './authorize.ts'
import type { Running } from './running.ts'
import { exchange, type Tokens } from './token.ts'

export const SCOPE = 'openid profile email'

/** The whole login flow: authorization request, login page, password, code, tokens. */
export async function signIn(browser: Browser, running: Running, user: User): Promise<Tokens> {
  return finish(browser, running, user, await authorize(browser, running, SCOPE))
}

/** The same, with a refresh token at the end: the application asks for consent, as offline access demands (OIDC Core 11). */
export async function signInForOffline(browser: Browser, running: Running, user: User): Promise<Tokens> {
  return finish(
    browser,
    running,
    user,
    await authorize(browser, running, `${SCOPE} offline_access`, { prompt: 'consent' }),
  )
}

async function finish(browser: Browser, running: Running, user: User, authorization: Authorization): Promise<Tokens> {
  const { sent } = authorization
  const location = await running.subject.signIn(browser, authorization.location, user, PASSWORD)
  return exchange(browser.connection, running, codeFrom(location, running, sent), sent)
}
