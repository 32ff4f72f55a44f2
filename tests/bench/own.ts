import { Browser } from './driver/browser.ts'
import { expectStatus } from './driver/expect.ts'
import { inLanes, LANES } from './driver/lanes.ts'
import { type Mailbox, openMailbox } from './driver/mailbox.ts'
import { request } from './driver/request.ts'
import { listSessions, openAccount, register, resetPassword } from './flows/account.ts'
import type { Running } from './flows/running.ts'
import { signIn } from './flows/sign-in.ts'
import { install } from './installation.ts'
import { freePort, startServer } from './machine/child.ts'
import { login, type Work } from './operations.ts'
import { alternate, type Contender, type Effort, withServers } from './processor-time.ts'
import type { Subject } from './subjects/subject.ts'
import { vestibuleAs } from './subjects/vestibule.ts'
import { PASSWORD, REAL_HASH, USERS, type User } from './world.ts'

/** Milliseconds of processor time, a value a round; `beside` was measured in alternation with it. */
export type OwnCost = {
  title: string
  rounds: number[]
  beside?: { title: string; rounds: number[] }
  /** What the two must be to each other: `beside` at least this share of it, or it at most that share of `beside`. */
  limit?: { least: number } | { most: number }
}

const FEW = 1_000
const FLOOR = new URL('./floor/', import.meta.url).pathname

/** Measures what the peer does not do, or not so: Vestibule beside itself, or beside what it can not be cheaper than. */
export async function measureOwn(effort: Effort, many: number): Promise<OwnCost[]> {
  const mailbox = await openMailbox()
  try {
    return [await measureRealLogin(effort), ...(await measureMails(effort, mailbox)), await measureCrowd(effort, many)]
  } finally {
    mailbox.close()
  }
}

/** The whole login with the hash that people have, beside the comparison of the hash alone. */
async function measureRealLogin(effort: Effort): Promise<OwnCost> {
  const { memoryCost, timeCost } = REAL_HASH
  const env = { ARGON2_MEMORY_KIB: String(memoryCost), ARGON2_PASSES: String(timeCost) }
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const bare = await startServer({ script: 'hash.ts', folder: FLOOR, env: { PORT: String(port) } }, origin)
  try {
    const compare: Work = async (connection) => void expectStatus(await request(connection, origin), 200)
    const hash = { name: 'argon2id alone', port, pid: bare.pid, work: compare }
    const [ours, alone] = await measure([vestibuleAs({ name: 'login', env })], login, 16, effort, [hash])
    const title = `login flow, argon2id of ${memoryCost / 1024} MiB and ${timeCost} passes`
    return { title, rounds: ours.rounds, beside: { title: hash.name, rounds: alone.rounds }, limit: { least: 0.85 } }
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
async function measureCrowd(effort: Effort, many: number): Promise<OwnCost> {
  const crowds = [many, FEW].map((crowd) => vestibuleAs({ name: `${crowd.toLocaleString('en')} users`, crowd }))
  const [ours, few] = await measure(crowds, listing, 800, effort)
  return {
    title: `list of sessions, ${ours.name}`,
    rounds: ours.rounds,
    beside: { title: few.name, rounds: few.rounds },
    limit: { most: 1.1 },
  }
}

type Measured = { name: string; rounds: number[] }

/** Installs and starts servers, and measures the same work at each of them and at those that run already. */
async function measure(
  subjects: Subject[],
  prepare: (running: Running) => Promise<Work>,
  batch: number,
  effort: Effort,
  others: Contender[] = [],
): Promise<[Measured, Measured]> {
  const { installations, remove } = await install(subjects, 'full')
  try {
    const rounds = await withServers(installations, async (servers) => {
      const contenders: Contender[] = []
      for (const running of servers) {
        const { subject, port, pid } = running
        contenders.push({ name: subject.name, port, pid, work: await prepare(running) })
      }
      return alternate([...contenders, ...others], batch, effort)
    })
    return [...rounds].map(([name, values]) => ({ name, rounds: values })) as [Measured, Measured]
  } finally {
    remove()
  }
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
