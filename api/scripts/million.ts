/**
 * Measures whether what a sign-in asks costs the same with a million users as with a thousand, on a SQLite file, and how long one batch of
 * the clean-up takes. `node api/scripts/million.ts` prints a table; milliseconds are per query, the median of many.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrationsOf } from '../src/persistence/migrate.ts'
import { openSqlite } from '../src/persistence/open-sqlite.ts'
import { openRepositories, type Repositories } from '../src/persistence/repositories/index.ts'
import { addCrowd, crowdNames } from '../src/persistence/testing/crowd.ts'

const NOW = Date.UTC(2026, 0, 1)
const QUERIES = 5_000
const BATCH = 200

type Query = (repositories: Repositories, person: ReturnType<typeof crowdNames>) => Promise<unknown>

const QUERIED: Record<string, Query> = {
  device_with_accounts: ({ devices }, { cookieHash }) => devices.findWithAccounts(cookieHash, null),
  user_by_identifier: ({ users }, { email }) => users.findCandidates([{ kind: 'email', value: email }]),
  live_sessions: ({ sessions }, { id }) => sessions.listLiveOfUser(id, NOW - 1),
  activity: ({ events }, { id }) => events.listOfPerson(id, 21),
  access_token_valid: ({ accessTokens }, { tokenHash }) => accessTokens.findValid(tokenHash, NOW - 1),
}

/** The median time of each, with so many people. Milliseconds. */
async function measure(people: number): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'million-'))
  const db = openSqlite(join(folder, 'test.db'))
  try {
    await db.migrate(migrationsOf('sqlite'))
    addCrowd(join(folder, 'test.db'), people, NOW)
    const repositories = openRepositories(db)
    const times: Record<string, number> = {}
    for (const [name, query] of Object.entries(QUERIED)) {
      times[name] = await median(QUERIES, async (nth) => {
        // all over the table, in no order
        const answer = await query(repositories, crowdNames((nth * 7_919_993) % people))
        if (!answer || (Array.isArray(answer) && answer.length === 0)) throw new Error(`${name} found nobody`)
      })
    }
    times['clean-up batch'] = await median(Math.min(20, people / BATCH), () =>
      db.transaction((tx) => repositories.accessTokens.deleteExpiredBefore(tx, NOW + people, BATCH)),
    )
    return times
  } finally {
    await db.close()
    rmSync(folder, { recursive: true })
  }
}

async function median(rounds: number, work: (nth: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let nth = 0; nth < rounds; nth++) {
    const began = performance.now()
    await work(nth)
    times.push(performance.now() - began)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
}

const few = await measure(1_000)
const many = await measure(1_000_000)
console.log(`${''.padEnd(22)}${'1,000 users'.padStart(14)}${'1,000,000'.padStart(14)}`)
for (const name of Object.keys(few)) {
  console.log(`${name.padEnd(22)}${few[name]!.toFixed(4).padStart(14)}${many[name]!.toFixed(4).padStart(14)}`)
}
