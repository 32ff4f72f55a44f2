import type { Browser } from './driver/browser.ts'
import { check } from './driver/expect.ts'
import { createProver, signInBound } from './flows/bound.ts'
import { actAtApi, actForItself, introspect, revoke } from './flows/programs.ts'
import type { Running } from './flows/running.ts'
import { SCOPE, signIn } from './flows/sign-in.ts'
import { type Compared, perLane, type Work } from './operations.ts'

/** What programs ask for, and applications that trust no browser with their request. */
export const PROGRAM_OPERATIONS: Compared[] = [
  { title: 'client_credentials', target: 0.75, batch: 400, prepare: itself },
  { title: 'client_credentials, JWT that is kept by Vestibule only', target: 0.75, batch: 400, prepare: atApi },
  { title: 'introspection', target: 0.75, batch: 800, prepare: introspection },
  { title: 'revocation', target: 0.75, batch: 400, prepare: revocation },
  { title: 'pushed request, code, token (live session, DPoP)', target: 0.75, batch: 80, prepare: bound },
]

async function itself(running: Running): Promise<Work> {
  return async (connection) => void (await actForItself(connection, running))
}

async function atApi(running: Running): Promise<Work> {
  return (connection) => actAtApi(connection, running)
}

async function introspection(running: Running): Promise<Work> {
  const lanes = await perLane(running, (browser, user) => signIn(browser, running, user))
  return async (connection, lane) => {
    const { accessToken, subject } = lanes[lane] as (typeof lanes)[number]
    const { active, sub, client_id } = await introspect(connection, running, accessToken)
    check(active === true && sub === subject && client_id === running.client.id, 'said of somebody else')
  }
}

async function revocation(running: Running): Promise<Work> {
  const tokens: string[] = []
  const work: Work = (connection) => revoke(connection, running, tokens.pop() as string)
  work.ready = async (connection) => void tokens.push(await actForItself(connection, running))
  return work
}

async function bound(running: Running): Promise<Work> {
  const prove = createProver()
  const lanes = await perLane(running, async (browser, user) => ({
    browser,
    ...(await signIn(browser, running, user)),
  }))
  return async (connection, lane) => {
    const { browser, subject } = lanes[lane] as { browser: Browser; subject: string }
    browser.connection = connection
    check((await signInBound(browser, running, SCOPE, prove)).subject === subject, 'a token for somebody else')
  }
}
