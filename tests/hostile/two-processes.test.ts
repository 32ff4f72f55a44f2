import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createBrowser } from './harness/browser.ts'
import { createRelyingParty } from './harness/relying-party.ts'
import { startServer } from './harness/server.ts'
import { DATABASES, openSides } from './harness/sides.ts'
import { discover } from './harness/world.ts'

describe.runIf(DATABASES.includes('PostgreSQL'))('N296 FAULT - of two processes the one that leads is killed', () => {
  test('the other one takes over what it led, and nothing is done twice', { timeout: 120_000 }, async () => {
    const { servers, rows, close } = await openSides('PostgreSQL')
    onTestFinished(close)
    const endpoints = await discover(servers[0]!)
    const signIn = (side: number) =>
      createRelyingParty(servers[side]!, endpoints).obtainCode(createBrowser(servers[side]!), 'clientConf', 'bob')
    const waiting = async () => Number((await rows('select count(*) as n from events where sequence is null'))[0]!.n)

    // whichever leads, one of the two that are killed is it
    for (const side of [0, 1]) {
      await signIn(side)
      await servers[side]!.kill()
      await signIn(1 - side)
      await expect.poll(waiting, { timeout: 30_000, interval: 250 }).toBe(0)
      servers[side] = await startServer(servers[side]!)
    }
    await sleep(3_000)
    const doubled = await rows(
      'select organization_id, sequence from events where sequence is not null group by organization_id, sequence having count(*) > 1',
    )
    expect(doubled).toEqual([])
    const signedIn = await rows("select id from events where type = 'user.signed_in'")
    expect(signedIn).toHaveLength(4)
  })
})
