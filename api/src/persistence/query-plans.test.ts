import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Executor } from './database.ts'
import { migrationsOf } from './migrate.ts'
import { openSqlite } from './open-sqlite.ts'
import { openRepositories } from './repositories/index.ts'
import { planOnce } from './sqlite-statements.ts'
import { addCrowd } from './testing/crowd.ts'
import { NOW } from './testing/rows.ts'

const PEOPLE = 100_000

const folder = mkdtempSync(join(tmpdir(), 'plans-'))
const file = join(folder, 'test.db')
const observed: string[] = []
const db = openSqlite(file, { observe: (text) => observed.push(text) })
let connection: Sqlite.Database

beforeAll(async () => {
  await db.migrate(migrationsOf('sqlite'))
  addCrowd(file, PEOPLE, NOW)
  connection = new Sqlite(file)
}, 60_000)
afterAll(async () => {
  connection.close()
  await db.close()
  rmSync(folder, { recursive: true })
})

/** The hot queries are those that the repositories prepare. */
function hotStatements(): [name: string, text: string][] {
  const found: [string, string][] = []
  const statement: Database['statement'] = (name, build) => {
    found.push([name, (build(db.query) as unknown as { toSQL(): { sql: string } }).toSQL().sql])
    return db.statement(name, build)
  }
  openRepositories({ ...db, statement })
  return found
}

/** The steps of a plan that read a whole table, or the whole of an index that is not made for this. */
const scansOf = (text: string): string[] =>
  planOf(text).filter((detail) => /^SCAN (?!CONSTANT|events USING INDEX events_unsealed_idx)/.test(detail))

function planOf(text: string): string[] {
  const values = text.replaceAll(/[^?]/g, '').length
  const plan = connection
    .prepare(`explain query plan ${planOnce(text)}`)
    .all(Array.from({ length: values }, () => null))
  return (plan as { detail: string }[]).map(({ detail }) => detail)
}

/** The steps of a plan that sort what was read. */
const sortsOf = (text: string): string[] => planOf(text).filter((detail) => /TEMP B-TREE/.test(detail))

describe.each(['without statistics', 'with statistics'])('%s', (state) => {
  beforeAll(() => {
    if (state === 'with statistics') connection.exec('analyze')
  })

  test.each(hotStatements())('%s reads no whole table', (_, text) => {
    expect(scansOf(text)).toEqual([])
  })

  test('neither does what a clean-up, a sign-out or a list of sessions asks', async () => {
    const { sessions, grants, ...others } = openRepositories(db)
    const id = 'usr_7' as never
    observed.length = 0
    await db.transaction(async (tx: Executor) => {
      for (const repository of [sessions, grants, ...Object.values(others)])
        for (const [name, clean] of Object.entries(repository))
          if (/^delete.*(Before|Since)$/.test(name)) await (clean as typeof grants.deleteExpiredBefore)(tx, NOW, 10)
      await sessions.end(tx, ['ses_1', 'ses_2'] as never, NOW)
      await sessions.listLiveOfUser(id, NOW, tx)
      await grants.revokeOfSessions(tx, ['ses_1', 'ses_2'] as never, true, NOW)
      await grants.revokeOfUser(tx, id, NOW)
      await grants.listUses(id, NOW, tx)
      await grants.revokeOfApplication(tx, id, 'app_7' as never, NOW)
      await others.consents.listOfUser(id, tx)
      await others.consents.revoke(tx, id, 'app_7' as never)
      await others.applications.listKnown(['app_7'] as never, tx)
      await others.users.findClaimSource(id, tx)
      await others.users.findBySubject('usr_7', tx)
      await others.departures.complete(tx, id, NOW)
      await others.outboxMessages.deleteOfUser(tx, id)
      await others.oneTimeLinks.deleteAllOfUser(tx, id)
      await sessions.listDevices(id, tx)
      await others.devices.deleteWithoutSessions(tx, ['dev_1'] as never)
      await others.events.listUnsealed(tx, 10)
      await others.events.findLastSealed(tx, 'instance')
    })
    await others.departures.listDue(NOW, 10)
    await others.events.listOfPerson(id, 21, 'evt_7' as never)
    await sessions.listBrowsers(id, ['ses_1', 'ses_2'] as never)
    await others.applications.listNames(['app_1', 'app_2'] as never)
    expect(observed.length).toBeGreaterThan(22)
    expect(observed.flatMap(scansOf)).toEqual([])
  })

  test('a page of anything that managers list, whatever is asked for, is a walk along an index and sorts nothing', async () => {
    const { managedUsers, managedServiceUsers, managedApplications, organizations, projects, events, managerRoles } =
      openRepositories(db)
    const all = { organizationId: 'org_00000007' as never, kind: 'human' as const, state: null, names: null }
    const page = { ...all, after: 'usr_00050007' as never, most: 51 }
    const names = [{ kind: 'email' as const, value: 'user00000007@example.test' }]
    observed.length = 0
    const found = await db.transaction(async (tx: Executor) => {
      for (const state of ['active', 'locked', 'deactivated'] as const) await managedUsers.list(tx, { ...page, state })
      await managedUsers.list(tx, { ...page, after: null, names })
      const { names: _names, kind: _kind, ...rest } = page
      for (const state of ['active', 'deactivated'] as const) await managedServiceUsers.list(tx, { ...rest, state })
      await managedApplications.list(tx, { ...rest, clientId: null, after: 'app_1' as never })
      await organizations.list(tx, { state: 'active', primaryDomain: null, after: 'org_1' as never, most: 51 })
      const after = { userId: 'usr_7' as never, role: 'organization_owner' as const }
      await managerRoles.listOfScope(tx, { scope: 'instance', after, most: 51 })
      await projects.listOfOrganization(tx, { owner: rest.organizationId, after: 'p' as never, most: 51 })
      await projects.listGrantsOf(tx, { ...rest, projectId: 'p' as never })
      const time = { since: NOW - 1, until: NOW + 1, before: null, most: 51 }
      for (const person of [null, 'usr_7' as never])
        await events.listPage(tx, { ...time, owner: rest.organizationId, person })
      return managedUsers.list(tx, page)
    })
    expect(found).toHaveLength(51)
    expect(observed.length).toBeGreaterThan(15)
    expect(observed.flatMap(scansOf)).toEqual([])
    // of one name there is one person at most: that is sorted, and nothing else
    expect(observed.filter((text) => sortsOf(text).length > 0)).toEqual([])
  })
})
