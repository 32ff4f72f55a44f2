import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Database, DatabaseBusy, type Executor } from './database.ts'
import { migrationsOf } from './migrate.ts'
import { openSqlite, type SqliteOptions } from './open-sqlite.ts'
import { addDevice, NOW, nextId } from './testing/rows.ts'

async function openFile(options: SqliteOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
  const file = join(folder, 'test.db')
  const db = openSqlite(file, options)
  onTestFinished(async () => {
    await db.close()
    rmSync(folder, { recursive: true })
  })
  await db.migrate(migrationsOf('sqlite'))
  return { db, file }
}

/** Another process takes the write lock, and gives it back when it is told to. */
async function lockElsewhere(file: string) {
  const script = `
    const db = new (require(${JSON.stringify(createRequire(import.meta.url).resolve('better-sqlite3'))}))(${JSON.stringify(file)})
    db.exec('begin immediate')
    console.log('held')
    process.stdin.once('data', () => { db.exec('commit'); process.exit() })`
  const holder = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void holder.kill())
  await once(holder.stdout, 'data')
  return {
    release: () => {
      holder.stdin.write('now')
      return once(holder, 'exit')
    },
  }
}

const device = (db: Database, on: Executor, userAgent = 'Firefox') => {
  const row = { id: nextId<never>('dev'), tokenHash: nextId('hash'), userAgent, createdAt: NOW, lastSeenAt: NOW }
  return on.insert(db.tables.devices).values(row)
}
const count = async (db: Database) => (await db.query.select().from(db.tables.devices)).length

test('what writes waits for another process, and nothing else waits', async () => {
  const { db, file } = await openFile({ patience: 60_000 })
  const { release } = await lockElsewhere(file)
  let written = 0
  const writing = [db.transaction((tx) => device(db, tx)), addDevice(db)].map((done) => done.then(() => written++))
  for (let read = 0; read < 30; read++) {
    expect(await count(db)).toBe(0)
    await sleep(10)
  }
  expect(written).toBe(0)
  await release()
  await Promise.all(writing)
  expect(await count(db)).toBe(2)
})

test('beyond its patience it says so, reads go on, and afterwards all is well', async () => {
  const { db, file } = await openFile({ patience: 200 })
  await addDevice(db)
  const { release } = await lockElsewhere(file)
  const writing = [db.transaction((tx) => device(db, tx)), addDevice(db), db.migrate([{ name: 'x', statements: [] }])]
  expect(await count(db)).toBe(1)
  for (const { status, reason } of (await Promise.allSettled(writing)) as PromiseRejectedResult[]) {
    expect([status, reason]).toEqual(['rejected', expect.any(DatabaseBusy)])
  }
  await release()
  await db.transaction((tx) => device(db, tx))
  expect(await count(db)).toBe(2)
})

test('what was written is on the disk before it is acknowledged; what only read waits for no disk', async () => {
  const { db, file } = await openFile()
  const handle = await open(file, 'r')
  const flushed = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'datasync')
  onTestFinished(async () => {
    flushed.mockRestore()
    await handle.close()
  })
  await db.transaction((tx) => device(db, tx))
  await addDevice(db)
  expect(flushed).toHaveBeenCalledTimes(2)
  await db.transaction((tx) => tx.select().from(db.tables.devices))
  await count(db)
  expect(flushed).toHaveBeenCalledTimes(2)

  await db.transaction((tx) => device(db, tx), { isFollowed: true })
  expect(flushed).toHaveBeenCalledTimes(2)
  await db.transaction((tx) => device(db, tx))
  expect(flushed).toHaveBeenCalledTimes(3)

  flushed.mockRejectedValueOnce(new Error('EIO'))
  await expect(db.transaction((tx) => device(db, tx))).rejects.toThrow(DatabaseBusy)

  const { db: relaxed } = await openFile({ synchronous: 'normal' })
  flushed.mockClear()
  await relaxed.transaction((tx) => device(relaxed, tx))
  expect(flushed).not.toHaveBeenCalled()
})

test('a database that another process holds can be opened', async () => {
  const { db, file } = await openFile()
  await addDevice(db)
  const { release } = await lockElsewhere(file)
  const second = openSqlite(file)
  expect(await count(second)).toBe(1)
  await second.close()
  await release()
})

test('a full disk takes no write nor half of one, reads go on, and with new room all is well', async () => {
  const { db } = await openFile()
  await addDevice(db)
  const limitPages = (pages: number) =>
    db.migrate([{ name: `limit ${pages}`, statements: [`pragma max_page_count = ${pages}`] }])
  await limitPages(1) // SQLite takes the least that is possible
  const large = 'x'.repeat(1_000_000)
  const writing = [
    db.transaction(async (tx) => {
      await device(db, tx)
      await device(db, tx, large)
    }),
    addDevice(db, { userAgent: large }),
    db.transaction((tx) => device(db, tx, large)),
  ]
  for (const { status, reason } of (await Promise.allSettled(writing)) as PromiseRejectedResult[]) {
    expect([status, reason]).toEqual(['rejected', expect.any(DatabaseBusy)])
  }
  expect(await count(db)).toBe(1)
  await limitPages(1_000_000)
  await db.transaction((tx) => device(db, tx, large))
  expect(await count(db)).toBe(2)
})
