import { Browser } from './driver/browser.ts'
import { check } from './driver/expect.ts'
import { inLanes } from './driver/lanes.ts'
import { createVisitors } from './driver/visitors.ts'
import { addPasskey, setUpApp, signInByPasskey, signInWithApp } from './flows/factors.ts'
import type { Running } from './flows/running.ts'
import { signIn } from './flows/sign-in.ts'
import { install } from './installation.ts'
import type { Work } from './operations.ts'
import type { OwnCost } from './own.ts'
import { alternate, type Effort, withServers } from './processor-time.ts'
import { vestibuleAs } from './subjects/vestibule.ts'
import { REAL_HASH, USERS, type User } from './world.ts'

/** Few hold passkeys. A code is used once in thirty seconds, so that many hold apps, and a batch is small. */
const [HOLDERS, USERS_OF_APPS] = [USERS.slice(0, 40), USERS.slice(40)]
const BATCH = 12

const { memoryCost, timeCost } = REAL_HASH
const HASH = `argon2id of ${memoryCost / 1024} MiB and ${timeCost} passes`

/** What the ways in cost beside each other, at one server: by passkey, by password, by password and a code of an app. */
export async function measureFactors(effort: Effort): Promise<OwnCost[]> {
  const env = { ARGON2_MEMORY_KIB: String(memoryCost), ARGON2_PASSES: String(timeCost) }
  const { installations, remove } = await install([vestibuleAs({ name: 'factors', env })], 'full')
  try {
    return await withServers(installations, async ([running]) => {
      check(running, 'no server')
      const { port, pid } = running
      const works = { password: byPassword(running), passkey: await byPasskey(running), app: await withApp(running) }
      const contenders = Object.entries(works).map(([name, work]) => ({ name, port, pid, work }))
      const rounds = await alternate(contenders, BATCH, effort)
      const of = (name: keyof typeof works) => rounds.get(name) ?? []
      const beside = { title: 'by password', rounds: of('password') }
      return [
        { title: `login flow by passkey, ${HASH} saved`, rounds: of('passkey'), beside, limit: { most: 1 } },
        { title: `login flow by password and app, ${HASH}`, rounds: of('app'), beside, limit: { most: null } },
      ]
    })
  } finally {
    remove()
  }
}

/** Each in turn, in a browser that was here long ago. */
function inTurn<Person>(
  { origin }: Running,
  people: Person[],
  each: (browser: Browser, person: Person) => Promise<unknown>,
): Work {
  const visit = createVisitors(origin)
  let next = 0
  return async (connection) => {
    const at = next++ % people.length
    await each(visit(connection, String(at)), people[at] as Person)
  }
}

const byPassword = (running: Running): Work =>
  inTurn(running, HOLDERS, (browser, user) => signIn(browser, running, user))

async function byPasskey(running: Running): Promise<Work> {
  const held = await equip(running, HOLDERS, (browser, user) => addPasskey(browser, running, user))
  return inTurn(running, held, (browser, { means }) => signInByPasskey(browser, running, means))
}

async function withApp(running: Running): Promise<Work> {
  const held = await equip(running, USERS_OF_APPS, (browser, user) => setUpApp(browser, running, user))
  return inTurn(running, held, (browser, { user, means }) => signInWithApp(browser, running, user, means))
}

/** Gives each of them what they sign in with. Not measured. */
async function equip<Held>(running: Running, people: User[], give: (browser: Browser, user: User) => Promise<Held>) {
  const equipped: { user: User; means: Held }[] = []
  let next = 0
  await inLanes(running.port, people.length, async (connection) => {
    const user = people[next++] as User
    equipped.push({ user, means: await give(new Browser(connection, running.origin), user) })
  })
  return equipped
}
