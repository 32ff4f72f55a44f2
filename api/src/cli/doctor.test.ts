import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sealEvents } from '../jobs/seal-events.ts'
import type { Database } from '../persistence/database.ts'
import { openSqlite } from '../persistence/open-sqlite.ts'
import { openRepositories } from '../persistence/repositories/index.ts'
import { createInstallation } from './testing/terminal.ts'

const ACME = {
  organizations: [
    {
      primaryDomain: 'acme.test',
      name: 'Acme',
      applications: [
        { clientId: 'ledger', name: 'Ledger', type: 'spa', redirectUris: ['https://ledger.test/callback'] },
      ],
    },
  ],
}

/** An installation that has been started, as far as the doctor can tell. */
async function installed() {
  const installation = createInstallation()
  const { type, file, dataDir } = installation
  await type(['apply', file(ACME)])
  await type(['keys', 'rotate'])
  return {
    ...installation,
    /** Changes rows behind the back of the product. */
    async tamper(work: (db: Database) => Promise<unknown>) {
      const db = openSqlite(join(dataDir, 'vestibule.db'))
      await work(db)
      await db.close()
    },
    async examine() {
      const { code, out } = await type(['doctor'])
      const bad = out.split('\n').filter((line) => line !== '' && !line.startsWith('ok'))
      return { code, bad: bad.filter((line) => !line.includes('PUBLIC_URL')) }
    },
  }
}

test('a good installation has a line for everything, and nothing to say against it', async () => {
  const { type, examine } = await installed()
  expect(await examine()).toEqual({ code: 0, bad: [] })
  const { out } = await type(['doctor'])
  for (const subject of ['settings', 'files', 'database', 'keys', 'organizations', 'applications', 'events', 'clock'])
    expect(out).toContain(`ok      ${subject}: `)
})

test('a login domain that can be none beside the public address is told', async () => {
  const { examine, tamper } = await installed()
  const give = (domain: string) => tamper((db) => db.query.update(db.tables.organizations).set({ loginDomain: domain }))
  await give('acme.localhost')
  expect(await examine()).toEqual({ code: 0, bad: [] })
  await give('login.acme.example')
  expect(await examine()).toEqual({
    code: 0,
    bad: [expect.stringMatching(/^warning organizations: nobody is answered at login\.acme\.example, /)],
  })
})

test('an installation that never started has no fault, and is not made by looking at it', async () => {
  const { type } = createInstallation()
  const { code, out } = await type(['doctor'])
  expect(code).toBe(0)
  expect(out).toContain('warning database: there is none')
  expect((await type(['doctor'])).out).toBe(out)
})

test('bad settings are a fault', async () => {
  const { type, env } = createInstallation()
  env.PUBLIC_URL = 'http://login.example.com'
  const { code, out } = await type(['doctor'])
  expect(code).toBe(1)
  expect(out).toMatch(/^fault {3}settings: PUBLIC_URL must be https/)
})

test('settings that open more than they should are worth a warning', async () => {
  const { env, examine } = await installed()
  Object.assign(env, { DEMO: 'on', SQLITE_SYNCHRONOUS: 'normal' })
  const { code, bad } = await examine()
  expect(code).toBe(0)
  expect(bad.map((line) => line.slice(0, 23))).toEqual(['warning settings: DEMO ', 'warning settings: SQLIT'])
})

test.each([
  [{ NODE_ENV: 'production' }, 'warning mail: MAIL_URL is not set, so codes and notices reach nobody'],
  [{ MAIL_URL: 'smtp://localhost:25', MAIL_FROM: 'a@acme.test' }, 'warning mail: it leaves without TLS'],
  [
    { MAIL_URL: 'smtps://user:hunter2@mail.acme.test', MAIL_FROM: 'a@acme.test' },
    'ok      mail: it leaves by smtp, from a@acme.test',
  ],
])('%j: the doctor says how mail leaves, and no password', async (settings, line) => {
  const { type, env } = createInstallation()
  Object.assign(env, settings)
  const { out } = await type(['doctor'])
  expect(out).toContain(line)
  expect(out).not.toContain('hunter2')
})

