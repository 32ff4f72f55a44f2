import { Browser } from './driver/browser.ts'
import type { Connection } from './driver/connection.ts'
import { check, expectStatus } from './driver/expect.ts'
import { inLanes, LANES } from './driver/lanes.ts'
import { request } from './driver/request.ts'
import { createVisitors } from './driver/visitors.ts'
import { authorize, codeFrom } from './flows/authorize.ts'
import { DISCOVERY, type Running } from './flows/running.ts'
import { SCOPE, signIn, signInForOffline } from './flows/sign-in.ts'
import { exchange, refresh } from './flows/token.ts'
import { USERS, type User } from './world.ts'

/** One measured thing: done once on the given connection, checked, rejecting when the answer is wrong. */
export type Work = ((connection: Connection, lane: number) => Promise<void>) & {
  /** Brings one of it to where it begins. Not measured. */
  ready?: (connection: Connection, lane: number) => Promise<void>
}

export type Operation = {
  title: string
  /** How many make a batch: short, so that a machine whose speed drifts is equally fast for neighbouring batches. */
  batch: number
  /** Signs in whom the work needs. Not measured. */
  prepare: (running: Running) => Promise<Work>
}

/** What the peer does too. `target`: at most this share of its processor time. */
export type Compared = Operation & { target: number }

export const OPERATIONS: Compared[] = [
  { title: 'login flow', target: 0.5, batch: 60, prepare: login },
  { title: 'authorize, code, token (live session)', target: 0.5, batch: 120, prepare: withSession },
  { title: 'refresh', target: 0.9, batch: 300, prepare: refreshing },
  { title: 'userinfo', target: 0.45, batch: 1600, prepare: userinfo },
  { title: 'discovery', target: 0.45, batch: 4000, prepare: discovery },
]

/** Login page, password, code and tokens in a browser that was here long ago; each person in turn. */
export async function login(running: Running): Promise<Work> {
  const visit = createVisitors(running.origin)
  let next = 0
  return async (connection) => {
    const user = USERS[next++ % USERS.length] as User
    await signIn(visit(connection, user.username), running, user)
  }
}

async function withSession(running: Running): Promise<Work> {
  const lanes = await perLane(running, async (browser, user) => ({
    browser,
    ...(await signIn(browser, running, user)),
  }))
  return async (connection, lane) => {
    const { browser, subject } = lanes[lane] as (typeof lanes)[number]
    browser.connection = connection
    const { location, sent } = await authorize(browser, running, SCOPE)
    const tokens = await exchange(connection, running, codeFrom(location, running, sent), sent)
    check(tokens.subject === subject, 'a token for somebody else')
  }
}

async function refreshing(running: Running): Promise<Work> {
  const lanes = await perLane(running, async (browser, user) => {
    const { refreshToken, subject } = await signInForOffline(browser, running, user)
    check(refreshToken, 'no refresh token')
    return { refreshToken, subject }
  })
  return async (connection, lane) => {
    const state = lanes[lane] as (typeof lanes)[number]
    const tokens = await refresh(connection, running, state.refreshToken)
    check(tokens.subject === state.subject, 'a token for somebody else')
    state.refreshToken = tokens.refreshToken
  }
}

async function userinfo(running: Running): Promise<Work> {
  const lanes = await perLane(running, async (browser, user) => ({ user, ...(await signIn(browser, running, user)) }))
  const address = running.metadata.userinfo_endpoint
  return async (connection, lane) => {
    const { user, accessToken, subject } = lanes[lane] as (typeof lanes)[number]
    const authorization = `Authorization: Bearer ${accessToken}\r\n`
    const answer = expectStatus(await request(connection, address, authorization), 200)
    const claims = JSON.parse(answer.body)
    check(claims.sub === subject, 'the userinfo of somebody else')
    check(claims.email === user.email && claims.given_name === user.givenName, 'claims are missing')
  }
}

async function discovery(running: Running): Promise<Work> {
  const address = running.origin + DISCOVERY
  return async (connection) => {
    const answer = expectStatus(await request(connection, address), 200)
    check(answer.body === running.metadataText, 'other metadata than before')
  }
}

/** Does something once for each lane, with a browser and a person of its own. */
export async function perLane<T>(running: Running, each: (browser: Browser, user: User) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  await inLanes(running.port, LANES, async (connection) => {
    const user = USERS[made.length] as User
    made.push(await each(new Browser(connection, running.origin), user))
  })
  return made
}
