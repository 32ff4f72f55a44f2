import { Browser } from './driver/browser.ts'
import { Connection } from './driver/connection.ts'
import { check } from './driver/expect.ts'
import { authorize, codeFrom } from './flows/authorize.ts'
import type { Running } from './flows/running.ts'
import { SCOPE, signInForOffline } from './flows/sign-in.ts'
import { askForTokens, codeGrant, exchange, refresh, refreshGrant } from './flows/token.ts'
import { PASSWORD, USERS, type User } from './world.ts'

/**
 * Holds that a server does the work it is timed for: it refuses a wrong password, a used code, a wrong verifier and a rotated refresh
 * token. A server that skips one of these would look fast.
 */
export async function probe(running: Running): Promise<void> {
  const connection = await Connection.open(running.port)
  try {
    await refusesWrongPassword(new Browser(connection, running.origin), running)
    await refusesCode(new Browser(connection, running.origin), running)
    await refusesRotated(new Browser(connection, running.origin), running)
  } finally {
    connection.close()
  }
}

const PERSON = USERS.at(-1) as User

async function refusesWrongPassword(browser: Browser, running: Running): Promise<void> {
  const { location } = await authorize(browser, running, SCOPE)
  const outcome = await running.subject
    .signIn(browser, location, PERSON, `${PASSWORD}!`)
    .catch((error: unknown) => error)
  check(outcome instanceof Error, `${running.subject.name} took a wrong password`)
}

async function refusesCode(browser: Browser, running: Running): Promise<void> {
  const first = await authorize(browser, running, SCOPE)
  const stolen = codeFrom(await running.subject.signIn(browser, first.location, PERSON, PASSWORD), running, first.sent)

  const { location, sent } = await authorize(browser, running, SCOPE)
  await refused(browser.connection, running, codeGrant(stolen, sent))
  const code = codeFrom(location, running, sent)
  await exchange(browser.connection, running, code, sent)
  await refused(browser.connection, running, codeGrant(code, sent))
}

async function refusesRotated(browser: Browser, running: Running): Promise<void> {
  const { refreshToken } = await signInForOffline(browser, running, PERSON)
  check(refreshToken, `${running.subject.name} issued no refresh token`)
  await refresh(browser.connection, running, refreshToken)
  await refused(browser.connection, running, refreshGrant(refreshToken))
}

async function refused(connection: Connection, running: Running, form: Record<string, string>): Promise<void> {
  const { status, body } = await askForTokens(connection, running, form)
  check(
    status === 400 && JSON.parse(body).error === 'invalid_grant',
    `${running.subject.name} took ${JSON.stringify(form)}: ${body}`,
  )
}
