import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createBrowser } from '../hostile/harness/browser.ts'
import { send } from '../hostile/harness/http.ts'
import { passwordOf } from '../hostile/harness/people.ts'
import { createRelyingParty } from '../hostile/harness/relying-party.ts'
import { DATABASES, openSides } from '../hostile/harness/sides.ts'
import { discover } from '../hostile/harness/world.ts'

const VISITORS = 8
/** More than a pool holds, in each process. */
const SIGN_INS = 30

describe.runIf(DATABASES.includes('PostgreSQL'))('R20 PostgreSQL ends every connection, again and again', () => {
  test('who asks meanwhile gets an answer or a 503, nobody a 500, and ten seconds later all is well', {
    timeout: 120_000,
  }, async () => {
    const { servers, rows, close } = await openSides('PostgreSQL')
    onTestFinished(close)
    const [server] = servers
    const endpoints = await discover(server!)
    const rp = createRelyingParty(server!, endpoints)
    const statuses = new Map<number, number>()
    let isOver = false
    const visitor = async () => {
      while (!isOver) {
        const browser = createBrowser(server!)
        const opened = await browser.get(rp.authorizePath('clientConf'))
        const id = /req_[0-9a-f]+/.exec(opened.headers.location ?? '')?.[0]
        const answer = id ? await browser.signIn(id, 'bob', passwordOf('bob')) : opened
        for (const { status } of [opened, answer]) statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }
    const visitors = Array.from({ length: VISITORS }, visitor)
    const database = (await rows('select current_database() as name'))[0]!.name
    const admin = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL })
    await admin.connect()
    for (let at = 0; at < 30; at++) {
      await sleep(100)
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name <> 'tests'",
        [database],
      )
    }
    await admin.end()
    isOver = true
    await Promise.all(visitors)
    expect([...statuses.keys()].filter((status) => status >= 500)).not.toContain(500)

    const since = performance.now()
    await expect
      .poll(async () => (await send(server!, { path: '/readyz' })).status, { timeout: 10_000, interval: 100 })
      .toBe(200)
    for (let at = 0; at < SIGN_INS; at++) await rp.obtainCode(createBrowser(server!), 'clientConf', 'alice')
    console.log(
      `R20: ${JSON.stringify(Object.fromEntries(statuses))}, well after ${Math.round(performance.now() - since)} ms`,
    )
    expect(server!.child.exitCode).toBeNull()
  })
})
