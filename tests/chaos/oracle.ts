import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Rows } from '../hostile/harness/database.ts'
import type { Place } from '../hostile/harness/server.ts'
import { vestibule } from '../hostile/harness/server.ts'

/** What the server acknowledged, in order. */
export type Acknowledged =
  | { kind: 'signed_in'; session: string }
  | { kind: 'redeemed'; code: string; refresh: string }
  | { kind: 'refreshed'; used: string; refresh: string }
  | { kind: 'signed_out'; session: string }

const MOST_SECRETS = 200

/** What hangs on the server's own words: notes of effects, and whether they can all be found again. */
export function createOracle() {
  const notes: Acknowledged[] = []
  const secrets = new Set<string>()
  return {
    notes,
    note: (effect: Acknowledged) => void notes.push(effect),
    secrets,
    /** What nobody but its holder may ever read again. The first ones will do. */
    remember: (secret: string) => void (secrets.size < MOST_SECRETS && secrets.add(secret)),
  }
}

/** No password, code or token is in the log or in any file of the installation (O6). */
export function expectDiscreet({ env }: Place, log: string, secrets: ReadonlySet<string>): void {
  expect(secrets.size).toBeGreaterThan(10)
  const folder = env.DATA_DIR!
  const files = readdirSync(folder).filter((name) => name !== 'master.key')
  const written = [log, ...files.map((name) => readFileSync(join(folder, name), 'latin1'))]
  for (const secret of secrets) expect(written.some((text) => text.includes(secret))).toBe(false)
}

/** Nothing damaged, nothing half done, and a chain of events without a gap (O2, O4). */
export async function expectSound(place: Place, rows: Rows): Promise<void> {
  expect(await rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(await rows('pragma foreign_key_check')).toEqual([])
  const none = async (what: string, statement: string) => expect(await rows(statement), what).toEqual([])
  await none(
    'a user without an organization',
    'select id from users where organization_id not in (select id from organizations)',
  )
  await none('a session without a check', `select id from sessions where checks = '[]'`)
  await none(
    'a code without a grant',
    'select code_hash from authorization_codes where grant_id not in (select id from grants)',
  )
  await none(
    'a grant without an event',
    `select id from grants where id not in (select json_extract(data, '$.grant') from events where type = 'grant.issued')`,
  )
  await none(
    'tokens of a code that was not consumed',
    'select t.token_hash from access_tokens t join authorization_codes c on c.grant_id = t.grant_id where c.consumed_at is null',
  )
  await none(
    'a finished login without its session',
    'select id from auth_requests where finished_at is not null and session_id is not null and session_id not in (select id from sessions)',
  )
  await none(
    'two living refresh tokens of one grant',
    'select grant_id from refresh_tokens where consumed_at is null group by grant_id having count(*) > 1',
  )
  await vestibule(place, 'doctor')
}