test('files that others can read are a fault', async () => {
  const { dataDir, examine } = await installed()
  chmodSync(dataDir, 0o750)
  chmodSync(join(dataDir, 'vestibule.db'), 0o644)
  const { code, bad } = await examine()
  expect(code).toBe(1)
  expect(bad).toEqual([
    `fault   files: ${dataDir} was open to others (mode 750): chmod 700`,
    `fault   files: ${join(dataDir, 'vestibule.db')} was open to others (mode 644): chmod 600`,
  ])
})

test('another master key is a fault', async () => {
  const { env, examine } = await installed()
  env.MASTER_KEY = Buffer.from('another key, which is long enough, but another').toString('base64url')
  const { code, bad } = await examine()
  expect(code).toBe(1)
  expect(bad).toEqual([
    'fault   keys: the master key does not open the signing keys; it is not the one they were made with',
  ])
})

test('a lost master key is a fault, and no new one is made', async () => {
  const { env, dataDir, examine } = await installed()
  delete env.MASTER_KEY
  for (const _ of [1, 2])
    expect((await examine()).bad).toEqual([
      `fault   keys: there is no master key, neither MASTER_KEY nor ${join(dataDir, 'master.key')}`,
    ])
})

test('a schema that is behind is a warning, one that is ahead a fault', async () => {
  const { examine, tamper } = await installed()
  await tamper((db) => db.migrate([{ name: '9999_tomorrow', statements: [] }]))
  expect(await examine()).toEqual({
    code: 1,
    bad: ['fault   database: it was made by a newer version (9999_tomorrow)'],
  })
  await tamper((db) => db.query.delete(sql`applied_migrations` as never))
  const { code, bad } = await examine()
  expect(code).toBe(0)
  expect(bad[0]).toMatch(/^warning database: 0000_\w+.* is missing/)
})

test('a file that is no database is a fault', async () => {
  const { dataDir, type } = createInstallation()
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'vestibule.db'), 'some text that is no database. '.repeat(99))
  const { code, out } = await type(['doctor'])
  expect(code).toBe(1)
  expect(out).toContain('fault   database: file is not a database (SQLITE_NOTADB)')
})

test('a default organization that is closed is a fault', async () => {
  const { examine, tamper } = await installed()
  await tamper((db) => db.query.update(db.tables.organizations).set({ state: 'deactivated' }))
  expect((await examine()).bad).toEqual(['fault   organizations: the default one, acme.test, is deactivated'])
})

test('applications in development are a warning, redirect URIs that are refused a fault', async () => {
  const { type, file, examine, tamper } = await installed()
  const [acme] = ACME.organizations
  const applications = [{ clientId: 'shop', name: 'Shop', type: 'web', settings: { development: true } }]
  await type(['apply', file({ organizations: [{ ...acme, applications }] })])
  expect(await examine()).toEqual({
    code: 0,
    bad: ['warning applications: shop is in development, so http redirect URIs are allowed'],
  })
  await tamper((db) =>
    db.query.update(db.tables.applications).set({ redirectUris: ['javascript:alert(1)'], state: 'active' }),
  )
  expect((await examine()).bad).toContain(
    'fault   applications: ledger has redirect URIs that are refused: "javascript:alert(1)"',
  )
})

test('an event that was changed is a fault', async () => {
  const { examine, tamper } = await installed()
  await tamper((db) => sealEvents({ db, repositories: openRepositories(db) } as Parameters<typeof sealEvents>[0]))
  expect((await examine()).bad).toEqual([])
  await tamper((db) => db.query.update(db.tables.events).set({ type: 'user.signed_in' }))
  const { code, bad } = await examine()
  expect(code).toBe(1)
  expect(
    bad.every((line) => /^fault {3}events: the chain of (org_\w+|instance) was changed at 1 or before$/.test(line)),
  ).toBe(true)
  expect(bad.length).toBeGreaterThan(0)
})

test('a clock that went back is a fault', async () => {
  const { clock, examine } = await installed()
  clock.at -= 3_600_000
  const { bad } = await examine()
  expect(bad).toContain('fault   clock: it says 2026-05-31T23:00:00.000Z, and the newest event is from later')
  clock.at = 0
  expect((await examine()).bad).toContain('fault   clock: it says 1970-01-01T00:00:00.000Z')
})
