import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openRows, type Rows } from '../hostile/harness/database.ts'
import { CONFIGURATION, person, withA } from '../hostile/harness/people.ts'
import { apply, createPlace, isReady, startServer } from '../hostile/harness/server.ts'
import { discover } from '../hostile/harness/world.ts'
import { type Acknowledged, createOracle, expectDiscreet, expectSound } from './oracle.ts'
import { createChoices, isLong, isShort } from './seed.ts'
import { visit } from './visitor.ts'

const KILLS = isLong ? 200 : isShort ? 8 : 20
const VISITORS = 16
/** The server is back by itself within this time. Milliseconds. */
const BACK_WITHIN = 10_000

test('R1 N287 kill -9 again and again under load: nothing acknowledged is lost, nothing works twice', {
  timeout: 60_000 + KILLS * 5_000,
}, async () => {
  const choices = createChoices('R1')
  const names = Array.from({ length: VISITORS }, (_, at) => `visitor${at}`)
  const users = names.map((name) => person({ name }))
  const place = await createPlace({ RATE_LIMIT_FACTOR: '100000', LOG_LEVEL: 'error' })
  await apply(place, withA({ users, applications: CONFIGURATION.organizations[0]!.applications }))

  let server = await startServer(place)
  const endpoints = await discover(server)
  const { notes, note, secrets, remember } = createOracle()
  let isOver = false
  const visitors = names.map((name) => visit({ door: place, endpoints, name, note, remember, goesOn: () => !isOver }))

  const back: number[] = []
  for (let at = 0; at < KILLS; at++) {
    await sleep(choices.between(200, 800))
    await server.kill()
    const began = performance.now()
    server = await startServer(place)
    await isReady(server)
    back.push(performance.now() - began)
  }
  await sleep(1_000)
  isOver = true
  await Promise.all(visitors)
  const log = server.log()
  expect(await server.stop()).toBe(0)

  expect(Math.max(...back)).toBeLessThan(BACK_WITHIN)
  expect(log).not.toContain('unexpected failure')
  const { rows, close } = await openRows(place)
  await expectKept(rows, notes)
  await close()
  const again = await openRows(place)
  await expectSound(place, again.rows)
  await again.close()
  expectDiscreet(place, log, secrets)
  console.log(
    `R1: ${notes.length} acknowledged effects, ${KILLS} kills, back after ${Math.round(Math.max(...back))} ms at the latest`,
  )
  expect(notes.length).toBeGreaterThan(KILLS * 5)
})

/** Each acknowledged effect is there (O1), and what works once worked once (O3). */
async function expectKept(rows: Rows, notes: readonly Acknowledged[]): Promise<void> {
  const all = async (statement: string) => new Map((await rows(statement)).map((row) => [String(row.key), row]))
  const sessions = await all('select id as key, ended_at from sessions')
  const codes = await all('select code_hash as key, consumed_at from authorization_codes')
  const refresh = await all('select token_hash as key, consumed_at from refresh_tokens')
  const missing: Acknowledged[] = []
  for (const effect of notes) {
    const isThere = {
      signed_in: () => effect.kind === 'signed_in' && sessions.has(effect.session),
      signed_out: () => effect.kind === 'signed_out' && sessions.get(effect.session)?.ended_at != null,
      redeemed: () =>
        effect.kind === 'redeemed' && codes.get(effect.code)?.consumed_at != null && refresh.has(effect.refresh),
      refreshed: () =>
        effect.kind === 'refreshed' && refresh.get(effect.used)?.consumed_at != null && refresh.has(effect.refresh),
    }[effect.kind]
    if (!isThere()) missing.push(effect)
  }
  expect(missing).toEqual([])
  const once = notes
    .map((effect) => (effect.kind === 'redeemed' ? effect.code : effect.kind === 'refreshed' ? effect.used : null))
    .filter((key) => key !== null)
  expect(new Set(once).size).toBe(once.length)
}
