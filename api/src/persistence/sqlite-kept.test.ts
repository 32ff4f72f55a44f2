import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import type { Database, Executor } from './database.ts'
import { migrationsOf } from './migrate.ts'
import { openSqlite } from './open-sqlite.ts'
import { bound } from './placeholder.ts'
import { addApplication, addDevice, addOrganization, NOW } from './testing/rows.ts'

async function openFile() {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'))
  const file = join(folder, 'test.db')
  const texts: string[] = []
  const db = openSqlite(file, { observe: (text) => texts.push(text) })
  const other = openSqlite(file)
  onTestFinished(async () => {
    await Promise.all([db.close(), other.close()])
    rmSync(folder, { recursive: true })
  })
  await db.migrate(migrationsOf('sqlite'))
  const find = kept(db)
  const reads = async (work: () => Promise<unknown>) => {
    texts.length = 0
    await work()
    return texts.filter((text) => text.startsWith('select')).length
  }
  return { db, other, find, reads, organizationId: await addOrganization(db, { name: 'Acme' }) }
}

const kept = (db: Database) =>
  db.kept(
    'kept_organization',
    (on) =>
      on
        .select()
        .from(db.tables.organizations)
        .where(eq(db.tables.organizations.id, bound('id', db.tables.organizations.id))),
    ([row]) => row ?? null,
  )
const rename = (db: Database, name: string, on: Executor = db.query) => on.update(db.tables.organizations).set({ name })

test('it is read once, in a transaction and outside, until its table is written', async () => {
  const { db, find, reads, organizationId: id } = await openFile()
  expect(await reads(() => find({ id }))).toBe(1)
  expect(await reads(() => find({ id }))).toBe(0)
  expect(await reads(() => db.transaction((tx) => find({ id }, tx)))).toBe(0)
  await addDevice(db)
  expect(await reads(() => find({ id }))).toBe(0)
  await rename(db, 'Else')
  expect(await reads(() => find({ id }))).toBe(1)
  expect(await reads(() => find({ id }))).toBe(0)
})

test('it goes with what a deletion spreads from, although nothing was read from that', async () => {
  const { other, organizationId } = await openFile()
  const { applications, organizations } = other.tables
  const id = await addApplication(other, { organizationId })
  const find = other.kept(
    'kept_application',
    (on) =>
      on
        .select()
        .from(applications)
        .where(eq(applications.id, bound('id', applications.id))),
    ([row]) => row ?? null,
  )
  expect(await find({ id })).toMatchObject({ id })
  await other.query.delete(organizations).where(eq(organizations.id, organizationId))
  expect(await find({ id })).toBeNull()
})

test('a statement that was of no interest is, once somebody asks what it changes', async () => {
  const { other, organizationId: id } = await openFile()
  await rename(other, 'zero')
  const find = kept(other)
  for (const name of ['one', 'two', 'three']) {
    await rename(other, name)
    expect((await find({ id }))?.name).toBe(name)
  }
})

test('a migration changes whatever it likes', async () => {
  const { db, find, organizationId: id } = await openFile()
  expect((await find({ id }))?.name).toBe('Acme')
  await db.migrate([{ name: '9999_moved', statements: ["update organizations set name = 'Moved'"] }])
  expect((await find({ id }))?.name).toBe('Moved')
})

test('the first who asks has written before, and fails: that is no answer for anybody', async () => {
  const { db, find, organizationId: id } = await openFile()
  const failing = db.transaction(async (tx) => {
    await rename(db, 'Gone', tx)
    expect((await find({ id }, tx))?.name).toBe('Gone')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect((await find({ id }))?.name).toBe('Acme')
})

test('what another process has committed is seen at once, and what it is at is not', async () => {
  const { other, find, db, organizationId: id } = await openFile()
  for (const name of ['one', 'two', 'three']) {
    await find({ id })
    await other.transaction(async (tx) => {
      await rename(other, name, tx)
      expect((await find({ id }))?.name).not.toBe(name)
    })
    expect((await find({ id }))?.name).toBe(name)
    expect((await db.transaction((tx) => find({ id }, tx)))?.name).toBe(name)
  }
})

test('a transaction sees from its beginning what another process has committed', async () => {
  const { other, find, db, organizationId: id } = await openFile()
  await find({ id })
  await rename(other, 'Else')
  expect((await db.transaction((tx) => find({ id }, tx)))?.name).toBe('Else')
})

test('nobody can change it', async () => {
  const { find, organizationId: id } = await openFile()
  const first = await find({ id })
  expect(() => Object.assign(first!, { name: 'Mine' })).toThrow(TypeError)
  expect(await find({ id })).toBe(first)
})

test('what is not there is asked for again, so that no stranger fills the memory', async () => {
  const { find, reads } = await openFile()
  const ask = () => find({ id: 'org_nobody' as never })
  await ask()
  expect(await reads(ask)).toBe(1)
})

test('a thousand are remembered, and the oldest gives way', async () => {
  const { db, find, reads, organizationId: id } = await openFile()
  const others = Array.from({ length: 1_000 }, (_, index) => ({
    id: `org_many_${index}` as never,
    name: 'Many',
    primaryDomain: `many-${index}.test`,
    createdAt: NOW,
  }))
  await db.query.insert(db.tables.organizations).values(others)
  await find({ id })
  for (const { id } of others) await find({ id })
  expect(await reads(() => find({ id: others[1]!.id }))).toBe(0)
  expect(await reads(() => find({ id }))).toBe(1)
})

test('random changes in two processes: it says what the same query says', async () => {
  const { db, other, organizationId } = await openFile()
  const { applications, organizations } = db.tables
  const query = (on: Executor) =>
    on
      .select({ name: applications.name, owner: organizations.name })
      .from(applications)
      .innerJoin(organizations, eq(organizations.id, applications.organizationId))
      .where(eq(applications.organizationId, bound('id', organizations.id)))
  const find = db.kept('kept_all', query, (rows) => rows)
  const asked = db.statement('asked_all', query)
  const same = async (tx?: Executor) =>
    expect(await find({ id: organizationId }, tx)).toEqual(await asked({ id: organizationId }, tx))

  let state = 7
  function chance(most: number): number {
    state = (state * 48_271) % 2_147_483_647
    return state % most
  }
  for (let step = 0; step < 400; step++) {
    const at = chance(2) === 0 ? db : other
    const name = `name ${step}`
    const change = [
      (tx: Executor) => rename(at, name, tx),
      (tx: Executor) => tx.update(at.tables.applications).set({ name }),
      (tx: Executor) => tx.delete(at.tables.applications).where(eq(at.tables.applications.name, name)),
      () => Promise.resolve(),
    ][chance(4)]!
    const isFailing = chance(4) === 0
    if (chance(10) === 0) await addApplication(at, { organizationId, name })
    await at
      .transaction(async (tx) => {
        await change(tx)
        if (at === db) await same(tx)
        if (isFailing) throw new Error('no')
      })
      .catch(() => undefined)
    await same()
  }
})
