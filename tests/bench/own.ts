import { Browser } from './driver/browser.ts'
import type { Connection } from './driver/connection.ts'
import { check, expectStatus } from './driver/expect.ts'
import { inLanes, LANES } from './driver/lanes.ts'
import { type Mailbox, openMailbox } from './driver/mailbox.ts'
import { request } from './driver/request.ts'
import { createVisitors } from './driver/visitors.ts'
import { measureFactors } from './factors.ts'
import { listSessions, openAccount, register, resetPassword } from './flows/account.ts'
import { authorize } from './flows/authorize.ts'
import type { Running } from './flows/running.ts'
import { SCOPE, signIn } from './flows/sign-in.ts'
import { freePort, startServer } from './machine/child.ts'
import { measure, type Prepare } from './measure.ts'
import { login, type Work } from './operations.ts'
import { measureServiceUsers } from './own-programs.ts'
import type { Effort } from './processor-time.ts'
import { enterPassword, identify, vestibuleAs } from './subjects/vestibule.ts'
import { PASSWORD, REAL_HASH, USERS, type User } from './world.ts'

/** Milliseconds of processor time, a value a round; `beside` was measured in alternation with it. */
export type OwnCost = {
  title: string
  rounds: number[]
  beside?: { title: string; rounds: number[] }
  /** What the two must be to each other: `beside` at least this share of it, or it at most that share of `beside` (null: any). */
  limit?: { least: number | null } | { most: number | null }
}

const FEW = 1_000
const FLOOR = new URL('./floor/', import.meta.url).pathname

/** Measures what the peer does not do, or not so: Vestibule beside itself, or beside what it can not be cheaper than. */
export async function measureOwn(
  effort: Effort,
  many: number,
  isWanted: (row: { title: string }) => boolean,
): Promise<OwnCost[]> {
  const mailbox = await openMailbox()
  const parts = [
    { title: 'password step, login flow', measure: () => measureRealLogin(effort) },
    { title: 'login flow by passkey, by password and app', measure: () => measureFactors(effort) },
    { title: 'registration, password reset', measure: () => measureMails(effort, mailbox) },
    { title: 'JWT bearer', measure: () => measureServiceUsers(effort) },
    { title: 'list of sessions', measure: () => measureCrowd(effort, many) },
  ]
  try {
    const costs: OwnCost[] = []
    for (const part of parts.filter(isWanted)) costs.push(...(await part.measure()))
    return costs
  } finally {
    mailbox.close()
  }
}

/**
 * What the password costs with the hash that people have, beside the comparison of the hash alone: the step with its session and its code,
 * and the whole login with its pages.
 */
async function measureRealLogin(effort: Effort): Promise<OwnCost[]> {
  const { memoryCost, timeCost } = REAL_HASH
  const env = { ARGON2_MEMORY_KIB: String(memoryCost), ARGON2_PASSES: String(timeCost) }
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const bare = await startServer({ script: 'hash.ts', folder: FLOOR, env: { PORT: String(port) } }, origin)
  try {
    const compare: Work = async (connection) => void expectStatus(await request(connection, origin), 200)
    const alone = { name: 'argon2id alone', port, pid: bare.pid, work: compare }
    const hash = `argon2id of ${memoryCost / 1024} MiB and ${timeCost} passes`
    const beside = async (title: string, prepare: Prepare) => {
      // a batch is short, because it takes long: what runs in it has to be warm all the same
      const warm = { ...effort, warming: effort.warming * 4 }
      const [ours, floor] = await measure([vestibuleAs({ name: title, env })], prepare, 16, warm, [alone])
      return { title: `${title}, ${hash}`, rounds: ours.rounds, beside: { title: alone.name, rounds: floor.rounds } }
    }
    const step = await beside('password step', enteringPasswords)
    const flow = await beside('login flow', login)
    return [
      { ...step, limit: { least: 0.85 } },
      { ...flow, limit: { least: null } },
    ]
  } finally {
    await bare.stop()
  }
}

/** What sends a code: its mail is written, delivered and counted too. */
async function measureMails(effort: Effort, mailbox: Mailbox): Promise<OwnCost[]> {
  const subject = vestibuleAs({ name: 'mails', env: { MAIL_URL: mailbox.url, LOOPBACK_REQUESTS: 'on' } })
  const [registration] = await measure([subject], registering(mailbox), 40, effort)
  const [reset] = await measure([subject], resetting(mailbox), 40, effort)
  return [
    { title: 'registration, from the application and back', rounds: registration.rounds },
    { title: 'password reset, up to the new password', rounds: reset.rounds },
  ]
}

/** The same list where a thousand people are signed in, and where very many are. */
async function measureCrowd(effort: Effort, many: number): Promise<OwnCost[]> {
  const crowds = [many, FEW].map((crowd) => vestibuleAs({ name: `${crowd.toLocaleString('en')} users`, crowd }))
  const [ours, few] = await measure(crowds, listing, 800, effort)
  const beside = { title: few.name, rounds: few.rounds }
  return [{ title: `list of sessions, ${ours.name}`, rounds: ours.rounds, beside, limit: { most: 1.1 } }]
}

/** People who come as far as the password before anything is measured, and then enter it. */
async function enteringPasswords(running: Running): Promise<Work> {
  const waiting: ((connection: Connection) => Promise<void>)[] = []
  const visit = createVisitors(running.origin)
  let next = 0
  const work: Work = (connection) => (waiting.pop() as (typeof waiting)[number])(connection)
  work.ready = async (connection) => {
    const user = USERS[next++ % USERS.length] as User
    const browser = visit(connection, user.username)
    const { location } = await authorize(browser, running, SCOPE)
    const request = await identify(browser, location, user)
    waiting.push(async (later) => {
      browser.connection = later
      check((await enterPassword(browser, request, PASSWORD)).redirect, 'not let in')
    })
  }
  return work
}

const registering = (mailbox: Mailbox) => async (running: Running) => {
  let next = 0
  const work: Work = (connection) =>
    register(new Browser(connection, running.origin), running, mailbox, `nia${next++}@new.example`)
  return work
}

const resetting = (mailbox: Mailbox) => async (running: Running) => {
  let next = 0
  const work: Work = (connection) => {
    const user = USERS[next++ % USERS.length] as User
    return resetPassword(new Browser(connection, running.origin), running, mailbox, user, `${PASSWORD} ${next}`)
  }
  return work
}

/** Everybody in turn, each in a browser of their own. */
async function listing(running: Running): Promise<Work> {
  const browsers: Browser[] = []
  let signedIn = 0
  await inLanes(running.port, USERS.length, async (connection) => {
    const browser = new Browser(connection, running.origin)
    await signIn(browser, running, USERS[signedIn++] as User)
    await openAccount(browser)
    browsers.push(browser)
  })
  const share = browsers.length / LANES
  const next = Array.from({ length: LANES }, () => 0)
  return async (connection, lane) => {
    // nobody is in two lanes at once
    const browser = browsers[lane * share + (next[lane]!++ % share)] as Browser
    browser.connection = connection
    await listSessions(browser)
  }
}
